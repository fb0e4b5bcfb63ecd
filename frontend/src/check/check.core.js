// Judging an answer: a question and what was given → right, wrong or missing, and the reason.

/**
 * @typedef {{key: string, label: string, why: string}} Option
 * @typedef {{kind: "single" | "number" | "order", title: string, ask: string, answer: any, options: Option[],
 *   why: string, hint: string, label: string, tolerance: number | null, slips: {value: number, why: string}[],
 *   shown: string, reason: string}} Question  as hipbook.widgets.self_check.asked_of returns
 * @typedef {string | number | string[] | null} Given  an option's key, a number, all keys in order; null: nothing yet
 * @typedef {{verdict: "right" | "wrong" | "missing", why: string, inPlace: number | null}} Judgement
 */

/** A decimal such as 18.0 − 17.7 is not exactly 0.3. */
const ROUNDING = 1e-9;

/**
 * @param {Question} question
 * @param {Given} given
 * @returns {Judgement}
 */
export function judge(question, given) {
  if (given === null || Number.isNaN(given)) return { verdict: "missing", why: "", inPlace: null };
  if (question.kind === "single") {
    const chosen = question.options.find(({ key }) => key === given);
    return { verdict: given === question.answer ? "right" : "wrong", why: chosen?.why ?? "", inPlace: null };
  }
  if (question.kind === "number") return judgeNumber(question, Number(given));
  const keys = /** @type {string[]} */ (given);
  const inPlace = keys.filter((key, at) => key === question.answer[at]).length;
  const right = inPlace === question.answer.length;
  return { verdict: right ? "right" : "wrong", why: right ? question.why : question.hint, inPlace: right ? null : inPlace };
}

/**
 * @param {Question} question
 * @param {number} given
 * @returns {Judgement}
 */
function judgeNumber(question, given) {
  const near = (/** @type {number} */ value) => Math.abs(given - value) <= (question.tolerance ?? 0) + ROUNDING;
  if (near(question.answer)) return { verdict: "right", why: question.why, inPlace: null };
  const slip = question.slips.find(({ value }) => near(value));
  return { verdict: "wrong", why: slip ? slip.why : question.hint, inPlace: null };
}

/**
 * What a field's text means, as hipbook.exercises.number_from reads it: a decimal comma, a typed minus, a unit behind it.
 * @param {string} typed
 * @returns {number | null}  null: nothing typed, or no number
 */
export function numberFrom(typed) {
  const plain = typed.trim().replace(",", ".").replace("−", "-");
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*(?:°|%|[a-z]+)?$/.exec(plain);
  return found ? Number(found[1]) : null;
}

/**
 * Move one key a place up or down; at the end it stays.
 * @param {string[]} keys
 * @param {string} key
 * @param {-1 | 1} step
 * @returns {string[]}
 */
export function moved(keys, key, step) {
  const from = keys.indexOf(key);
  const to = from + step;
  if (from < 0 || to < 0 || to >= keys.length) return keys;
  const next = [...keys];
  [next[from], next[to]] = [next[to], next[from]];
  return next;
}
