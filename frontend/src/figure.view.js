// A pose → a drawn body: one SVG made once, whose attributes follow the pose.
// Colours are the page's: CSS custom properties `--hipbook-…`, with tones that hold on light and dark.

import { bodyOutlines, RADIUS, skeletonPoints } from "./skeleton.core.js";

/** @typedef {import("./skeleton.core.js").Point} Point */
/** @typedef {import("./skeleton.core.js").Pose} Pose */
/** @typedef {import("./skeleton.core.js").Prop} Prop */

const SVG = "http://www.w3.org/2000/svg";
const UNIT = 1000; // drawing units in a stature
const PAD_THICK = 0.02, CUSHION_THICK = 0.036, MAT_THICK = 0.014;

const COLOR = {
  body: "var(--hipbook-body, #5f93ab)",
  near: "var(--hipbook-body-near, #3d7590)",
  far: "var(--hipbook-body-far, #a9c2cd)",
  bone: "var(--hipbook-bone, #e9f2f5)",
  edge: "var(--hipbook-surface, transparent)",
  accent: "var(--hipbook-accent, #e8743b)",
  floor: "var(--hipbook-floor, #9aa7ad)",
  prop: "var(--hipbook-prop, #d9b98a)",
  propLine: "var(--hipbook-prop-line, #a98653)",
};

