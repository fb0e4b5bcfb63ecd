// What a hand can set: the gait and its speed, the hip, and what the model takes pelvis, low back and leg to be.
import { h, setText, uniqueId } from "../common/dom.js";
import { degrees, rounded, speedWords } from "./words.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 * @typedef {import("./walk.js").Settings} Settings
 */

/** @param {Engine} engine @param {Translate} t */
export function createControls(engine, t) {
  const { limits } = engine.reference;
  const speed = rangeField(engine, t("explorer.speed"), "speed", { ...limits.speed, step: 0.002 },
    (value) => speedWords(t, engine.reference, value, engine.settings().leg_length_m));
  const hip = rangeField(engine, t("explorer.limit"), "hip_extension_limit_deg", { ...limits.hip_extension_limit_deg, step: 1 },
    (value) => degrees(rounded(value)));
  const usual = h("span", { class: "hb-usual-mark" });
  hip.track.append(usual);
  const share = rangeField(engine, t("explorer.share"), "share", { ...limits.share, step: 0.05 },
    (value) => t("explorer.percent", { percent: Math.round(value * 100) }));
  const leg = rangeField(engine, t("explorer.leg_length"), "leg_length_m", { ...limits.leg_length_m, step: 0.01 },
    (value) => t("explorer.cm", { cm: Math.round(value * 100) }));
  const gait = selectField(engine, t("explorer.gait"), "gait", [["walking", t("explorer.gait.walking")], ["running", t("explorer.gait.running")]]);
  const side = selectField(engine, t("explorer.side"), "stiff_side",
    ["both", "right", "left"].map((name) => [name, t(`explorer.side.${name}`)]));
  const pelvis = selectField(engine, t("explorer.pelvis"), "pelvis",
    ["held", "when_needed"].map((name) => [name, t(`explorer.pelvis.${name}`)]));
  const { spread } = engine.reference;
  const note = (/** @type {string} */ words) => h("p", { class: "hb-note" }, words);
  share.element.append(note(t("explorer.share.spread", spread)), note(t("explorer.share.adults", spread)));
  const rocks = note("");
  pelvis.element.append(rocks);
  const model = h("summary", {}), source = note("");
  const body = h("div", { class: "hb-controls hb-fields" }, hip.element, side.element, speed.element, gait.element);
  const assumed = h("details", { class: "hb-model" }, model,
    h("div", { class: "hb-fields" }, share.element, pelvis.element, leg.element), source);
  const all = [hip, speed, share, leg, gait, side, pelvis];

  const draw = () => {
    const settings = engine.settings();
    speed.disable(settings.gait === "running" ? t("explorer.speed.running") : "");
    for (const field of all) field.draw();
    const { min, max } = limits.hip_extension_limit_deg;
    const peak = Math.max(...engine.walk().free.right.hip_extension_deg);
    usual.style.setProperty("--at", String((peak - min) / (max - min)));
    setText(usual, t("explorer.limit.usual", { deg: rounded(peak) }));
    setText(source, settings.gait === "running" ? t("explorer.model.running")
      : t("explorer.model.walking", { tilt: engine.reference.standing_tilt_deg }));
    setText(rocks, t(`explorer.pelvis.${settings.pelvis}.note`));
    setText(model, t("explorer.model", { percent: Math.round(settings.share * 100), cm: Math.round(settings.leg_length_m * 100) }));
  };
  return { body, assumed, draw };
}

/**
 * @param {Engine} engine
 * @param {string} label
 * @param {keyof Settings} name
 * @param {{min: number, max: number, step: number}} limit
 * @param {(value: number) => string} say  the value in words, with its unit
 */
function rangeField(engine, label, name, limit, say) {
  const id = uniqueId("range");
  const shown = h("output", { for: id });
  const change = (/** @type {boolean} */ settled) => () => engine.change({ [name]: Number(input.value) }, { settled });
  const input = h("input", { id, type: "range", ...limit, value: engine.settings()[name], oninput: change(false), onchange: change(true) });
  const track = h("div", { class: "hb-track" }, input);
  const element = h("div", { class: `hb-field hb-field-${name}` },
    h("div", { class: "hb-field-head" }, h("label", { for: id }, label), shown), track);
  let instead = "";
  return {
    element,
    track,
    /** @param {string} why  what stands in place of the value; "" sets it free */
    disable(why) {
      instead = why;
      input.disabled = why !== "";
    },
    draw() {
      const value = Number(engine.settings()[name]);
      if (Number(input.value) !== value) input.value = String(value);
      const words = instead || say(value);
      setText(shown, words);
      if (input.getAttribute("aria-valuetext") !== words) input.setAttribute("aria-valuetext", words);
    },
  };
}

/**
 * @param {Engine} engine
 * @param {string} label
 * @param {keyof Settings} name
 * @param {string[][]} options
 */
function selectField(engine, label, name, options) {
  const id = uniqueId("select");
  const select = h("select", { id, onchange: () => engine.change({ [name]: select.value }, { settled: true }) },
    ...options.map(([key, text]) => h("option", { value: key }, text)));
  return {
    element: h("div", { class: `hb-field hb-field-${name}` }, h("div", { class: "hb-field-head" }, h("label", { for: id }, label)), select),
    draw() {
      if (select.value !== engine.settings()[name]) select.value = String(engine.settings()[name]);
    },
  };
}
