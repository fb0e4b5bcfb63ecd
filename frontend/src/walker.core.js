// A walker on the ground: which foot carries, how far the floor has gone, the pose: twin of hipbook/motion/walker.py.
// walkerPose(walk, index) → a pose for skeleton.core.js: near is the right leg, far the left; the hip stays above
// x = 0 and the floor is groundAt(walk, index) further back. Lengths in statures, degrees, extension positive.

import { BALL, HEEL, SHANK, THIGH, TOE } from "./skeleton.core.js";

/** @typedef {import("./compensation.core.js").Walk} Walk */
/** @typedef {import("./skeleton.core.js").Point} Point */

export const LEG_LENGTH = THIGH + SHANK - HEEL[1]; // of the drawn figure, hip joint to floor
export const FLIGHT_FROM = 0.28; // of the running stride: there the drawn leg is longest and leaves the floor
const FLIGHT_RISE = 0.015, ARM_SHARE = 0.6, ELBOW_DEG = 18, RUNNING_ELBOW_DEG = 85;
const DEG = 180 / Math.PI;

/**
 * Ankles that keep a sole flat where the unrestricted one was.
 * @param {number[]} freeThigh @param {number[]} thigh @param {number[]} knee @param {number[]} ankle
 */
export function levelAnkles(freeThigh, thigh, knee, ankle) {
  return ankle.map((value, k) => {
    const lowest = Math.min(freeThigh[k] + knee[k] - value, 0);
    return value - Math.max(lowest - (thigh[k] + knee[k] - value), 0);
  });
}

/**
 * Two legs (right, left) put on the floor, frame by frame.
 * @param {number[][]} thighs @param {number[][]} knees @param {number[][]} ankles @param {boolean} running
 */
export function tread(thighs, knees, ankles, running) {
  const points = thighs[0].map((_, k) =>
    [0, 1].flatMap((leg) => sole(thighs[leg][k], knees[leg][k], ankles[leg][k]))); // right heel, ball, left heel, ball
  const { carries, height, moved } = running ? run(points) : walk(points);
  const offset = [0];
  for (const step of moved) offset.push(offset[offset.length - 1] + step);
  const toes = [0, 1].map((leg) => height.map((hip, k) => {
    const clear = Math.min(Math.max((hip + points[k][2 * leg + 1][1]) / TOE, 0), 1);
    return Math.max(thighs[leg][k] + knees[leg][k] - ankles[leg][k] - Math.asin(clear) * DEG, 0);
  }));
  const strideLength = /** @type {number} */ (offset.pop());
  return {
    hip_height: height, ground_offset: offset, stride_length: strideLength, toes,
    step_length: steps(carries, offset, strideLength, points),
  };
}

/**
 * Heel and ball of one foot, from the hip: what skeleton.core.js gives, without the rest of the body.
 * @param {number} thighDeg @param {number} kneeDeg @param {number} ankleDeg @returns {Point[]}
 */
function sole(thighDeg, kneeDeg, ankleDeg) {
  const thigh = thighDeg / DEG, shank = (thighDeg + kneeDeg) / DEG, foot = (thighDeg + kneeDeg - ankleDeg) / DEG;
  const x = -THIGH * Math.sin(thigh) - SHANK * Math.sin(shank), y = -THIGH * Math.cos(thigh) - SHANK * Math.cos(shank);
  const c = Math.cos(foot), s = Math.sin(foot);
  return [HEEL, BALL].map(([forward, up]) => [x + forward * c + up * s, y + up * c - forward * s]);
}

/** The lowest of some points. @param {Point[]} points @param {number[]} [among] */
const lowest = (points, among = [0, 1, 2, 3]) =>
  among.reduce((best, one) => (points[one][1] < points[best][1] ? one : best), among[0]);

/** Walking: the lowest point carries; between two frames the load changes over where both are level. @param {Point[][]} points */
function walk(points) {
  const count = points.length, carries = points.map((frame) => lowest(frame));
  const moved = points.map((frame, k) => {
    const next = points[(k + 1) % count], now = carries[k], then = carries[(k + 1) % count];
    const gapNow = frame[then][1] - frame[now][1], gapThen = next[now][1] - next[then][1];
    const until = gapNow + gapThen > 0 ? gapNow / (gapNow + gapThen) : 0.5;
    return until * (frame[now][0] - next[now][0]) + (1 - until) * (frame[then][0] - next[then][0]);
  });
  return { carries, height: points.map((frame, k) => -frame[carries[k]][1]), moved };
}