/** @param {number} value in statures */
const n = (value) => (value * UNIT).toFixed(1);
/** @param {Point} p */
const xy = (p) => `${n(p[0])} ${n(-p[1])}`;
/** @param {Point} p @param {Point} q @param {number} share @returns {Point} */
const between = (p, q, share) => [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
/** @param {Point} p @param {number} angle @param {number} r @returns {Point} */
const polar = (p, angle, r) => [p[0] + r * Math.cos(angle), p[1] + r * Math.sin(angle)];

/** A circle each end, joined by their tangents. @param {Point} p @param {number} r @param {Point} q @param {number} s */
function taper(p, r, q, s) {
  const gap = Math.hypot(q[0] - p[0], q[1] - p[1]);
  if (gap <= Math.abs(r - s) + 1e-6) return r > s ? disc(p, r) : disc(q, s);
  const along = Math.atan2(q[1] - p[1], q[0] - p[0]), open = Math.acos((r - s) / gap);
  const wide = open < Math.PI / 2 ? 1 : 0;
  return `M${xy(polar(p, along + open, r))}A${n(r)} ${n(r)} 0 ${wide} 0 ${xy(polar(p, along - open, r))}`
    + `L${xy(polar(q, along - open, s))}A${n(s)} ${n(s)} 0 ${1 - wide} 0 ${xy(polar(q, along + open, s))}Z`;
}

/** @param {Point} p @param {number} r */
function disc(p, r) {
  const left = xy([p[0] - r, p[1]]), right = xy([p[0] + r, p[1]]), rr = `${n(r)} ${n(r)}`;
  return `M${right}A${rr} 0 1 0 ${left}A${rr} 0 1 0 ${right}Z`;
}

/** A smooth curve through the points (Catmull–Rom). @param {Point[]} points @param {boolean} closed */
function smooth(points, closed) {
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
function legPath(at, side) {
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
function armPath(at, side) {
  const elbow = at[`${side}_elbow`], hand = at[`${side}_hand`], wrist = between(elbow, hand, 0.76);
  return taper(at[`${side}_shoulder`], RADIUS.shoulder, elbow, RADIUS.elbow)
    + taper(elbow, RADIUS.elbow, wrist, RADIUS.wrist) + taper(wrist, RADIUS.wrist, hand, RADIUS.hand);
}

/** Wound like the tapers, so that overlapping pieces of one path join. @param {Point[]} outline */
const wound = (outline) => smooth([...outline].reverse(), true);

/** @param {Record<string, Point>} at */
const neckPath = (at) => taper(between(at.neck, at.near_shoulder, 0.3), RADIUS.neck + 0.006, between(at.neck, at.head, 0.85), RADIUS.neck);

/** @param {number} x left @param {number} y bottom @param {number} w @param {number} h @param {number} r */
function slab(x, y, w, h, r) {
  const corner = (/** @type {number} */ cx, /** @type {number} */ cy) => `A${n(r)} ${n(r)} 0 0 0 ${xy([cx, cy])}`;
  return `M${xy([x + r, y])}L${xy([x + w - r, y])}${corner(x + w, y + r)}L${xy([x + w, y + h - r])}`
    + `${corner(x + w - r, y + h)}L${xy([x + r, y + h])}${corner(x, y + h - r)}L${xy([x, y + r])}${corner(x + r, y)}Z`;
}

/** A rolled towel seen from its end. @param {Point} c @param {number} r */
function spiral(c, r) {
  /** @type {Point[]} */
  const turn = [];
  for (let k = 0; k <= 20; k += 1) turn.push(polar(c, k * 0.62, r * (0.8 - 0.036 * k)));
  return smooth(turn, false);
}

/** What a prop looks like: its body, its lines, how thick these are. @type {Record<string, (p: Prop) => string[]>} */
const PROP = {
  mat: (p) => [slab(p.x, p.y - MAT_THICK, p.size, MAT_THICK, 0.006), ""],
  towel_pad: (p) => [
    slab(p.x - p.size / 2, p.y, p.size, PAD_THICK, 0.009),
    `M${xy([p.x - p.size / 2 + 0.01, p.y + PAD_THICK / 2])}L${xy([p.x + p.size / 2 - 0.004, p.y + PAD_THICK / 2])}`,
  ],
  head_cushion: (p) => [slab(p.x - p.size / 2, p.y, p.size, CUSHION_THICK, 0.017), ""],
  towel_roll: (p) => [disc([p.x, p.y], p.size / 2), spiral([p.x, p.y], p.size / 2)],
  wall: (p) => [slab(p.x, p.y, 0.03, p.size, 0.004), ""],
  chair: (p) => {
    const seat = p.y + p.size * 0.5, deep = p.size * 0.46;
    return [
      slab(p.x, seat - 0.012, deep, 0.026, 0.011) + slab(p.x - 0.012, p.y, 0.024, p.size, 0.011)
        + slab(p.x + deep - 0.026, p.y, 0.022, p.size * 0.5, 0.01),
      "",
    ];
  },
};
const IN_FRONT = new Set(["towel_roll"]);

/**
 * The viewBox that holds all these poses with their props, so that a stretch keeps one scale from pose to pose.
 * @param {Pose[]} poses @param {{mirror?: boolean, margin?: number}} [options] margin in statures
 * @returns {string}
 */
export function frame(poses, { mirror = false, margin = 0.05 } = {}) {
  const xs = [], ys = [-MAT_THICK];
  for (const pose of poses) {
    for (const [x, y] of [...Object.values(skeletonPoints(pose)), ...bodyOutlines(pose).torso]) {
      xs.push(x - 0.03, x + 0.03);
      ys.push(y + 0.02);
    }
    for (const prop of pose.props ?? []) {
      xs.push(prop.x - (prop.kind === "mat" ? 0 : prop.size / 2), prop.x + (prop.kind === "mat" ? prop.size : 0.03));
      ys.push(prop.y + (prop.kind === "wall" || prop.kind === "chair" ? prop.size : 0));
    }
  }
  const left = Math.min(...xs) - margin, right = Math.max(...xs) + margin;
  const top = Math.max(...ys) + margin, bottom = Math.min(...ys) - margin;
  return [n(mirror ? -right : left), n(-top), n(right - left), n(top - bottom)].join(" ");
}

/**
 * Make the figure once; `draw` moves it.
 * @param {Document} document
 * @param {{label: string}} options what it shows, in words
 * @returns {{
 *   element: SVGSVGElement,
 *   draw: (pose: Pose, options?: {mirror?: boolean, sensation?: string | null, props?: Prop[]}) => void,
 * }}
 */
export function createFigure(document, { label }) {
  /** @param {string} name @param {Record<string, string | number>} attributes @param {Element} [parent] */
  const make = (name, attributes, parent) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    parent?.append(element);
    return element;
  };
  const element = /** @type {SVGSVGElement} */ (make("svg", {
    role: "img", "aria-label": label, class: "hipbook-figure", preserveAspectRatio: "xMidYMax meet",
    viewBox: frame([{ x: 0, y: 0.53 }]),
  }));
  const scene = make("g", {}, element);
  const floor = make("path", {
    class: "hipbook-figure-floor", d: "M-4000 2H4000", fill: "none", "stroke-width": 4, style: `stroke:${COLOR.floor}`,
  }, scene);
  const behind = make("g", { class: "hipbook-figure-props" }, scene);
  /** @param {string} name @param {string} color @param {Element} [parent] */
  const part = (name, color, parent = scene) => make("path", {
    class: `hipbook-figure-${name}`, "stroke-width": 9, "stroke-linejoin": "round", "paint-order": "stroke",
    style: `fill:${color};stroke:${COLOR.edge}`,
  }, parent);
  const farArm = part("far-arm", COLOR.far), farLeg = part("far-leg", COLOR.far);
  const trunk = part("trunk", COLOR.body), nearLeg = part("near-leg", COLOR.near);
  const bones = make("g", { class: "hipbook-figure-bones" }, scene);
  const pelvis = make("path", { style: `fill:${COLOR.bone}`, "fill-opacity": 0.62 }, bones);
  const spine = make("path", {
    fill: "none", "stroke-width": 19, "stroke-dasharray": "15.4 6", "stroke-opacity": 0.62, style: `stroke:${COLOR.bone}`,
  }, bones);
  const nearArm = part("near-arm", COLOR.near);
  const before = make("g", { class: "hipbook-figure-props" }, scene); // its end sticks out towards the viewer
  const marker = make("g", { class: "hipbook-figure-sensation", style: `fill:${COLOR.accent};stroke:${COLOR.accent}` }, scene);
  const glow = make("g", { class: "hipbook-figure-pulse" }, marker);
  make("circle", { r: 56, "fill-opacity": 0.16, stroke: "none" }, glow);
  make("circle", { r: 38, "fill-opacity": 0.28, "stroke-opacity": 0.9, "stroke-width": 5 }, glow);
  make("circle", { r: 13, stroke: "none" }, marker);

  /** @type {Map<string, {body: Element, line: Element}>} */
  const drawn = new Map();
  /** @param {Prop[]} props */
  const drawProps = (props) => {
    const seen = new Set();
    props.forEach((prop, k) => {
      const key = `${prop.kind} ${k}`;
      let pair = drawn.get(key);
      if (!pair) {
        const layer = IN_FRONT.has(prop.kind) ? before : behind;
        pair = {
          body: make("path", { class: `hipbook-figure-${prop.kind}`, style: `fill:${COLOR.prop}` }, layer),
          line: make("path", { fill: "none", "stroke-width": 5, "stroke-linecap": "round", style: `stroke:${COLOR.propLine}` }, layer),
        };
        drawn.set(key, pair);
      }
      const [body, line] = PROP[prop.kind](prop);
      pair.body.setAttribute("d", body);
      pair.line.setAttribute("d", line);
      seen.add(key);
    });
    for (const [key, { body, line }] of drawn) {
      for (const path of [body, line]) path.setAttribute("display", seen.has(key) ? "inline" : "none");
    }
  };

  return {
    element,
    draw(pose, { mirror = false, sensation = null, props = pose.props ?? [] } = {}) {
      const at = skeletonPoints(pose), outlines = bodyOutlines(pose);
      scene.setAttribute("transform", mirror ? "scale(-1 1)" : "");
      drawProps(props);
      farArm.setAttribute("d", armPath(at, "far"));
      farLeg.setAttribute("d", legPath(at, "far"));
      nearLeg.setAttribute("d", legPath(at, "near"));
      nearArm.setAttribute("d", armPath(at, "near"));
      trunk.setAttribute("d", wound(outlines.torso) + neckPath(at) + wound(outlines.head));
      pelvis.setAttribute("d", smooth(outlines.pelvis, true));
      spine.setAttribute("d", smooth([0, 1, 2, 3, 4, 5, 6].map((k) => at[`lumbar_${k}`]), false));
      marker.setAttribute("display", sensation ? "inline" : "none");
      if (sensation) marker.setAttribute("transform", `translate(${xy(at[sensation])})`);
    },
  };
}
