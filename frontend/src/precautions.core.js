// Which stretches the checklist's answers take out: twin of hipbook/stretching/precautions.py, same golden vectors.
import { stretchOf } from "./plan.core.js";

/**
 * @typedef {import("./plan.core.js").Catalog} Catalog
 * @typedef {import("./plan.core.js").Choices} Choices
 * @typedef {"soon" | "emergency"} Urgency
 * `until_asked` and `never`: ids of the stretches that it takes out; the first come back once agreed.
 * @typedef {{key: string, group: string, ask: string, until_asked: string[], never: string[], urgency: Urgency | null, signs: string[]}} Answer
 * @typedef {{answers: Answer[]}} Precautions
 * @typedef {{stretch: string, answers: string[], ask: string[], askable: boolean, allowed: boolean}} Ruling
 * A stretch without a ruling is allowed; an urgency means that nothing is started.
 * @typedef {{answers: string[], urgency: Urgency | null, nothing_left: boolean, rulings: Ruling[]}} Verdict
 * @typedef {{stretch: string, what: "left_out" | "replaced" | "put_back", by: string | null, answers: string[], ask: string[], askable: boolean}} Change
 */

/** An answer or a stretch that nobody knows; the message gives name, rule and value. */
export class PrecautionError extends Error {}

/**
 * @param {Precautions} precautions
 * @param {Catalog} catalog
 * @param {string[]} answers  keys of the boxes that are ticked
 * @param {string[]} [agreed]  ids of the stretches that the person was told are fine
 * @returns {Verdict}
 */
export function verdict(precautions, catalog, answers, agreed = []) {
  const ids = catalog.stretches.map(({ id }) => id);
  for (const key of [...answers].sort()) oneOf("answer", key, precautions.answers.map((answer) => answer.key));
  for (const id of [...agreed].sort()) oneOf("stretch", id, ids);
  const ticked = precautions.answers.filter(({ key }) => answers.includes(key));
  const rulings = ids.flatMap((stretch) => {
    const against = ticked.filter(({ until_asked, never }) => until_asked.includes(stretch) || never.includes(stretch));
    if (!against.length) return [];
    const askable = !against.some(({ never }) => never.includes(stretch));
    const ask = [...new Set(against.map((answer) => answer.ask))];
    return [{ stretch, answers: against.map(({ key }) => key), ask, askable, allowed: askable && agreed.includes(stretch) }];
  });
  const urgencies = ticked.map(({ urgency }) => urgency);
  return {
    answers: ticked.map(({ key }) => key),
    urgency: urgencies.includes("emergency") ? "emergency" : urgencies.includes("soon") ? "soon" : null,
    nothing_left: rulings.filter(({ allowed }) => !allowed).length === ids.length,
    rulings,
  };
}

/** Whether a stretch may be done. @param {Verdict} judged @param {string} stretch */
export const allows = (judged, stretch) => judged.rulings.find((ruling) => ruling.stretch === stretch)?.allowed ?? true;

/**
 * Choices without what may not be done (`items` may be empty), and what was changed in them.
 * @param {Catalog} catalog
 * @param {Choices} choices
 * @param {Verdict} judged
 * @returns {{choices: Choices, changes: Change[]}}
 */
export function apply(catalog, choices, judged) {
  /** @type {import("./plan.core.js").Item[]} */
  const items = [];
  /** @type {Change[]} */
  const changes = [];
  for (const item of choices.items) {
    const ruling = judged.rulings.find(({ stretch }) => stretch === item.stretch);
    const out = ruling !== undefined && !ruling.allowed;
    const other = out ? stretchOf(catalog, item.stretch).alternate : null;
    const by = other && allows(judged, other) ? other : null;
    if (!out) items.push(item);
    else if (by) items.push({ ...item, stretch: by });
    if (!ruling) continue;
    const what = !out ? "put_back" : by ? "replaced" : "left_out";
    changes.push({ stretch: ruling.stretch, what, by, answers: ruling.answers, ask: ruling.ask, askable: ruling.askable });
  }
  return { choices: { ...choices, items }, changes };
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string[]} allowed
 */
function oneOf(name, value, allowed) {
  if (!allowed.includes(value)) throw new PrecautionError(`${name} must be one of ${allowed.join(", ")}, got ${value}`);
}
