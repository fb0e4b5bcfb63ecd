// One stretch of set-up: its form, sides, hold and repetitions, and what article and guideline say of them.
import { h, setText } from "../common/dom.js";
import { numberField, selectField } from "./fields.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("../plan.core.js").Item} Item
 */

/**
 * @param {import("./run.js").Engine} engine
 * @param {Translate} t
 * @param {{item: Item, out: boolean}} entry  changed here; `choose` makes it count
 * @param {{isRoutine: boolean, alone: boolean, choose(): void}} context
 */
export function createItem(engine, t, entry, { isRoutine, alone, choose }) {
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
  const forms = [stretch.id, stretch.alternate ?? ""].filter((id) => id && engine.care.mayDo(id)).map((id) => [id, t(`stretch.${id}.short`)]);
  const isHold = stretch.mode === "hold";
  const fields = h(
    "div",
    { class: "hb-fields" },
    isRoutine && forms.length > 1 ? selectField(t("player.form"), stretch.id, forms, (id) => change({ stretch: id })) : null,
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
    const outside = hold_s < min || hold_s > max;
    const lines = outside ? [t("player.outside_dose", { low: min, high: max })] : [];
    // garber2011 of data/reference: for holds, and not for sets of short pulls.
    if (outside && isHold) lines.push(t("player.outside_guideline"));
    if (!isHold) lines.push(cyclesHint(t, stretch, hold_s));
    setText(hint, lines.join(" "));
    hint.dataset.outside = String(outside);
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
