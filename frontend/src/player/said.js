// What Python had to say, in the panel's language: a sentence by its key, else its English line as details.
import { translator } from "../common/translator.js";

/**
 * `why` is the line in English; `key` and `values` are what to say instead where the panel has that sentence.
 * @typedef {{key?: string, values?: Record<string, string | number>, why?: string}} Said
 */

/** @param {Record<string, string>} strings @param {Said} said */
export function worded(strings, { key, values, why = "" }) {
  const t = translator(strings);
  if (key !== undefined && Object.hasOwn(strings, key)) return t(key, { why, ...values });
  return why && t("player.trouble.other", { why });
}

/**
 * Notes in a row: those without a sentence of their own come last, as details.
 * @param {Record<string, string>} strings
 * @param {Said[]} notes
 */
export function wordedNotes(strings, notes) {
  const own = notes.filter(({ key }) => key !== undefined && Object.hasOwn(strings, key));
  const rest = notes.filter((note) => !own.includes(note)).map(({ why }) => why).join(" ");
  const words = own.map((note) => worded(strings, note));
  return [...words, ...(rest ? [translator(strings)("player.details", { why: rest })] : [])].join(" ");
}
