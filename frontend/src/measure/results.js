// Today's readings of this leg, each to be undone, their mean, and what counts as a change.
import { h, setText } from "../common/dom.js";
import { WANTED } from "./engine.js";
import { degrees, signedDegrees } from "./words.js";

/**
 * @param {import("./entry.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 */
export function createResults(engine, t) {
  const language = engine.language();
  const list = h("ol", { class: "hb-readings" });
  const none = h("p", { class: "hb-hint" }, t("measuring.none_today"));
  const mean = h("p", { class: "hb-mean" });
  const enough = h("p", {}, t("measuring.enough"));
  const next = engine.side() === "left" ? "right" : "left";
  const other = h("button", { type: "button", class: "hb-primary", onclick: () => engine.choose({ side: next }) }, t(`measuring.other.${next}`));
  const done = h("div", { class: "hb-enough" }, enough, h("div", { class: "hb-go" }, other));
  const error = h("p", { class: "hb-error" });
  const { tools_differ_deg: differ } = engine.data.numbers;
  const element = h("div", { class: "hb-results" },
    h("div", { class: "hb-today" }, h("h4", {}, t(`measuring.today.${engine.side()}`)), none, list, mean, done),
    h("div", { class: "hb-own-error" }, h("h4", {}, t("measuring.error")), error,
      h("p", { class: "hb-hint" }, t("measuring.mixed", { difference: degrees(language, differ) }))));
  let shown = "";

  const errorWords = () => {
    const { least_days: least, assumed_mdc_deg: assumed, baseline_weeks: weeks } = engine.data.numbers;
    const own = engine.ownError();
    const about = { least, weeks, days: own?.days ?? 0, assumed: degrees(language, assumed) };
    if (own && !own.assumed && own.sem_deg !== null) {
      return t("measuring.error.own", { days: own.days, sem: degrees(language, own.sem_deg), mdc: degrees(language, own.mdc_deg) });
    }
    return own && !own.open ? t("measuring.error.late", about) : t("measuring.error.assumed", { ...about, missing: least - about.days });
  };

  const update = () => {
    const readings = engine.readings();
    const ids = readings.map(({ id }) => id).join(" ");
    if (ids !== shown) {
      shown = ids;
      const hadFocus = list.contains(document.activeElement);
      list.replaceChildren(...readings.map(({ id, value_deg: value }, at) =>
        h("li", {}, h("span", {}, t("measuring.reading", { n: at + 1 })), h("b", {}, signedDegrees(language, value)),
          h("button", { type: "button", class: "hb-small", "aria-label": t("measuring.undo", { n: at + 1 }), onclick: () => engine.undo(id) }, t("measuring.undo_short")))));
      if (hadFocus) (list.querySelector("li:last-child button") ?? other).focus();
    }
    none.hidden = readings.length > 0;
    const sum = readings.reduce((total, { value_deg: value }) => total + value, 0);
    setText(mean, readings.length > 1 ? `${t("measuring.mean")} ${signedDegrees(language, sum / readings.length)}` : "");
    done.hidden = readings.length < WANTED;
    setText(error, errorWords());
  };
  update();
  return { element, update };
}