/** Running: each foot carries from its strike to FLIGHT_FROM, then the body flies at that foot's speed. @param {Point[][]} points */
function run(points) {
  const count = points.length, half = count / 2;
  const carries = points.map((frame, k) => lowest(frame, k < half ? [0, 1] : [2, 3]));
  const height = points.map((frame, k) => -frame[carries[k]][1]);
  const moved = points.map((frame, k) => frame[carries[k]][0] - points[(k + 1) % count][carries[k]][0]);
  const contact = [...height];
  for (const first of [0, half]) {
    let last = first;
    while ((last + 1 - first) / count < FLIGHT_FROM) last += 1;
    for (let k = last + 1; k < first + half; k += 1) {
      const share = (k - last) / (first + half - last), landing = contact[(first + half) % count];
      const arc = (1 - share) * contact[last] + share * landing + 4 * FLIGHT_RISE * share * (1 - share);
      height[k] = Math.max(arc, -points[k][lowest(points[k])][1]);
    }
    const speed = moved.slice(first, last).reduce((total, step) => total + step, 0) / (last - first);
    for (let k = last; k < first + half; k += 1) moved[k] = speed;
  }
  return { carries, height, moved };
}

/** From the other heel's print to that of the foot that lands. @param {number[]} carries @param {number[]} offset @param {number} stride @param {Point[][]} points */
function steps(carries, offset, stride, points) {
  const own = carries.map((point) => (point < 2 ? 0 : 2)), count = own.length;
  const print = (/** @type {number} */ heel) => {
    const lands = own.findIndex((foot, k) => foot === heel && own[(k + count - 1) % count] !== heel);
    return offset[lands] + points[lands][heel][0];
  };
  const forward = print(2) - print(0);
  return { left: forward, right: stride - forward };
}

/** The value of a cyclic curve at a frame, whole or between two. @param {number[]} values @param {number} index */
export function valueAt(values, index) {
  const count = values.length, low = Math.floor(index), share = index - low;
  const cycle = (/** @type {number} */ k) => values[((k % count) + count) % count];
  return (1 - share) * cycle(low) + share * cycle(low + 1);
}

/** How far the floor has gone back since frame 0, over any number of strides. @param {Walk} walk @param {number} index */
export function groundAt({ ground_offset: offset, stride_length: stride }, index) {
  const count = offset.length, low = Math.floor(index), share = index - low;
  const gone = (/** @type {number} */ k) => Math.floor(k / count) * stride + offset[((k % count) + count) % count];
  return (1 - share) * gone(low) + share * gone(low + 1);
}

/** @param {Walk} walk @param {number} index frame, whole or between two @returns {import("./skeleton.core.js").Pose} */
export function walkerPose(walk, index) {
  const at = (/** @type {number[]} */ values) => valueAt(values, index);
  /** @type {import("./skeleton.core.js").Pose} */
  const pose = {
    x: 0,
    y: at(walk.hip_height),
    pelvis_tilt_deg: at(walk.anterior_pelvic_tilt_deg),
    lumbar_extension_deg: at(walk.lumbar_extension_deg),
    neck_extension_deg: -at(walk.trunk_backward_lean_deg),
  };
  for (const [side, leg] of /** @type {const} */ ([["near", walk.right], ["far", walk.left]])) {
    pose[`${side}_hip_extension_deg`] = at(leg.hip_extension_deg);
    pose[`${side}_knee_flexion_deg`] = at(leg.knee_flexion_deg);
    pose[`${side}_ankle_dorsiflexion_deg`] = at(leg.ankle_dorsiflexion_deg);
    pose[`${side}_toe_extension_deg`] = at(leg.toe_extension_deg);
    pose[`${side}_shoulder_flexion_deg`] = ARM_SHARE * at(leg.thigh_behind_vertical_deg);
    pose[`${side}_elbow_flexion_deg`] = walk.curves.running ? RUNNING_ELBOW_DEG : ELBOW_DEG;
  }
  return pose;
}
