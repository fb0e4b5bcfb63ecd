// Settings → the walk, what it would be unrestricted, and every number that one moment shows.
import { compensate, summarise } from "../compensation.core.js";
import { gaitCurves, runningCurves, speedMPerS } from "../gait.core.js";
import { groundAt, LEG_LENGTH, valueAt, walkerPose } from "../walker.core.js";

/**
 * @typedef {{
 *   gait: "walking" | "running", speed: number, hip_extension_limit_deg: number,
 *   stiff_side: "left" | "right" | "both", share: number, pelvis: "held" | "when_needed", leg_length_m: number,
 * }} Settings
 * @typedef {import("../compensation.core.js").Walk} Walk
 */

const RUNNING_STRIDE_S = 0.7; // the runner's speed is not known to us: a drawing choice

export const FIELDS = /** @type {const} */ ([
  "hip_extension_deg", "anterior_pelvic_tilt_deg", "lumbar_extension_deg", "thigh_behind_torso_deg", "trunk_backward_lean_deg",
]);
/** @typedef {Record<typeof FIELDS[number], number>} Values */

/** Makes walks; the unrestricted one is kept while the speed stays. @param {any} reference */
export function walker(reference) {
  let key = "";
  /** @type {Walk} */
  let free;
  return (/** @type {Settings} */ settings) => {
    const next = settings.gait === "running" ? "running" : String(settings.speed);
    if (next !== key) {
      key = next;
      free = compensate(settings.gait === "running" ? runningCurves(reference) : gaitCurves(reference, settings.speed), {});
    }
    return walkOf(free, settings);
  };
}

/** @param {Walk} free @param {Settings} settings */
function walkOf(free, settings) {
  const { hip_extension_limit_deg, stiff_side, share, pelvis, leg_length_m } = settings;
  const walk = compensate(free.curves, { limitDeg: hip_extension_limit_deg, stiffSide: stiff_side, share, pelvis });
  const leg = stiff_side === "left" ? "left" : "right"; // whose lines and curves are shown
  const count = walk.phase.length;
  const summary = summarise(walk, leg_length_m, free), usual = summarise(free, leg_length_m, free);
  return {
    leg,
    free,
    strideS: settings.gait === "running" ? RUNNING_STRIDE_S
      : (free.stride_length * leg_length_m) / LEG_LENGTH / speedMPerS(settings.speed, leg_length_m),
    restricted: walk.lumbar_extension_deg.some((value, k) => value !== free.lumbar_extension_deg[k])
      || walk[leg].hip_extension_deg.some((value, k) => value !== free[leg].hip_extension_deg[k]),
    summary,
    usual,
    /** Curves over the shown leg's own stride, closed. @param {typeof FIELDS[number]} field @param {Walk} [of] */
    curve(field, of = walk) {
      const values = curveOf(of, leg, field), start = leg === "left" ? count / 2 : 0;
      return Array.from({ length: count + 1 }, (_, k) => values[(k + start) % count]);
    },
    /** @param {number} moment  share of the right leg's stride @returns {Values} */
    values: (moment) => /** @type {Values} */ (
      Object.fromEntries(FIELDS.map((field) => [field, valueAt(curveOf(walk, leg, field), moment * count)]))),
    /** @param {number} moment */
    pose: (moment) => walkerPose(walk, moment * count),
    /** @param {number} moment */
    usualPose: (moment) => walkerPose(free, moment * count),
    /** @param {number} moment  any number of strides */
    groundOffset: (moment) => groundAt(walk, moment * count),
    strideStatures: walk.stride_length,
    usualStrideStatures: free.stride_length,
  };
}

/** @param {Walk} walk @param {"left" | "right"} leg @param {typeof FIELDS[number]} field @returns {number[]} */
const curveOf = (walk, leg, field) =>
  field === "hip_extension_deg" || field === "thigh_behind_torso_deg" ? walk[leg][field] : walk[field];
