// Measuring with the phone's sensor: one button, then the voice leads; large words for who looks or helps.
import { h, setText } from "../common/dom.js";
import { fromLevel, isGoing, stillShare } from "../trials.core.js";
import { slopeDeg } from "../inclination.core.js";
import { WANTED } from "./engine.js";
import { signedDegrees } from "./words.js";

/**
 * @param {import("./entry.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 */
export function createHandsFree(engine, t) {
  const begin = h("button", { type: "button", onclick: engine.begin }, t(`measuring.begin.${engine.side()}`));
  const trouble = h("p", { class: "hb-trouble", role: "status" });
  const word = h("p", { class: "hb-word" });
  const number = h("p", { class: "hb-count" });
  const live = h("p", { class: "hb-live" });
  const sentence = h("p", { class: "hb-do" });
  const share = h("b", {});
  const bar = h("div", { class: "hb-still", "aria-hidden": true }, share);
  const take = h("button", { type: "button", onclick: engine.take }, t("measuring.take"));
  const stop = h("button", { type: "button", onclick: engine.stop }, t("measuring.stop"));
  const awake = h("p", { class: "hb-hint" }, t("measuring.awake"));
  const going = h("div", { class: "hb-going", tabindex: -1, role: "group", "aria-label": t("measuring.title") }, number, word, sentence, live, bar, h("div", { class: "hb-go" }, take, stop));
  const element = h("div", { class: "hb-hands-free" }, h("div", { class: "hb-go" }, begin), trouble, going, awake);
  let wasGoing = false;

  /** Degrees from the level now; null while there is none. */
  const deg = () => {
    const beta = engine.sensor.beta();
    return beta === null || !isGoing(engine.measuring()) ? null : fromLevel(engine.measuring(), slopeDeg(beta));
  };

  const update = () => {
    const measuring = engine.measuring();
    const on = isGoing(measuring);
    const hadFocus = element.contains(document.activeElement);
    const state = engine.sensor.state();
    begin.parentElement.hidden = on || state === "unsupported";
    begin.classList.toggle("hb-primary", engine.readings().length < WANTED);
    going.hidden = !on;
    awake.hidden = state === "unsupported";
    setText(trouble, ["unsupported", "none", "denied"].includes(state) ? t(`measuring.sensor.${state}`) : "");
    if (on) {
      setText(word, t(`measuring.status.${measuring.status}`));
      setText(number, t("measuring.of", { n: Math.min(engine.readings().length + 1, WANTED), of: WANTED }));
      setText(sentence, engine.said());
      const now = deg();
      setText(live, now === null ? " " : `${signedDegrees(engine.language(), now)} ${t("measuring.from_level")}`);
      share.style.transform = `scaleX(${stillShare(measuring).toFixed(2)})`;
    }
    // The button that was pressed is gone: keep the person's place, and JupyterLab's keys away.
    if (on !== wasGoing && (hadFocus || wasGoing)) (on ? stop : begin).focus({ preventScroll: true });
    wasGoing = on;
  };
  update();
  return { element, deg, update };
}
