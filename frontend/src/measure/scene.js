// The picture of a reading: who lies how, where the thigh is, and what was measured, at its own scale.
import { maker, createBody } from "../figure.view.js";
import { n, polar, slab, xy } from "../figure.paths.js";
import { skeletonPoints, RADIUS, THIGH } from "../skeleton.core.js";

/**
 * @typedef {import("../skeleton.core.js").Point} Point
 * @typedef {import("../skeleton.core.js").Pose} Pose
 * @typedef {{poses: Record<string, Pose>, tables: Record<string, number[]>}} Lying
 * `deg` null: nothing is read yet. The lengths are those of the tape [cm]. `phone`: one lies on the thigh.
 * @typedef {{position: "thomas" | "prone", deg: number | null, degWords: string, hipCm?: number | null,
 *   kneeCm?: number | null, thighCm?: number | null, phone?: boolean, tape?: boolean}} Seen
 */

const TABLE_THICK = 0.03;
/** Heights that the picture shows to scale, in statures; beyond them only the numbers are true. */
const FLOOR = [0.2, 0.56];
const USUAL_FLOOR = 0.44;
const USUAL_THIGH_CM = 41.5;
const VIEW = { thomas: [-0.54, -0.39, 1.24, 0.92], prone: [-0.62, -0.36, 1.24, 0.85] };

/** @param {Document} document @param {Lying} lying */
export function createScene(document, lying) {
  const make = maker(document);
  const element = /** @type {SVGSVGElement} */ (make("svg", { role: "img", class: "hb-scene-figure", preserveAspectRatio: "xMidYMid meet" }));
  const whole = make("g", {}, element);
  const floor = make("path", { class: "hb-floor" }, whole);
  const table = make("path", { class: "hb-table" }, whole);
  const body = createBody(document);
  whole.append(body.element);
  const phone = make("rect", { class: "hb-phone", rx: 8 }, whole);
  const level = make("path", { class: "hb-level" }, whole);
  const arc = make("path", { class: "hb-arc" }, whole);
  const tapes = make("g", { class: "hb-tapes" }, whole);
  const marks = make("g", { class: "hb-marks" }, whole);
  const words = make("g", { class: "hb-words" }, element);

  /** @param {string} text @param {Point} at @param {boolean} mirror @param {string} anchor @param {string} kind */
  const write = (text, at, mirror, anchor, kind) => {
    const label = make("text", { class: kind, x: n(mirror ? -at[0] : at[0]), y: n(-at[1]), "text-anchor": anchor }, words);
    label.textContent = text;
  };

  return {
    element,
    /** @param {Seen} seen @param {string} name  what it shows, in words */
    draw(seen, name) {
      const { position, deg } = seen;
      const mirror = position === "prone"; // the head is always on the left
      const value = Math.max(-60, Math.min(60, deg ?? 0));
      /** @type {Pose} */
      const pose = { ...lying.poses[position], near_hip_extension_deg: value };
      const perCm = THIGH / (seen.thighCm || USUAL_THIGH_CM);
      const hipY = pose.y;
      const floorY = hipY - Math.max(FLOOR[0], Math.min(FLOOR[1], seen.hipCm ? seen.hipCm * perCm : USUAL_FLOOR + hipY));
      if (position === "thomas") pose.near_knee_flexion_deg = kneeOver(floorY, pose, value);
      body.draw(pose);
      const at = skeletonPoints(pose), hip = at.near_hip, knee = at.near_knee;

      const [x, y, wide, high] = VIEW[position];
      element.setAttribute("viewBox", [x, y, wide, high].map((value) => n(value)).join(" "));
      element.setAttribute("aria-label", name);
      whole.setAttribute("transform", mirror ? "scale(-1 1)" : "");
      floor.setAttribute("d", `M${n(-2)} ${n(-floorY)}H${n(2)}V${n(2)}H${n(-2)}Z`);
      const [from, to] = lying.tables[position];
      const leg = (/** @type {number} */ foot) => slab(foot - 0.012, floorY, 0.024, -floorY - TABLE_THICK / 2, 0.006);
      table.setAttribute("d", slab(from, -TABLE_THICK, to - from, TABLE_THICK, 0.01) + leg(from + 0.06) + leg(to - 0.05));

      // the thigh's way from the hip, as the drawing turns it
      const way = Math.atan2(knee[1] - hip[1], knee[0] - hip[0]);
      const flat = position === "thomas" ? 0 : Math.PI;
      level.setAttribute("d", `M${xy(hip)}L${xy([hip[0] + (position === "thomas" ? 0.46 : -0.5), hip[1]])}`);
      const r = 0.36, ends = [polar(hip, flat, r), polar(hip, way, r)];
      const clockwise = Math.sin(way - flat) < 0 ? 1 : 0;
      arc.setAttribute("d", deg === null || Math.abs(value) < 0.5 ? "" : `M${xy(ends[0])}A${n(r)} ${n(r)} 0 0 ${clockwise} ${xy(ends[1])}`);

      words.replaceChildren();
      tapes.replaceChildren();
      marks.replaceChildren();
      if (deg !== null) {
        const middle = polar(hip, flat + Math.atan2(Math.sin(way - flat), Math.cos(way - flat)) / 2, r + 0.03);
        // A small angle leaves no room between its lines: the number stands above them.
        const lift = Math.abs(value) < 9 ? 0.045 : -0.015;
        write(seen.degWords, [middle[0], middle[1] + lift], mirror, "start", "hb-degrees");
      }
      if (seen.phone) drawPhone(phone, hip, knee, position);
      phone.setAttribute("display", seen.phone ? "inline" : "none");
      if (!seen.tape) return;
      for (const point of [hip, knee]) make("circle", { cx: n(point[0]), cy: n(-point[1]), r: 13 }, marks);
      const cm = (/** @type {string} */ letter, /** @type {number | null | undefined} */ value) => (value ? `${letter} ${value} cm` : letter);
      const upright = (/** @type {Point} */ point, /** @type {number} */ x) =>
        make("path", { d: `M${n(x)} ${n(-floorY)}V${n(-point[1])}M${n(x - 0.018)} ${n(-floorY)}h36M${n(x - 0.018)} ${n(-point[1])}h36M${n(x)} ${n(-point[1])}H${n(point[0])}` }, tapes);
      const a = hip[0] - 0.09, b = knee[0] + 0.13;
      upright(hip, a);
      upright(knee, b);
      write(cm("A", seen.hipCm), [a - 0.02, floorY + 0.1], false, "end", "hb-length");
      write(cm("B", seen.kneeCm), [b + 0.02, floorY + 0.1], false, "start", "hb-length");
      const off = polar([0, 0], way + Math.PI / 2, 0.085);
      const c = /** @type {Point[]} */ ([[hip[0] + off[0], hip[1] + off[1]], [knee[0] + off[0], knee[1] + off[1]]]);
      const tick = polar([0, 0], way + Math.PI / 2, 0.018);
      const cross = (/** @type {Point} */ [x, y]) => `M${xy([x - tick[0], y - tick[1]])}L${xy([x + tick[0], y + tick[1]])}`;
      make("path", { d: `M${xy(c[0])}L${xy(c[1])}${c.map(cross).join("")}` }, tapes);
      write(cm("C", seen.thighCm), [(c[0][0] + c[1][0]) / 2 + off[0] * 0.45, (c[0][1] + c[1][1]) / 2 + off[1] * 0.45], false, "middle", "hb-length");
    },
  };
}

