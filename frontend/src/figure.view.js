// A pose → a drawn body: one SVG made once, whose attributes follow the pose.
// Colours are the page's: CSS custom properties `--hipbook-…`, with tones that hold on light and dark.

import { armPath, disc, legPath, n, neckPath, slab, smooth, spiral, wound, xy } from "./figure.paths.js";
import { bodyOutlines, skeletonPoints } from "./skeleton.core.js";

/** @typedef {import("./skeleton.core.js").Point} Point */
/** @typedef {import("./skeleton.core.js").Pose} Pose */
/** @typedef {import("./skeleton.core.js").Prop} Prop */

const SVG = "http://www.w3.org/2000/svg";
const LUMBAR_POINTS = [0, 1, 2, 3, 4, 5, 6].map((k) => `lumbar_${k}`);
const PAD_THICK = 0.02, CUSHION_THICK = 0.036, MAT_THICK = 0.014;

const COLOR = {
  body: "var(--hipbook-body, #5f93ab)",
  near: "var(--hipbook-body-near, #3d7590)",
  far: "var(--hipbook-body-far, #a9c2cd)",
  bone: "var(--hipbook-bone, #e9f2f5)",
  edge: "var(--hipbook-surface, transparent)",
  accent: "var(--hipbook-accent, #e06a2f)",
  floor: "var(--hipbook-floor, #9aa7ad)",
  prop: "var(--hipbook-prop, #d9b98a)",
  propLine: "var(--hipbook-prop-line, #a98653)",
  ghost: "var(--hipbook-ghost, #dfe8ec)",
  ghostLine: "var(--hipbook-ghost-line, #8a9da6)",
};

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
 * Make an element by its name, with attributes, in a parent.
 * @param {Document} document
 * @returns {(name: string, attributes: Record<string, string | number>, parent?: Element) => Element}
 */
export const maker = (document) => (name, attributes, parent) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  parent?.append(element);
  return element;
};

/**
 * Make a body once; `draw` moves it. A ghost is one flat silhouette with an outline, to stand behind a body.
 * @param {Document} document
 * @param {{ghost?: boolean}} [options]
 * @returns {{element: Element, draw: (pose: Pose) => void}}
 */
export function createBody(document, { ghost = false } = {}) {
  const make = maker(document);
  const element = make("g", { class: ghost ? "hipbook-ghost" : "hipbook-body" });
  const names = ["far-arm", "far-leg", "trunk", "near-leg", "near-arm"];
  /** @type {Record<string, (at: Record<string, Point>, outlines: Record<string, Point[]>) => string>} */
  const shapes = {
    "far-arm": (at) => armPath(at, "far"),
    "far-leg": (at) => legPath(at, "far"),
    trunk: (at, outlines) => wound(outlines.torso) + neckPath(at) + wound(outlines.head),
    "near-leg": (at) => legPath(at, "near"),
    "near-arm": (at) => armPath(at, "near"),
  };
  /** @param {string} name @param {Record<string, string | number>} look */
  const part = (name, look) => make("path", { class: `hipbook-figure-${name}`, "stroke-linejoin": "round", ...look }, element);
  if (ghost) {
    // All outlines lie under all fills, so that only the outer one is seen.
    const lines = names.map((name) => part(name, { "stroke-width": 9, style: `fill:none;stroke:${COLOR.ghostLine}` }));
    const fills = names.map((name) => part(name, { style: `fill:${COLOR.ghost}` }));
    return {
      element,
      draw(pose) {
        const at = skeletonPoints(pose), outlines = bodyOutlines(pose);
        names.forEach((name, k) => {
          const d = shapes[name](at, outlines);
          lines[k].setAttribute("d", d);
          fills[k].setAttribute("d", d);
        });
      },
    };
  }
  /** @type {Record<string, string>} */
  const colors = { "far-arm": COLOR.far, "far-leg": COLOR.far, trunk: COLOR.body, "near-leg": COLOR.near, "near-arm": COLOR.near };
  /** @type {Record<string, Element>} */
  const drawn = {};
  for (const name of names) {
    if (name === "near-arm") drawn.bones = make("g", { class: "hipbook-figure-bones" }, element);
    drawn[name] = part(name, { "stroke-width": 9, "paint-order": "stroke", style: `fill:${colors[name]};stroke:${COLOR.edge}` });
  }
  const pelvis = make("path", { style: `fill:${COLOR.bone}`, "fill-opacity": 0.62 }, drawn.bones);
  const spine = make("path", {
    fill: "none", "stroke-width": 19, "stroke-dasharray": "15.4 6", "stroke-opacity": 0.62, style: `stroke:${COLOR.bone}`,
  }, drawn.bones);
  return {
    element,
    draw(pose) {
      const at = skeletonPoints(pose), outlines = bodyOutlines(pose);
      for (const name of names) drawn[name].setAttribute("d", shapes[name](at, outlines));
      pelvis.setAttribute("d", smooth(outlines.pelvis, true));
      spine.setAttribute("d", smooth(LUMBAR_POINTS.map((name) => at[name]), false));
    },
  };
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
  const make = maker(document);
  const element = /** @type {SVGSVGElement} */ (make("svg", {
    role: "img", "aria-label": label, class: "hipbook-figure", preserveAspectRatio: "xMidYMax meet",
    viewBox: frame([{ x: 0, y: 0.53 }]),
  }));
  const scene = make("g", {}, element);
  make("path", {
    class: "hipbook-figure-floor", d: "M-4000 2H4000", fill: "none", "stroke-width": 4, style: `stroke:${COLOR.floor}`,
  }, scene);
  const behind = make("g", { class: "hipbook-figure-props" }, scene);
  const body = createBody(document);
  scene.append(body.element);
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
      scene.setAttribute("transform", mirror ? "scale(-1 1)" : "");
      drawProps(props);
      body.draw(pose);
      marker.setAttribute("display", sensation ? "inline" : "none");
      if (sensation) marker.setAttribute("transform", `translate(${xy(skeletonPoints(pose)[sensation])})`);
    },
  };
}
