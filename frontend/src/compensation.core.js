// What pelvis, low back and step take up when a hip extends less: the twin of hipbook/motion/compensation.py.
// compensate(curves, {limitDeg, stiffSide, share, pelvis}) → Walk; summarise(walk, legLengthM) → Summary.
// `curves` are a whole stride (gait.core.js); limitDeg null restricts nothing. Fields are Python's, by the same
// names; frontend/golden/motion.json holds both to the same numbers.

import { checkLegLength } from "./gait.core.js";
import { LEG_LENGTH, levelAnkles, tread } from "./walker.core.js";

/** @typedef {import("./gait.core.js").Curves} Curves */
/** @typedef {"left" | "right"} Side */
/** @typedef {{limitDeg?: number | null, stiffSide?: Side | "both", share?: number, pelvis?: "held" | "when_needed"}} Settings */
/**
 * @typedef {{hip_extension_deg: number[], thigh_behind_vertical_deg: number[], thigh_behind_torso_deg: number[],
 *   knee_flexion_deg: number[], ankle_dorsiflexion_deg: number[], toe_extension_deg: number[]}} WalkLeg
 */
/**
 * @typedef {{curves: Curves, hip_extension_limit_deg: number | null, stiff_side: string, share: number,
 *   pelvis: string, phase: number[], right: WalkLeg, left: WalkLeg, anterior_pelvic_tilt_deg: number[],
 *   lumbar_extension_deg: number[], trunk_backward_lean_deg: number[], hip_height: number[],
 *   ground_offset: number[], stride_length: number, step_length: Record<Side, number>}} Walk
 *   hip_height, ground_offset, stride_length, step_length in statures
 */
/**
 * @typedef {{peak_hip_extension_deg: Record<Side, number>, peak_thigh_behind_vertical_deg: Record<Side, number>,
 *   peak_thigh_behind_torso_deg: Record<Side, number>, peak_anterior_pelvic_tilt_deg: number,
 *   pelvis_range_deg: number, peak_lumbar_extension_deg: number, extra_lumbar_extension_deg: number,
 *   share_of_stride_beyond: number, step_length_cm: number | null, unrestricted_step_length_cm: number | null,
 *   step_length_percent: number | null, steps_cm: Record<Side, number> | null}} Summary
 *   the four lengths are null for running
 */

export const PELVIS_MODES = /** @type {const} */ (["held", "when_needed"]);
export const STIFF_SIDES = /** @type {const} */ (["left", "right", "both"]);
export const LIMIT_DEG = /** @type {const} */ ([-10, 30]);
export const SHARE = 0.75;
const SOFT_DEG = 0.5;

/** How much of x = HE − H a limit takes away: 0 below, x above, a parabola within half a degree. @param {number} x */
export function softExcessDeg(x) {
  if (x <= -SOFT_DEG) return 0;
  return x >= SOFT_DEG ? x : (x + SOFT_DEG) ** 2 / (4 * SOFT_DEG);
}

/**
 * A walker over a stride from the right foot's strike; the left leg is half a stride later.
 * @param {Curves} curves @param {Settings} settings @returns {Walk}
 */
export function compensate(curves, { limitDeg = null, stiffSide = "both", share = SHARE, pelvis = "held" }) {
  check(curves, limitDeg, stiffSide, share, pelvis);
  const free = [curves.hip_extension_deg, later(curves.hip_extension_deg)]; // right, left
  const limits = ["right", "left"].map((side) =>
    limitDeg !== null && (stiffSide === side || stiffSide === "both") ? limitDeg : Infinity);
  const { hips, tip } = answer(free, limits, share, pelvis === "held");
  const freeTilt = shared(curves.anterior_pelvic_tilt_deg), lean = shared(curves.trunk_backward_lean_deg);
  const tilt = sum(freeTilt, tip), lumbar = sum(tilt, lean);
  const freeThighs = free.map((hip) => sum(hip, freeTilt));
  const thighs = hips.map((hip) => sum(hip, tilt));
  const knees = [curves.knee_flexion_deg, later(curves.knee_flexion_deg)];
  const ankles = [curves.ankle_dorsiflexion_deg, later(curves.ankle_dorsiflexion_deg)]
    .map((ankle, leg) => levelAnkles(freeThighs[leg], thighs[leg], knees[leg], ankle));
  const trod = tread(thighs, knees, ankles, curves.running);
  const [right, left] = [0, 1].map((leg) => ({
    hip_extension_deg: hips[leg],
    thigh_behind_vertical_deg: thighs[leg],
    thigh_behind_torso_deg: sum(hips[leg], lumbar),
    knee_flexion_deg: knees[leg],
    ankle_dorsiflexion_deg: ankles[leg],
    toe_extension_deg: trod.toes[leg],
  }));
  return {
    curves, hip_extension_limit_deg: limitDeg, stiff_side: stiffSide, share, pelvis, phase: curves.phase,
    right, left, anterior_pelvic_tilt_deg: tilt, lumbar_extension_deg: lumbar, trunk_backward_lean_deg: lean,
    hip_height: trod.hip_height, ground_offset: trod.ground_offset, stride_length: trod.stride_length,
    step_length: trod.step_length,
  };
}

