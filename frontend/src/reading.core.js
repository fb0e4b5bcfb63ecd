// From what was read off to degrees of hip extension: the browser's twin of value_deg in hipbook/measuring.py.
// frontend/golden/measure.json holds both to the same numbers and the same refusals.

/**
 * @typedef {{name: string, position: "thomas" | "prone", tool: string}} Test
 * @typedef {{height_cm: number[], thigh_cm: number[], reading_deg: number[]}} Limits
 * @typedef {Record<string, any>} Inputs
 * `most` is how far the heights may differ for this thigh [cm].
 * @typedef {{deg: number} | {refused: string, most?: number}} Reading
 */

const RAD = Math.PI / 180;

/** @param {unknown} value @param {number[]} limits */
const isWithin = (value, [least, most]) => typeof value === "number" && value >= least && value <= most;

/**
 * Hip extension in the test's own zero [°], extension positive; or the input that cannot be.
 * @param {Test} test
 * @param {Inputs} inputs
 * @param {Limits} limits
 * @returns {Reading}
 */
export function readingOf(test, inputs, limits) {
  if (test.tool === "tape") return slopeOfThigh(inputs, limits);
  const down = test.position === "thomas" ? 1 : -1; // the knee extends downwards on the back, upwards face down
  if ("angle_deg" in inputs) {
    if (!isWithin(inputs.angle_deg, [0, limits.reading_deg[1]])) return { refused: "angle_deg" };
    if (inputs.knee !== "below" && inputs.knee !== "above") return { refused: "knee" };
    return { deg: down * (inputs.knee === "below" ? 1 : -1) * inputs.angle_deg || 0 };
  }
  for (const name of ["raw_deg", "level_deg"]) if (!isWithin(inputs[name], [-180, 180])) return { refused: name };
  const turned = ((((inputs.raw_deg - inputs.level_deg + 180) % 360) + 360) % 360) - 180;
  const deg = -down * turned || 0;
  return isWithin(deg, limits.reading_deg) ? { deg } : { refused: "raw_deg" };
}

/** @param {Inputs} inputs @param {Limits} limits @returns {Reading} */
function slopeOfThigh({ hip_height_cm: hip, knee_height_cm: knee, thigh_length_cm: thigh }, { height_cm, thigh_cm, reading_deg }) {
  if (!isWithin(hip, height_cm)) return { refused: "hip_height_cm" };
  if (!isWithin(knee, height_cm)) return { refused: "knee_height_cm" };
  if (!isWithin(thigh, thigh_cm)) return { refused: "thigh_length_cm" };
  const most = thigh * Math.sin(reading_deg[1] * RAD);
  if (Math.abs(hip - knee) > most) return { refused: "drop", most };
  return { deg: Math.asin((hip - knee) / thigh) / RAD };
}

/** As it is written: whole tenths. @param {number} deg */
export const tenths = (deg) => Math.round(deg * 10) / 10 || 0;