/** The shank hangs; where the floor is near, the foot rests before it gets there. @param {number} floorY @param {Pose} pose @param {number} value */
function kneeOver(floorY, pose, value) {
  const kneeY = pose.y - THIGH * Math.sin((value * Math.PI) / 180);
  const room = kneeY - floorY - 0.06;
  const hangs = 84 - value * 0.4;
  if (room >= 0.25) return hangs;
  const down = (Math.asin(Math.max(-1, Math.min(1, room / 0.25))) * 180) / Math.PI; // below the level
  return Math.max(0, Math.min(hangs, down - value));
}

/** @param {Element} phone @param {Point} hip @param {Point} knee @param {"thomas" | "prone"} position */
function drawPhone(phone, hip, knee, position) {
  const long = 0.1, thick = 0.018, share = 0.55;
  const middle = /** @type {Point} */ ([hip[0] + (knee[0] - hip[0]) * share, hip[1] + (knee[1] - hip[1]) * share]);
  const radius = RADIUS.hip + (RADIUS.knee - RADIUS.hip) * share;
  const way = Math.atan2(knee[1] - hip[1], knee[0] - hip[0]);
  const up = polar(middle, way + (position === "thomas" ? Math.PI / 2 : -Math.PI / 2), radius + thick / 2);
  for (const [name, value] of Object.entries({ x: -long / 2, y: -thick / 2, width: long, height: thick })) phone.setAttribute(name, n(value));
  phone.setAttribute("transform", `translate(${xy(up)}) rotate(${((-way * 180) / Math.PI).toFixed(2)})`);
}
