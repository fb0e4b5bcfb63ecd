// What is typed: the tape's three lengths, or the number that a tool shows; with the angle it gives, and Save.
import { h, setText } from "../common/dom.js";
import { selectField } from "../player/fields.js";
import { WANTED } from "./engine.js";
import { measuredField } from "./fields.js";
import { signedDegrees, tenth } from "./words.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 * @typedef {{element: HTMLElement, inputs(): Record<string, any>, deg(): number | null, update(): void}} Entry
 */

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {() => void} onInput
 * @returns {Entry}
 */
export function createEntry(engine, t, onInput) {
  const { limits } = engine.data;
  const language = engine.language();
  const changed = () => {
    update();
    onInput();
  };
  const tape = engine.test().tool === "tape";
  const field = (/** @type {string} */ key, /** @type {number[]} */ range) => measuredField(t, t(key), range, language, changed);
  let below = true;
  /** By the name of the input. @type {Record<string, ReturnType<typeof measuredField>>} */
  const fields = tape
    ? {
        hip_height_cm: field("measuring.hip_height", limits.height_cm),
        knee_height_cm: field("measuring.knee_height", limits.height_cm),
        thigh_length_cm: field("measuring.thigh_length", limits.thigh_cm),
      }
    : { angle_deg: field("measuring.angle", [0, limits.reading_deg[1]]) };
  const knees = [["below", t("measuring.knee.below")], ["above", t("measuring.knee.above")]];
  // Face down the knee rises: there what extends is above.
  if (engine.test().position === "prone") {
    knees.reverse();
    below = false;
  }
  const knee = tape ? null : selectField(t("measuring.knee"), knees[0][0], knees, (value) => {
    below = value === "below";
    changed();
  });
  const result = h("output", { class: "hb-big" });
  const meaning = h("p", { class: "hb-meaning", role: "status" });
  const save = h("button", { type: "submit" });
  const element = h("form", { class: "hb-entry", novalidate: true, onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    press();
  } },
    h("div", { class: "hb-fields" }, ...Object.values(fields).map((one) => one.element), knee),
    h("p", { class: "hb-result" }, h("span", {}, t("measuring.result")), result),
    meaning,
    h("div", { class: "hb-go" }, save));

  const inputs = () => {
    const given = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.value()]));
    return tape ? given : { ...given, knee: below ? "below" : "above" };
  };
  const deg = () => {
    const read = engine.reading(inputs());
    return "deg" in read ? read.deg : null;
  };

  function press() {
    if (!engine.save(inputs())) return firstWrong()?.focus();
    // Each reading is taken anew; only the thigh stays as long as it was.
    for (const [name, one] of Object.entries(fields)) if (name !== "thigh_length_cm") one.clear();
    changed();
    Object.values(fields)[0].focus();
  }
  const firstWrong = () => Object.values(fields).find((one) => one.value() === null) ?? Object.values(fields)[0];

  function update() {
    const read = engine.reading(inputs());
    const value = "deg" in read ? read.deg : null;
    setText(result, value === null ? "–" : signedDegrees(language, value));
    const drop = "most" in read && read.most !== undefined ? t("measuring.drop", { most: tenth(language, Math.floor(read.most * 10) / 10) }) : "";
    const end = value === null ? null : Math.round(value * 10) === 0 ? "zero" : value > 0 ? "plus" : "minus";
    setText(meaning, end ? t(`measuring.meaning.${end}`) : drop || t("measuring.empty"));
    element.dataset.wrong = String(drop !== "");
    const next = engine.readings().length + 1;
    setText(save, next > WANTED ? t("measuring.save_more", { n: next }) : t("measuring.save", { n: next, of: WANTED }));
    save.classList.toggle("hb-primary", next <= WANTED);
  }
  update();
  return { element, inputs, deg, update };
}
