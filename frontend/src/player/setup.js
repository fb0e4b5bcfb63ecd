// The set-up panel: how long, how often, which sides, how loud; choices go to the engine at once.
import { h, setText, uniqueId } from "../shared/dom.js";
import { clockTime } from "./words.js";

/**
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 * @typedef {import("./words.js").Translate} Translate
 * @typedef {import("../plan.core.js").Item} Item
 */

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{volume: number, setVolume(value: number): void}} sound
 */
export function createSetup(engine, t, sound) {
  const { limits, routines } = engine.catalog;
  const total = h("p", { class: "hb-total", role: "status" });
  const start = h("button", { type: "button", class: "hb-primary", onclick: () => engine.start() }, t("player.start"));
  const items = engine.choices().items.map((item, place) => itemFields(engine, t, item, place));
  const about = routines.find((routine) => routine.id === engine.choices().routine);
  const note = about && engine.choices().items.length > 0 ? aboutLine(t, about.id) : null;

  const times = /** @type {const} */ (["ready_s", "switch_s", "rest_s"]).map((name) =>
    numberField(t(`player.${name}`), engine.choices()[name], limits[name], (value) => change({ [name]: value })),
  );
  const firstSide = selectField(t("player.first_side"), engine.choices().first_side, [
    ["left", t("player.first_side.left")],
    ["right", t("player.first_side.right")],
  ], (value) => change({ first_side: value }));
  const waits = h("input", { type: "checkbox", onchange: () => change({ wait_for_me: waits.checked }) });
  waits.checked = engine.choices().wait_for_me;

  const more = h(
    "details",
    { class: "hb-more" },
    h("summary", {}, t("player.more")),
    h("div", { class: "hb-fields" }, firstSide, ...times),
    h("label", { class: "hb-check" }, waits, t("player.wait_for_me")),
    soundFields(engine, t, sound),
  );
  const element = h("div", { class: "hb-setup" }, note, ...items.map((item) => item.element), more,
    h("div", { class: "hb-go" }, start, total));

  /** @param {Partial<import("../plan.core.js").Choices>} part */
  const change = (part) => engine.choose({ ...engine.choices(), ...part });

  const update = () => {
    const { plan } = engine.session();
    setText(total, t(engine.choices().wait_for_me ? "player.total_waits" : "player.total", { time: clockTime(plan.total_s) }));
    for (const item of items) item.update();
    start.disabled = element.querySelector(":invalid") !== null;
  };
  element.addEventListener("input", () => {
    start.disabled = element.querySelector(":invalid") !== null;
  });
  update();
  return { element, update, focus: () => start.focus({ preventScroll: true }) };
}

/**
 * @param {Translate} t
 * @param {string} id
 */
function aboutLine(t, id) {
  try {
    return h("p", { class: "hb-about" }, t(`routine.${id}.about`));
  } catch {
    return null; // a routine of one stretch needs no explanation
  }
}

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {Item} item
 * @param {number} place
 */
function itemFields(engine, t, item, place) {
  const { limits, stretches } = engine.catalog;
  const stretch = /** @type {import("../plan.core.js").Stretch} */ (stretches.find(({ id }) => id === item.stretch));
  const hint = h("p", { class: "hb-hint", role: "status" });
  /** @param {Partial<Item>} part */
  const change = (part) => {
    const items = engine.choices().items.map((other, at) => (at === place ? { ...other, ...part } : other));
    engine.choose({ ...engine.choices(), items });
  };
  const sides = ["both", "left", "right"].map((side) => [side, t(`player.sides.${side}`)]);
  const element = h(
    "fieldset",
    { class: "hb-item" },
    // A panel of one stretch says its name already in its title.
    h("legend", { class: engine.choices().items.length === 1 ? "hb-sr" : null }, t(`stretch.${item.stretch}.name`)),
    h(
      "div",
      { class: "hb-fields" },
      selectField(t("player.sides"), item.sides, sides, (value) => change({ sides: value })),
      numberField(t(stretch.mode === "cycles" ? "player.set_s" : "player.hold_s"), item.hold_s, limits.hold_s, (value) => change({ hold_s: value })),
      numberField(t("player.repetitions"), item.repetitions, limits.repetitions, (value) => change({ repetitions: value })),
    ),
    hint,
  );
  const update = () => {
    const { hold_s } = engine.choices().items[place];
    const { min, max } = stretch.hold_s;
    setText(hint, hold_s < min || hold_s > max ? t("player.outside_dose", { low: min, high: max }) : "");
  };
  return { element, update };
}

/**
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{volume: number, setVolume(value: number): void}} sound
 */
function soundFields(engine, t, sound) {
  const id = uniqueId("volume");
  const shown = h("output", { for: id }, `${Math.round(sound.volume * 100)} %`);
  const range = h("input", {
    id,
    type: "range",
    min: 0,
    max: 100,
    step: 5,
    value: Math.round(sound.volume * 100),
    oninput: () => {
      sound.setVolume(Number(range.value) / 100);
      setText(shown, `${range.value} %`);
    },
  });
  const test = h("button", { type: "button", onclick: () => engine.tones.sample() }, t("player.test_sound"));
  return h("div", { class: "hb-sound" }, h("label", { for: id }, t("player.volume")), range, shown, test);
}

/**
 * @param {string} label
 * @param {number} value
 * @param {{min: number, max: number}} limit
 * @param {(value: number) => void} onChange  called with valid values only
 */
function numberField(label, value, limit, onChange) {
  const id = uniqueId("number");
  const input = h("input", {
    id,
    type: "number",
    inputmode: "numeric",
    required: true,
    step: 1,
    min: limit.min,
    max: limit.max,
    value,
    oninput: () => input.validity.valid && onChange(input.valueAsNumber),
  });
  return h("div", { class: "hb-field" }, h("label", { for: id }, label), input);
}

/**
 * @param {string} label
 * @param {string} value
 * @param {string[][]} options
 * @param {(value: string) => void} onChange
 */
function selectField(label, value, options, onChange) {
  const id = uniqueId("select");
  const select = h(
    "select",
    { id, onchange: () => onChange(select.value) },
    ...options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
  );
  return h("div", { class: "hb-field" }, h("label", { for: id }, label), select);
}
