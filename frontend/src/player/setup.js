// The set-up panel: how long, how often, which sides, how loud; choices go to the engine at once.
import { h, setText, uniqueId } from "../common/dom.js";
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
  const isRoutine = routines.some((routine) => routine.id === engine.choices().routine);
  const entries = engine.choices().items.map((item) => ({ item, out: false }));
  const items = entries.map((entry) => itemFields(engine, t, entry, { isRoutine, alone: entries.length === 1, choose }));

  const times = /** @type {const} */ (["ready_s", "switch_s", "rest_s"]).map((name) =>
    numberField(t, t(`player.${name}`), engine.choices()[name], limits[name], (value) => change({ [name]: value })),
  );
  const sides = [["left", t("player.first_side.left")], ["right", t("player.first_side.right")]];
  const firstSide = selectField(t("player.first_side"), engine.choices().first_side, sides, (value) => change({ first_side: value }));
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
  const note = isRoutine ? aboutLine(t, engine.choices().routine) : null;
  const element = h("div", { class: "hb-setup" }, note, ...items.map((item) => item.element), more,
    h("div", { class: "hb-go" }, start, total));

  /** @param {Partial<import("../plan.core.js").Choices>} part */
  function change(part) {
    engine.choose({ ...engine.choices(), ...part });
  }

  /** Plan what is not left out; with everything left out there is nothing to plan. */
  function choose() {
    const chosen = entries.filter((entry) => !entry.out).map((entry) => entry.item);
    if (chosen.length) change({ items: chosen });
    else update();
  }

  const update = () => {
    for (const item of items) item.update();
    const wrong = element.querySelector(":invalid") !== null || entries.every((entry) => entry.out);
    const time = wrong ? "–" : clockTime(engine.session().plan.total_s);
    setText(total, t(engine.choices().wait_for_me ? "player.total_waits" : "player.total", { time }));
    start.disabled = wrong;
  };
  element.addEventListener("input", update);
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
 * One stretch of the routine: its form, sides, hold and repetitions.
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{item: Item, out: boolean}} entry  changed here; `choose` makes it count
 * @param {{isRoutine: boolean, alone: boolean, choose(): void}} context
 */
function itemFields(engine, t, entry, { isRoutine, alone, choose }) {
  const { limits, stretches } = engine.catalog;
  const stretchOf = (/** @type {string} */ id) =>
    /** @type {import("../plan.core.js").Stretch} */ (stretches.find((stretch) => stretch.id === id));
  const stretch = stretchOf(entry.item.stretch);
  const hint = h("p", { class: "hb-hint", role: "status" });
  /** @param {Partial<Item>} part */
  const change = (part) => {
    entry.item = { ...entry.item, ...part };
    choose();
  };
  const sides = ["both", "left", "right"].map((side) => [side, t(`player.sides.${side}`)]);
  if (isRoutine && !alone) sides.push(["out", t("player.sides.out")]);
  const forms = [stretch.id, stretch.alternate ?? ""].filter(Boolean).map((id) => [id, t(`stretch.${id}.short`)]);
  const isHold = stretch.mode === "hold";
  const fields = h(
    "div",
    { class: "hb-fields" },
    isRoutine && !alone && forms.length > 1 ? selectField(t("player.form"), stretch.id, forms, (id) => change({ stretch: id })) : null,
    selectField(t("player.sides"), entry.item.sides, sides, (value) => {
      entry.out = value === "out";
      change(entry.out ? {} : { sides: value });
    }),
    numberField(t, t(isHold ? "player.hold_s" : "player.set_s"), entry.item.hold_s, limits.hold_s, (value) => change({ hold_s: value })),
    numberField(t, t("player.repetitions"), entry.item.repetitions, limits.repetitions, (value) => change({ repetitions: value })),
  );
  // A panel of one stretch says its name already in its title.
  const legend = h("legend", { class: alone && !isRoutine ? "hb-sr" : null }, t(`stretch.${stretch.id}.name`));
  const update = () => {
    const { hold_s, stretch: id } = entry.item;
    const { min, max } = stretchOf(id).hold_s;
    setText(legend, t(`stretch.${id}.name`));
    const outside = hold_s < min || hold_s > max ? t("player.outside_dose", { low: min, high: max }) : "";
    setText(hint, [outside, isHold ? "" : cyclesHint(t, stretch, hold_s)].filter(Boolean).join(" "));
    hint.dataset.outside = String(outside !== "");
  };
  return { element: h("fieldset", { class: "hb-item" }, legend, fields, hint), update };
}

/**
 * What one set is made of, and what of it the log counts.
 * @param {Translate} t
 * @param {import("../plan.core.js").Stretch} stretch
 * @param {number} setS
 */
function cyclesHint(t, stretch, setS) {
  const [pull, release] = [stretch.pull_s ?? 0, stretch.release_s ?? 0];
  const cycles = Math.max(1, Math.floor(setS / (pull + release)));
  return t("player.cycles_hint", { cycles, pull, release, held: cycles * pull });
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
 * @param {Translate} t
 * @param {string} label
 * @param {number} value
 * @param {{min: number, max: number}} limit
 * @param {(value: number) => void} onChange  called with valid values only
 */
function numberField(t, label, value, limit, onChange) {
  const id = uniqueId("number");
  const rule = h("p", { id: `${id}-rule`, class: "hb-rule", role: "status" });
  const input = h("input", {
    id,
    type: "number",
    inputmode: "numeric",
    required: true,
    step: 1,
    min: limit.min,
    max: limit.max,
    value,
    "aria-describedby": rule.id,
    oninput: () => {
      const { valid } = input.validity;
      setText(rule, valid ? "" : t("player.rule", { low: limit.min, high: limit.max }));
      if (valid) onChange(input.valueAsNumber);
    },
  });
  return h("div", { class: "hb-field" }, h("label", { for: id }, label), input, rule);
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
