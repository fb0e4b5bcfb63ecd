// Faster walking: the thigh's furthest angle over speed, split into hip and pelvis, and two walks compared.
import { createBody, frame, maker } from "../figure.view.js";
import { n, xy } from "../figure.paths.js";
import { speedMPerS } from "../gait.core.js";
import { h, setText } from "../common/dom.js";
import { skeletonPoints } from "../skeleton.core.js";
import { createWalks, gainOf } from "./walks.js";
import { number, speedSentence, speedWords } from "./words.js";

/**
 * @typedef {import("../skeleton.core.js").Point} Point
 * @typedef {import("../skeleton.core.js").Pose} Pose
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./card.js").Store} Store
 * @typedef {ReturnType<ReturnType<typeof createWalks>>} Walk
 */

const CHART = { left: 34, top: 36, wide: 320, high: 232, mostDeg: 26 };
const LEG_CM = { min: 60, max: 110 };
const GAIN_DEG = [-2, 15]; // of the bars
const STEPS = 36; // of the chart's curves

/** @param {any} data @param {Translate} t @param {Store} store */
export function speedCosts(data, t, store) {
  const walkAt = createWalks(data.reference), { walking } = data.reference;
  const pair = () => {
    const speeds = ["slower", "faster"].map((name) => Number(store.settings()[name])).sort((a, b) => a - b);
    return speeds.map((speed) => ({ speed, ...walkAt(speed) }));
  };
  const gain = () => {
    const [from, to] = pair();
    return gainOf(from.peak, to.peak);
  };
  const mPerS = (/** @type {number} */ speed) => speedMPerS(speed, Number(store.settings().leg_length_cm) / 100);
  const pace = (/** @type {string} */ key) => (/** @type {number} */ speed) =>
    t(key, { words: speedWords(t, walking, speed), speed: number(mPerS(speed), 2) });
  const range = { min: walking[0].speed, max: walking[walking.length - 1].speed, step: 0.001, shown: pace("explorable.pace"), spoken: pace("explorable.pace_spoken") };
  const centimetres = (/** @type {string} */ key) => (/** @type {number} */ cm) => t(key, { cm });
  return {
    pictures: [createPair(t, pair), createChart(t, { pair, mPerS, walkAt, walking }), createGains(t, gain)],
    controls: [
      { name: "slower", ...range },
      { name: "faster", ...range },
      { name: "leg_length_cm", ...LEG_CM, step: 1, shown: centimetres("explorable.centimetres"), spoken: centimetres("explorable.centimetres_spoken") },
    ],
    sentence() {
      const [from, to] = pair().map(({ speed }) => speedWords(t, walking, speed));
      return speedSentence(t, { from, to }, gain());
    },
    note: t("explorable.speed_costs.note", data.words),
    sources: t("explorable.speed_costs.sources", data.words),
  };
}

