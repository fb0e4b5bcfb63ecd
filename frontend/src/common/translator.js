// A sentence by its key, with the values in its {gaps}; every sentence is in hipbook/strings.

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * @param {Record<string, string>} strings
 * @returns {Translate}
 */
export const translator = (strings) => (key, values = {}) => {
  const sentence = strings[key];
  if (sentence === undefined) throw new Error(`strings have no key ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
};
