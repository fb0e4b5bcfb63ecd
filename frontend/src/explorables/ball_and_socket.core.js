// Ball and socket from the side, in millimetres: what was measured, and the drawing that shows it to scale.
// The twin of hipbook/motion/ball_and_socket.py, where units, sources and drawing choices stand.

/** @typedef {[number, number]} Point */
/**
 * What was measured, as Python hands it over.
 * @typedef {{glide: [number, number][], glide_hips: number, single_hips_mm: [number, number],
 *   strain_at_end: number, strain_specimens: number}} Measured
 */

export const BALL_RADIUS_MM = 24;
export const EXTENSION_DEG = [-20, 20];
export const NEWTONS_PER_KG = 9.80665;
/** @type {Record<string, Point>} */
export const DIRECTIONS = { forward: [1, 0], down: [0, -1] };
/** @type {Point} */
const RIM = [31, 15];
/** @type {Point} */
const ON_FEMUR = [15, -38];
const WRAP_RADIUS_MM = 26, FOLDS = 3, BAND_POINTS = 60;
/** @type {Point[]} */
const FEMUR = [
  [15, -17], [13, -29], [16, -39], [14.5, -56], [13, -112], [-13, -112], [-14, -62], [-21, -47], [-19, -33], [-15, -18],
];

/** @param {number} at @param {number[]} xs ascending @param {number[]} ys */
function interpolate(at, xs, ys) {
  // The last one may be missed by a rounding error.
  const next = xs.findIndex((x) => x >= at);
  const k = next < 0 ? xs.length - 1 : Math.max(next, 1);
  return ys[k - 1] + ((ys[k] - ys[k - 1]) * (at - xs[k - 1])) / (xs[k] - xs[k - 1]);
}

/** @param {Measured["glide"]} glide @param {number} forceN 0 to the largest measured */
export const glideMm = (glide, forceN) =>
  interpolate(forceN, [0, ...glide.map(([force]) => force)], [0, ...glide.map(([, mm]) => mm)]);

/** @param {Point} p @param {number} extensionDeg @returns {Point} */
function turned([x, y], extensionDeg) {
  const turn = (extensionDeg * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn);
  return [x * c + y * s, y * c - x * s];
}

/** @param {number} extensionDeg @returns {Point[]} */
export const femurOutline = (extensionDeg) => FEMUR.map((p) => turned(p, extensionDeg));

/** The length walked at each point. @param {Point[]} points */
function walked(points) {
  const gone = [0];
  for (let k = 1; k < points.length; k += 1) {
    gone.push(gone[k - 1] + Math.hypot(points[k][0] - points[k - 1][0], points[k][1] - points[k - 1][1]));
  }
  return gone;
}

/** @param {Point[]} points */
const length = (points) => walked(points)[points.length - 1];

/** The taut way from the rim, around the front of the ball, to the femur. @param {number} extensionDeg @returns {Point[]} */
function shortest(extensionDeg) {
  const end = turned(ON_FEMUR, extensionDeg);
  const leaves = Math.atan2(RIM[1], RIM[0]) - Math.acos(WRAP_RADIUS_MM / Math.hypot(...RIM));
  const lands = Math.atan2(end[1], end[0]) + Math.acos(WRAP_RADIUS_MM / Math.hypot(...end));
  /** @type {Point[]} */
  const corners = [RIM];
  for (let k = 0; leaves > lands && k <= 24; k += 1) {
    const turn = leaves + ((lands - leaves) * k) / 24;
    corners.push([WRAP_RADIUS_MM * Math.cos(turn), WRAP_RADIUS_MM * Math.sin(turn)]);
  }
  corners.push(end);
  const gone = walked(corners), xs = corners.map(([x]) => x), ys = corners.map(([, y]) => y);
  return Array.from({ length: BAND_POINTS }, (_, k) => {
    const at = (gone[gone.length - 1] * k) / (BAND_POINTS - 1);
    return [interpolate(at, gone, xs), interpolate(at, gone, ys)];
  });
}

/** @param {number} strainAtEnd */
const restLength = (strainAtEnd) => length(shortest(EXTENSION_DEG[1])) / (1 + strainAtEnd);

/** Share of the drawn band that is slack; 0 and below it is taut. @param {number} extensionDeg @param {number} strainAtEnd */
export const slack = (extensionDeg, strainAtEnd) => 1 - length(shortest(extensionDeg)) / restLength(strainAtEnd);

/** The band's middle line, pelvis first. @param {number} extensionDeg @param {number} strainAtEnd @returns {Point[]} */
export function capsuleBand(extensionDeg, strainAtEnd) {
  const points = shortest(extensionDeg), rest = restLength(strainAtEnd);
  if (length(points) >= rest) return points;
  const folded = (/** @type {number} */ deep) => points.map(([x, y], k) => {
    const before = points[Math.max(k - 1, 0)], after = points[Math.min(k + 1, BAND_POINTS - 1)];
    const along = [after[0] - before[0], after[1] - before[1]], size = Math.hypot(...along);
    const out = deep * Math.sin((FOLDS * Math.PI * k) / (BAND_POINTS - 1)) ** 2;
    return /** @type {Point} */ ([x - (out * along[1]) / size, y + (out * along[0]) / size]);
  });
  let low = 0, high = 30;
  for (let k = 0; k < 40; k += 1) {
    const deep = (low + high) / 2;
    if (length(folded(deep)) > rest) high = deep;
    else low = deep;
  }
  return folded(low);
}