/** @param {Translate} t @param {() => Walk[]} pair */
function createPair(t, pair) {
  const make = maker(document);
  const svg = /** @type {SVGSVGElement} */ (make("svg", { role: "img", "aria-label": t("explorable.speed_costs.picture") }));
  make("path", { class: "hb-floor", d: "M-2000 2H2000" }, svg);
  const bodies = [createBody(document, { ghost: true }), createBody(document)];
  svg.append(...bodies.map((body) => body.element));
  const vertical = make("path", { class: "hb-vertical" }, svg);
  const lines = ["hb-line hb-of-thigh hb-before", "hb-line hb-of-thigh"].map((name) => make("path", { class: name }, svg));
  const key = ["slower", "faster"].map((name) =>
    h("span", {}, h("i", { class: `hb-key-${name}` }), t(`explorable.speed_costs.${name}`)));
  return {
    element: h("div", {}, h("p", { class: "hb-key", "aria-hidden": "true" }, ...key), svg),
    draw() {
      const poses = pair().map((walk) => walk.pose());
      if (!svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", frame(poses, { margin: 0.03 }));
      // Both hips stand on one spot, so that only the angles differ.
      const [slower, faster] = poses.map((pose) => /** @type {Point} */ (skeletonPoints(pose).near_hip));
      poses.forEach((pose, k) => {
        bodies[k].draw(pose);
        const knee = skeletonPoints(pose).near_knee, hip = [slower, faster][k];
        lines[k].setAttribute("d", `M${xy(hip)}L${xy([hip[0] + 1.35 * (knee[0] - hip[0]), hip[1] + 1.35 * (knee[1] - hip[1])])}`);
      });
      vertical.setAttribute("d", `M${xy(faster)}v${n(0.34)}`);
    },
  };
}

/**
 * @param {Translate} t
 * @param {{pair(): ({speed: number} & Walk)[], mPerS(speed: number): number, walkAt: ReturnType<typeof createWalks>, walking: {speed: number}[]}} model
 */
function createChart(t, { pair, mPerS, walkAt, walking }) {
  const make = maker(document), { left, top, wide, high, mostDeg } = CHART;
  const svg = /** @type {SVGSVGElement} */ (make("svg", { role: "img", viewBox: "0 0 372 316", "aria-label": t("explorable.speed_costs.chart_picture") }));
  const slowest = walking[0].speed, fastest = walking[walking.length - 1].speed;
  const x = (/** @type {number} */ speed) => left + (wide * (speed - slowest)) / (fastest - slowest);
  const y = (/** @type {number} */ deg) => top + high - (high * deg) / mostDeg;
  const text = (/** @type {string} */ words, /** @type {number} */ px, /** @type {number} */ py, anchor = "start", name = "hb-quiet") => {
    const element = make("text", { class: name, x: px, y: py, "text-anchor": anchor }, svg);
    element.textContent = words;
    return element;
  };
  const speeds = Array.from({ length: STEPS + 1 }, (_, k) => slowest + ((fastest - slowest) * k) / STEPS);
  const curve = (/** @type {(walk: Walk) => number} */ of) => speeds.map((speed) => `${x(speed).toFixed(1)} ${y(of(walkAt(speed))).toFixed(1)}`);
  const hip = curve((walk) => walk.peak.hip_extension_deg), thigh = curve((walk) => walk.peak.thigh_behind_vertical_deg);
  text(t("explorable.speed_costs.chart"), left - 26, 18, "start", "hb-word");
  make("path", { class: "hb-area hb-of-hip", d: `M${hip.join("L")}V${y(0)}H${left}Z` }, svg);
  make("path", { class: "hb-area hb-of-pelvis", d: `M${thigh.join("L")}L${[...hip].reverse().join("L")}Z` }, svg);
  for (const deg of [0, 5, 10, 15, 20, 25]) {
    make("path", { class: deg ? "hb-grid" : "hb-axis", d: `M${left} ${y(deg)}h${wide}` }, svg);
    text(String(deg), left - 9, y(deg) + 5, "end");
  }
  make("path", { class: "hb-curve hb-of-hip", d: `M${hip.join("L")}` }, svg);
  make("path", { class: "hb-curve hb-of-thigh", d: `M${thigh.join("L")}` }, svg);
  const labels = walking.map(({ speed }) => {
    make("circle", { class: "hb-dot hb-of-hip", r: 4, cx: x(speed), cy: y(walkAt(speed).peak.hip_extension_deg) }, svg);
    make("circle", { class: "hb-dot hb-of-thigh", r: 4, cx: x(speed), cy: y(walkAt(speed).peak.thigh_behind_vertical_deg) }, svg);
    return { speed, element: text("", x(speed), top + high + 20, "middle") };
  });
  text(t("explorable.speed_costs.hip"), x(0.5), y(7), "middle", "hb-word hb-of-hip");
  text(t("explorable.speed_costs.pelvis"), x(0.612), y(19.7), "middle", "hb-word hb-of-pelvis");
  text(t("explorable.speed_costs.chart_x"), left + wide / 2, top + high + 40, "middle");
  const cursors = [0, 1].map(() => make("path", { class: "hb-cursor" }, svg));
  return {
    element: svg,
    draw() {
      for (const { speed, element } of labels) element.textContent = number(mPerS(speed), 2);
      pair().forEach(({ speed, peak }, k) => {
        const top = y(peak.thigh_behind_vertical_deg);
        cursors[k].setAttribute("d", `M${x(speed)} ${y(0)}V${top}`);
        cursors[k].setAttribute("class", k === 0 ? "hb-cursor hb-before" : "hb-cursor");
      });
    },
  };
}

/** @param {Translate} t @param {() => {thigh_deg: number, hip_deg: number, pelvis_deg: number}} gain */
function createGains(t, gain) {
  const [low, high] = GAIN_DEG, at = (/** @type {number} */ deg) => (100 * (deg - low)) / (high - low);
  const rows = /** @type {const} */ (["hip", "pelvis"]).map((name) => {
    const bar = h("i", { class: `hb-bar hb-of-${name}` }), zero = h("i", { class: "hb-mark hb-zero", style: `left:${at(0)}%` });
    const words = h("b", { class: `hb-of-${name} hb-sum` });
    return { name, bar, words, element: h("div", { class: "hb-row" },
      h("span", { class: "hb-row-name" }, t(`explorable.speed_costs.${name}`)), words, h("div", { class: "hb-track" }, zero, bar)) };
  });
  return {
    element: h("div", { class: "hb-sums", role: "img", "aria-label": t("explorable.speed_costs.bars_picture") }, ...rows.map((row) => row.element)),
    draw() {
      const gained = gain();
      for (const { name, bar, words } of rows) {
        const deg = gained[`${name}_deg`];
        bar.style.left = `${at(Math.min(0, deg))}%`;
        bar.style.width = `${at(Math.max(0, deg)) - at(Math.min(0, deg))}%`;
        const share = Math.abs(gained.thigh_deg) < 0.05 ? "–" : number((100 * deg) / gained.thigh_deg, 0);
        setText(words, t("explorable.speed_costs.gives", { deg: (deg > 0 ? "+" : "") + number(deg), share }));
      }
    },
  };
}
