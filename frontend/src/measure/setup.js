// Which test and which leg, how it is done and by whom, and whether the pelvis was watched.
import { h, uniqueId } from "../common/dom.js";
import { checkField, selectField } from "../player/fields.js";

/** What is done, in order, as the ends of keys. @type {Record<string, string[]>} */
const STEPS = {
  thomas_trig: ["table", "flat", "hang", "marks", "again"],
  thomas_goniometer: ["table", "flat", "hang", "arms", "again"],
  thomas_phone: ["strap", "level", "table", "flat", "sink", "again"],
  prone_phone: ["strap_prone", "level_prone", "lift", "again"],
};

/**
 * @param {import("./entry.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 */
export function createSetup(engine, t) {
  const { name, position, tool } = engine.test();
  const tests = engine.data.tests.map((one) => [one.name, t(`measuring.test.${one.name}`)]);
  const sides = [["left", t("player.side.left")], ["right", t("player.side.right")]];
  const test = selectField(t("measuring.test"), name, tests, (value) => engine.choose({ test: value }));
  const side = selectField(t("measuring.side"), engine.side(), sides, (value) => engine.choose({ side: value }));
  const prone = position === "prone" ? "_prone" : "";
  const why = h("p", { class: "hb-hint", id: uniqueId("pelvis") }, t(`measuring.pelvis.why${prone}`));
  const pelvis = checkField(t(`measuring.pelvis${prone}`), engine.watched(), engine.watchPelvis);
  pelvis.querySelector("input").setAttribute("aria-describedby", why.id);
  const zero = t(`measuring.zero.${tool === "goniometer" ? name : position}`);
  const element = h("div", { class: "hb-choose" },
    h("div", { class: "hb-fields" }, test, side),
    h("p", { class: "hb-who" }, t(`measuring.who.${tool === "phone" ? "alone" : "helper"}`)),
    h("p", { class: "hb-hint" }, zero),
    h("details", { class: "hb-more" }, h("summary", {}, t("measuring.how")),
      h("ol", { class: "hb-how" }, ...STEPS[name].map((step) => h("li", {}, t(`measuring.step.${step}`)))),
      h("p", {}, t("safety.ask_first"))),
    h("p", {}, t("safety.stop")),
    pelvis, why);
  return { element, focus: (/** @type {"test" | "side"} */ what) => (what === "test" ? test : side).querySelector("select")?.focus() };
}
