// What a panel offers when its session was left, or is led by another tab.
import { totalRemainingMs } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { clockTime, countdown } from "./words.js";

/** @typedef {import("./run.js").Engine} Engine @typedef {import("../common/translator.js").Translate} Translate */

/** "Resume where you stopped?", paused until the person says so. @param {Engine} engine @param {Translate} t */
export function createResume(engine, t) {
  const title = h("h4", { tabindex: -1 }, t("player.resume_title"));
  const about = h("p", {});
  const go = h("button", { type: "button", class: "hb-primary", onclick: () => engine.takeUp() });
  const end = h("button", { type: "button", onclick: () => engine.endLeft() }, t("player.resume_end"));
  const element = h("div", { class: "hb-offer" }, title, about, h("div", { class: "hb-go" }, go, end));
  const update = () => {
    const offer = engine.offer();
    if (offer?.kind !== "resume") return;
    const { session } = offer;
    const time = clockTime(countdown(totalRemainingMs(session, session.seenMs)));
    setText(go, t("player.resume_go", { time }));
    const phase = session.plan.phases[session.index];
    go.hidden = engine.care.dayIsOver();
    const left = t("player.resume_about", { stretch: t(`stretch.${phase.stretch}.name`), n: session.rows.length });
    setText(about, go.hidden ? t("player.nothing_today") : left);
  };
  return { element, update, focus: () => title.focus({ preventScroll: true }) };
}

/** Two tabs, one leader: this one asks before it takes over. @param {Engine} engine @param {Translate} t */
export function createElsewhere(engine, t) {
  const title = h("h4", { tabindex: -1 }, t("player.elsewhere_title"));
  const take = h("button", { type: "button", onclick: () => engine.takeUp({ steal: true }) }, t("player.elsewhere_take"));
  const element = h("div", { class: "hb-offer" }, title, h("p", {}, t("player.elsewhere_about")), h("div", { class: "hb-go" }, take));
  return { element, update() {}, focus: () => title.focus({ preventScroll: true }) };
}
