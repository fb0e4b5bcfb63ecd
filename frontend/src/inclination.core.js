// How steep a phone lies, from the browser's orientation angles, and whether it is held still.
//
// The browser turns the phone by alpha about the vertical, then by beta about its short edge, then by gamma about
// its long edge. The long edge's slope is left alone by the first and the last: it does not matter where the person
// lies in the room, nor how far the phone is rolled around the thigh.

/** @typedef {{atMs: number, deg: number}} Sample */

/** Still: for so long, … */
export const STILL_MS = 3000;
/** … with a standard deviation, and a way from least to most, of no more than this [°]; our choice. */
export const STILL_SD_DEG = 0.5;
export const STILL_RANGE_DEG = 1.5;
/** Longer without a sample, and nobody knows what happened between. */
export const GAP_MS = 1000;

const RAD = Math.PI / 180;

/**
 * How far the top end of the phone is above its bottom end [°], −90…90.
 * @param {number} betaDeg  the browser's beta, −180…180
 */
export const slopeDeg = (betaDeg) => Math.asin(Math.sin(betaDeg * RAD)) / RAD;

/**
 * The samples that count with a new one: the last ones, without a gap.
 * @param {readonly Sample[]} samples
 * @param {Sample} sample
 * @returns {Sample[]}
 */
export function withSample(samples, sample) {
  const last = samples.at(-1);
  if (!last || sample.atMs - last.atMs > GAP_MS || sample.atMs < last.atMs) return [sample];
  // One that is just too old is kept, so that those that count are seen to cover the whole time.
  const from = samples.findLastIndex(({ atMs }) => atMs <= sample.atMs - STILL_MS);
  return [...samples.slice(Math.max(from, 0)), sample];
}

/**
 * Mean and spread [°] once the samples cover the whole time.
 * @param {readonly Sample[]} samples
 * @returns {{meanDeg: number, sdDeg: number, still: boolean} | null}
 */
export function steadiness(samples) {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < STILL_MS) return null;
  const degrees = samples.map(({ deg }) => deg);
  const meanDeg = degrees.reduce((sum, deg) => sum + deg, 0) / degrees.length;
  const sdDeg = Math.sqrt(degrees.reduce((sum, deg) => sum + (deg - meanDeg) ** 2, 0) / (degrees.length - 1));
  const range = Math.max(...degrees) - Math.min(...degrees);
  return { meanDeg, sdDeg, still: sdDeg <= STILL_SD_DEG && range <= STILL_RANGE_DEG };
}
