// One pose, several laboratories: the same thigh, counted from each laboratory's own zero of the pelvis.
// The twin of hipbook/motion/zeros.py, where signs and sources stand.

export const LANDMARKS_ZERO_DEG = 0;
export const ZERO_DEG = [0, 20];

/** @typedef {{zero_deg: number, pelvic_tilt_deg: number, hip_extension_deg: number}} Laboratory */

/**
 * @param {number} thighDeg thigh behind the vertical @param {number} landmarkTiltDeg
 * @param {{standingTiltDeg: number, yourZeroDeg: number}} zeros
 * @returns {Record<"standing" | "landmarks" | "yours", Laboratory>}
 */
export function laboratories(thighDeg, landmarkTiltDeg, { standingTiltDeg, yourZeroDeg }) {
  const from = (/** @type {number} */ zero) => ({
    zero_deg: zero,
    pelvic_tilt_deg: landmarkTiltDeg - zero,
    hip_extension_deg: thighDeg - (landmarkTiltDeg - zero),
  });
  return { standing: from(standingTiltDeg), landmarks: from(LANDMARKS_ZERO_DEG), yours: from(yourZeroDeg) };
}
