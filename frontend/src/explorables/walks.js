// The moment of a walk when the thigh is furthest back: its angles and its pose, kept per speed.
import { compensate } from "../compensation.core.js";
import { gaitCurves, peakOf } from "../gait.core.js";
import { walkerPose } from "../walker.core.js";
import { laboratories } from "./zeros.core.js";

/**
 * @typedef {{thigh_behind_vertical_deg: number, hip_extension_deg: number, anterior_pelvic_tilt_deg: number, phase: number}} Peak
 * @typedef {import("../skeleton.core.js").Pose} Pose
 */

/**
 * What laboratories write about the moment when the thigh is furthest back.
 * @param {Peak} peak @param {number} zeroDeg standing tilt in the curves' own zero
 * @param {{standing_tilt_deg: number, your_zero_deg: number}} settings
 */
export const laboratoriesAt = (peak, zeroDeg, { standing_tilt_deg, your_zero_deg }) =>
  laboratories(peak.thigh_behind_vertical_deg, peak.anterior_pelvic_tilt_deg + zeroDeg, {
    standingTiltDeg: standing_tilt_deg, yourZeroDeg: your_zero_deg,
  });

/** What thigh, hip and pelvis gain from one peak to another. @param {Peak} from @param {Peak} to */
export const gainOf = (from, to) => ({
  thigh_deg: to.thigh_behind_vertical_deg - from.thigh_behind_vertical_deg,
  hip_deg: to.hip_extension_deg - from.hip_extension_deg,
  pelvis_deg: to.anterior_pelvic_tilt_deg - from.anterior_pelvic_tilt_deg,
});

/** Phases among which the thigh is furthest back. */
const LATE_STANCE = Array.from({ length: 301 }, (_, k) => (350 + k) / 1000);

/** A stride for one pose: few frames, so that a hand is followed at once. */
const FRAMES = Array.from({ length: 50 }, (_, k) => k / 50);

/** @param {any} reference as hipbook.motion.gait.reference_data() gives it */
export function createWalks(reference) {
  /** @type {Map<number, {peak: Peak, pose(): Pose}>} */
  const known = new Map();
  /** @param {number} speed dimensionless @returns {{peak: Peak, pose(): Pose}} */
  return (speed) => {
    const there = known.get(speed);
    if (there) return there;
    const furthest = peakOf(gaitCurves(reference, speed, LATE_STANCE));
    /** @type {Pose | null} */
    let pose = null;
    const walk = {
      peak: furthest,
      pose: () => (pose ??= walkerPose(compensate(gaitCurves(reference, speed, FRAMES), {}), furthest.phase * FRAMES.length)),
    };
    known.set(speed, walk);
    return walk;
  };
}
