// Numbers as the person's language writes them: signed degrees, lengths, the share of a wait.

/** @param {string} language @param {number} value @param {Intl.NumberFormatOptions} options */
const written = (language, value, options) => value.toLocaleString(language, options).replace(/-/g, "−");

const TENTH = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** "+8.3°", "−3.0°", "0.0°". @param {string} language @param {number} deg */
export const signedDegrees = (language, deg) => `${written(language, deg, { ...TENTH, signDisplay: "exceptZero" })}°`;

/** "8.3°". @param {string} language @param {number} deg */
export const degrees = (language, deg) => `${written(language, deg, { maximumFractionDigits: 1 })}°`;

/** "8.3": as it is spoken. @param {string} language @param {number} value */
export const tenth = (language, value) => written(language, value, TENTH);
