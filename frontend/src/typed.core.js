// A number as people type it: with a decimal point or comma, nothing else.

/** @param {string} text @returns {number | null} */
export function numberIn(text) {
  const plain = text.trim().replace(/\s*(cm|°)$/i, "");
  return /^\d{1,3}([.,]\d{1,2})?$/.test(plain) ? Number(plain.replace(",", ".")) : null;
}