/**
 * What a walk comes to, beside the unrestricted walk at the same speed (made here unless given).
 * @param {Walk} walk @param {number} legLengthM hip joint to floor @param {Walk} [free] @returns {Summary}
 */
export function summarise(walk, legLengthM, free = compensate(walk.curves, {})) {
  const usual = Math.max(...free.lumbar_extension_deg), most = Math.max(...walk.lumbar_extension_deg);
  const cm = (100 * checkLegLength(legLengthM)) / LEG_LENGTH, { running } = walk.curves;
  /** @param {"hip_extension_deg" | "thigh_behind_vertical_deg" | "thigh_behind_torso_deg"} name */
  const peaks = (name) => ({ left: Math.max(...walk.left[name]), right: Math.max(...walk.right[name]) });
  const tilts = walk.anterior_pelvic_tilt_deg;
  const beyond = walk.lumbar_extension_deg.filter((value) => value > usual + 1e-9).length;
  return {
    peak_hip_extension_deg: peaks("hip_extension_deg"),
    peak_thigh_behind_vertical_deg: peaks("thigh_behind_vertical_deg"),
    peak_thigh_behind_torso_deg: peaks("thigh_behind_torso_deg"),
    peak_anterior_pelvic_tilt_deg: Math.max(...tilts),
    pelvis_range_deg: Math.max(...tilts) - Math.min(...tilts),
    peak_lumbar_extension_deg: most,
    extra_lumbar_extension_deg: most - usual,
    share_of_stride_beyond: beyond / tilts.length,
    step_length_cm: running ? null : (cm * walk.stride_length) / 2,
    unrestricted_step_length_cm: running ? null : (cm * free.stride_length) / 2,
    step_length_percent: running ? null : (100 * walk.stride_length) / free.stride_length,
    steps_cm: running ? null : { left: cm * walk.step_length.left, right: cm * walk.step_length.right },
  };
}

/**
 * Both hips' extension, and how much further the pelvis tips.
 * @param {number[][]} free @param {number[]} limits @param {number} share @param {boolean} held
 */
function answer(free, limits, share, held) {
  const short = free.map((hip, leg) => hip.map((value) => softExcessDeg(value - limits[leg])));
  if (held) {
    const tip = share * Math.max(...short[0], ...short[1]);
    const hips = free.map((hip, leg) =>
      hip.map((value) => value - tip - softExcessDeg(value - tip - limits[leg])));
    return { hips, tip: free[0].map(() => tip) };
  }
  const hips = free.map((hip, leg) => hip.map((value, k) => value - short[leg][k] - share * short[1 - leg][k]));
  return { hips, tip: short[0].map((value, k) => share * (value + short[1][k])) };
}

/** @param {number[]} values */
const later = (values) => [...values.slice(values.length / 2), ...values.slice(0, values.length / 2)];
/** @param {number[]} a @param {number[]} b */
const sum = (a, b) => a.map((value, k) => value + b[k]);
/** One pelvis or trunk serves two equal legs: the mean of both half strides. @param {number[]} values */
const shared = (values) => sum(values, later(values)).map((value) => value / 2);

/** @param {Curves} curves @param {number | null} limitDeg @param {string} stiffSide @param {number} share @param {string} pelvis */
function check({ phase }, limitDeg, stiffSide, share, pelvis) {
  const count = phase.length;
  if (count < 20 || count % 2 || phase.some((value, k) => Math.abs(value - k / count) > 1e-8)) {
    throw new RangeError(
      `curves must hold a whole stride in even steps from 0, an even number of them, 20 or more, got ${count} phases`);
  }
  if (limitDeg !== null) within("hip_extension_limit_deg", limitDeg, LIMIT_DEG);
  within("share", share, [0, 1]);
  oneOf("stiff_side", stiffSide, STIFF_SIDES);
  oneOf("pelvis", pelvis, PELVIS_MODES);
}

/** @param {string} name @param {number} value @param {readonly number[]} limits */
function within(name, value, [least, most]) {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name} must be between ${least} and ${most}, got ${value}`);
  }
}

/** @param {string} name @param {string} value @param {readonly string[]} allowed */
function oneOf(name, value, allowed) {
  if (!allowed.includes(value)) throw new RangeError(`${name} must be one of ${allowed.join(", ")}, got ${value}`);
}
