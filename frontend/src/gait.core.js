// Reference curves of one leg over a stride: the browser's twin of hipbook/motion/gait.py.
// gaitCurves(reference, speed, phases) and runningCurves(reference, phases) → Curves, peakOf(curves) → Peak,
// speedMPerS(speed, legLengthM). `reference` is what Python's reference_data() gives: coefficients in this
// model's signs and zero. Degrees from quiet standing, extension positive; phase is the share of the stride from
// that leg's foot strike; speed is dimensionless.

/** @typedef {{cos_deg: number[], sin_deg: number[]}} Series */
/** @typedef {Record<"hip_extension_deg"|"anterior_pelvic_tilt_deg"|"knee_flexion_deg"|"ankle_dorsiflexion_deg"|"trunk_backward_lean_deg", Series>} Leg */
/** @typedef {{walking: (Leg & {name: string, speed: number})[], running: Leg, frames: number, standing_tilt_deg: number, running_tilt_zero_deg: number, torso_zone_deg: number[], sources: Record<string, string>}} Reference */
/**
 * @typedef {{speed: number | null, running: boolean, phase: number[], hip_extension_deg: number[],
 *   anterior_pelvic_tilt_deg: number[], knee_flexion_deg: number[], ankle_dorsiflexion_deg: number[],
 *   trunk_backward_lean_deg: number[], lumbar_extension_deg: number[], thigh_behind_vertical_deg: number[],
 *   thigh_behind_torso_deg: number[]}} Curves
 */
/** @typedef {{phase: number, thigh_behind_vertical_deg: number, thigh_behind_torso_deg: number, hip_extension_deg: number, anterior_pelvic_tilt_deg: number, lumbar_extension_deg: number}} Peak */

export const GRAVITY_M_PER_S2 = 9.80665;
export const FRAMES = 200;
/** A whole stride. @type {readonly number[]} */
export const STRIDE = Object.freeze(Array.from({ length: FRAMES }, (_, k) => k / FRAMES));

const LEG_LENGTH_M = [0.3, 1.3];
const QUANTITIES = /** @type {const} */ ([
  "hip_extension_deg", "anterior_pelvic_tilt_deg", "knee_flexion_deg", "ankle_dorsiflexion_deg",
  "trunk_backward_lean_deg",
]);

/**
 * The mean walking curves at a dimensionless speed, mixed in a straight line from the two measured around it.
 * @param {Reference} reference @param {number} speed @param {readonly number[]} [phases] @returns {Curves}
 */
export function gaitCurves({ walking }, speed, phases = STRIDE) {
  const slowest = walking[0].speed, fastest = walking[walking.length - 1].speed;
  if (!(finite("speed", speed) >= slowest && speed <= fastest)) {
    throw new RangeError(`speed must be between ${slowest} and ${fastest} (dimensionless), got ${speed}`);
  }
  const upper = Math.max(1, walking.findIndex((known) => speed <= known.speed));
  const below = walking[upper - 1], above = walking[upper];
  const share = (speed - below.speed) / (above.speed - below.speed);
  /** @param {number[]} a @param {number[]} b */
  const mix = (a, b) => a.map((value, k) => (1 - share) * value + share * b[k]);
  const mixed = /** @type {Leg} */ ({});
  for (const name of QUANTITIES) {
    mixed[name] = {
      cos_deg: mix(below[name].cos_deg, above[name].cos_deg),
      sin_deg: mix(below[name].sin_deg, above[name].sin_deg),
    };
  }
  return evaluate(speed, mixed, phases);
}

/** One runner on a treadmill, as an illustration. @param {Reference} reference @param {readonly number[]} [phases] */
export const runningCurves = ({ running }, phases = STRIDE) => evaluate(null, running, phases);

/** The moment when the thigh is furthest behind the vertical. @param {Curves} curves @returns {Peak} */
export function peakOf(curves) {
  const at = curves.thigh_behind_vertical_deg.indexOf(Math.max(...curves.thigh_behind_vertical_deg));
  return {
    phase: curves.phase[at],
    thigh_behind_vertical_deg: curves.thigh_behind_vertical_deg[at],
    thigh_behind_torso_deg: curves.thigh_behind_torso_deg[at],
    hip_extension_deg: curves.hip_extension_deg[at],
    anterior_pelvic_tilt_deg: curves.anterior_pelvic_tilt_deg[at],
    lumbar_extension_deg: curves.lumbar_extension_deg[at],
  };
}

/** A dimensionless speed in metres a second. @param {number} speed @param {number} legLengthM */
export const speedMPerS = (speed, legLengthM) =>
  finite("speed", speed) * Math.sqrt(GRAVITY_M_PER_S2 * checkLegLength(legLengthM));

/** Hip joint to floor. @param {number} value in metres */
export function checkLegLength(value) {
  const [least, most] = LEG_LENGTH_M;
  if (!(finite("leg_length_m", value) >= least && value <= most)) {
    throw new RangeError(`leg_length_m must be between ${least} and ${most}, got ${value}`);
  }
  return value;
}

/** @param {number | null} speed @param {Leg} series @param {readonly number[]} phases @returns {Curves} */
function evaluate(speed, series, phases) {
  for (const phase of phases) finite("phase", phase);
  const [hip, tilt, knee, ankle, lean] = QUANTITIES.map((name) => phases.map((phase) => sum(series[name], phase)));
  const lumbar = tilt.map((value, k) => value + lean[k]);
  return {
    speed,
    running: speed === null,
    phase: [...phases],
    hip_extension_deg: hip,
    anterior_pelvic_tilt_deg: tilt,
    knee_flexion_deg: knee,
    ankle_dorsiflexion_deg: ankle,
    trunk_backward_lean_deg: lean,
    lumbar_extension_deg: lumbar,
    thigh_behind_vertical_deg: hip.map((value, k) => value + tilt[k]),
    thigh_behind_torso_deg: hip.map((value, k) => value + lumbar[k]),
  };
}

/** @param {Series} series @param {number} phase */
function sum({ cos_deg: cos, sin_deg: sin }, phase) {
  let total = 0;
  for (let k = 0; k < cos.length; k += 1) {
    const turn = 2 * Math.PI * k * phase;
    total += cos[k] * Math.cos(turn) + sin[k] * Math.sin(turn);
  }
  return total;
}

/** @param {string} name @param {number} value */
function finite(name, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new RangeError(`${name} must be a finite number, got ${value}`);
  }
  return value;
}
