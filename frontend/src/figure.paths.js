// Points of a body → the outlines that draw it, as SVG path data in thousandths of a stature.

import { RADIUS } from "./skeleton.core.js";

/** @typedef {import("./skeleton.core.js").Point} Point */

const UNIT = 1000; // drawing units in a stature

/** @param {number} value in statures */
export const n = (value) => (value * UNIT).toFixed(1);
/** @param {Point} p */
export const xy = (p) => `${n(p[0])} ${n(-p[1])}`;
/** @param {Point} p @param {Point} q @param {number} share @returns {Point} */
export const between = (p, q, share) => [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
/** @param {Point} p @param {number} angle @param {number} r @returns {Point} */
export const polar = (p, angle, r) => [p[0] + r * Math.cos(angle), p[1] + r * Math.sin(angle)];

/** A circle each end, joined by their tangents. @param {Point} p @param {number} r @param {Point} q @param {number} s */
export function taper(p, r, q, s) {
  const gap = Math.hypot(q[0] - p[0], q[1] - p[1]);
  if (gap <= Math.abs(r - s) + 1e-6) return r > s ? disc(p, r) : disc(q, s);
  const along = Math.atan2(q[1] - p[1], q[0] - p[0]), open = Math.acos((r - s) / gap);
  const wide = open < Math.PI / 2 ? 1 : 0;
  return `M${xy(polar(p, along + open, r))}A${n(r)} ${n(r)} 0 ${wide} 0 ${xy(polar(p, along - open, r))}`
    + `L${xy(polar(q, along - open, s))}A${n(s)} ${n(s)} 0 ${1 - wide} 0 ${xy(polar(q, along + open, s))}Z`;
}

/** @param {Point} p @param {number} r */
export function disc(p, r) {
  const left = xy([p[0] - r, p[1]]), right = xy([p[0] + r, p[1]]), rr = `${n(r)} ${n(r)}`;
  return `M${right}A${rr} 0 1 0 ${left}A${rr} 0 1 0 ${right}Z`;
}

/** A smooth curve through the points (Catmull–Rom). @param {Point[]} points @param {boolean} closed */
export function smooth(points, closed) {
  const count = points.length;
  const at = (/** @type {number} */ k) => points[closed ? (k + count) % count : Math.min(Math.max(k, 0), count - 1)];
  let d = `M${xy(points[0])}`;
  for (let k = 0; k < (closed ? count : count - 1); k += 1) {
    const [a, b, c, e] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    d += `C${xy([b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6])} `
      + `${xy([c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6])} ${xy(c)}`;
  }
  return closed ? `${d}Z` : d;
}

/** @param {Record<string, Point>} at points by name @param {string} side */
export function legPath(at, side) {
  const of = (/** @type {string} */ name) => at[`${side}_${name}`];
  const knee = of("knee"), ankle = of("ankle");
  const shank = Math.hypot(ankle[0] - knee[0], ankle[1] - knee[1]) || 1;
  const back = [(ankle[1] - knee[1]) / shank, (knee[0] - ankle[0]) / shank];
  const belly = between(knee, ankle, 0.3);
  /** @type {Point} */
  const calf = [belly[0] + 0.007 * back[0], belly[1] + 0.007 * back[1]];
  return taper(of("hip"), RADIUS.hip, knee, RADIUS.knee) + taper(knee, RADIUS.knee - 0.002, calf, RADIUS.calf)
    + taper(calf, RADIUS.calf, ankle, RADIUS.ankle) + footPath(ankle, of("heel"), of("ball"), of("toe"));
}

/** @param {Point} ankle @param {Point} heel @param {Point} ball @param {Point} toe */
function footPath(ankle, heel, ball, toe) {
  const long = Math.hypot(ball[0] - heel[0], ball[1] - heel[1]) || 1;
  const up = [(heel[1] - ball[1]) / long, (ball[0] - heel[0]) / long];
  const lift = (/** @type {Point} */ p, /** @type {number} */ r) =>
    /** @type {Point} */ ([p[0] + up[0] * r, p[1] + up[1] * r]);
  const h = lift(heel, RADIUS.heel), b = lift(ball, RADIUS.ball), t = lift(toe, RADIUS.toe);
  return taper(ankle, RADIUS.ankle, h, RADIUS.heel) + taper(ankle, RADIUS.ankle, b, RADIUS.ball)
    + taper(h, RADIUS.heel, b, RADIUS.ball) + taper(b, RADIUS.ball, t, RADIUS.toe)
    + `M${xy(h)}L${xy(b)}L${xy(ankle)}Z`;
}

/** @param {Record<string, Point>} at @param {string} side */
export function armPath(at, side) {
  const elbow = at[`${side}_elbow`], hand = at[`${side}_hand`], wrist = between(elbow, hand, 0.76);
  return taper(at[`${side}_shoulder`], RADIUS.shoulder, elbow, RADIUS.elbow)
    + taper(elbow, RADIUS.elbow, wrist, RADIUS.wrist) + taper(wrist, RADIUS.wrist, hand, RADIUS.hand);
}

/** Wound like the tapers, so that overlapping pieces of one path join. @param {Point[]} outline */
export const wound = (outline) => smooth([...outline].reverse(), true);

/** @param {Record<string, Point>} at */
export const neckPath = (at) => taper(between(at.neck, at.near_shoulder, 0.3), RADIUS.neck + 0.006, between(at.neck, at.head, 0.85), RADIUS.neck);

/** @param {number} x left @param {number} y bottom @param {number} w @param {number} h @param {number} r */
export function slab(x, y, w, h, r) {
  const corner = (/** @type {number} */ cx, /** @type {number} */ cy) => `A${n(r)} ${n(r)} 0 0 0 ${xy([cx, cy])}`;
  return `M${xy([x + r, y])}L${xy([x + w - r, y])}${corner(x + w, y + r)}L${xy([x + w, y + h - r])}`
    + `${corner(x + w - r, y + h)}L${xy([x + r, y + h])}${corner(x, y + h - r)}L${xy([x, y + r])}${corner(x + r, y)}Z`;
}

/** A rolled towel seen from its end. @param {Point} c @param {number} r */
export function spiral(c, r) {
  /** @type {Point[]} */
  const turn = [];
  for (let k = 0; k <= 20; k += 1) turn.push(polar(c, k * 0.62, r * (0.8 - 0.036 * k)));
  return smooth(turn, false);
}
