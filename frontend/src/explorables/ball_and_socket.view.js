// Ball and socket: the joint from the side to scale, and beside it the glide enlarged ten times over its force.
import { maker } from "../figure.view.js";
import { BALL_RADIUS_MM, capsuleBand, DIRECTIONS, EXTENSION_DEG, femurOutline, glideMm, slack } from "./ball_and_socket.core.js";
import { glideWords, number, socketSentence } from "./words.js";

/**
 * @typedef {import("./ball_and_socket.core.js").Point} Point
 * @typedef {import("./ball_and_socket.core.js").Measured} Measured
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./card.js").Store} Store
 */

const MM = 3; // drawing units in a millimetre
const LENS = { x: 100, y: 112, r: 88, times: 10 };
const CHART = { left: 42, top: 262, wide: 304, high: 128, mostN: 400, mostMm: 3 };

/** @param {Point} p */
const xy = ([x, y]) => `${(x * MM).toFixed(2)} ${(-y * MM).toFixed(2)}`;
/** @param {Point[]} points */
const polyline = (points) => `M${points.map(xy).join("L")}`;
/** @param {Point[]} points  a smooth curve through them (Catmull–Rom) */
function smooth(points) {
  const count = points.length, at = (/** @type {number} */ k) => points[(k + count) % count];
  const handle = (/** @type {Point} */ p, /** @type {Point} */ from, /** @type {Point} */ to, /** @type {number} */ sign) =>
    xy([p[0] + (sign * (to[0] - from[0])) / 6, p[1] + (sign * (to[1] - from[1])) / 6]);
  return `${points.reduce((d, p, k) => `${d}C${handle(p, at(k - 1), at(k + 1), 1)} ${handle(at(k + 1), p, at(k + 2), -1)} ${xy(at(k + 1))}`, `M${xy(points[0])}`)}Z`;
}

const PELVIS = "M102 -38C112 -50 116 -66 110 -88C106 -112 116 -140 122 -168H-112C-110 -132 -124 -104 -128 -66"
  + "C-132 -32 -142 0 -148 34C-150 58 -124 70 -108 54C-92 38 -84 22 -78.8 17.4A80.7 80.7 0 0 1 70 -40.2C78 -46 94 -28 102 -38Z";

/** @param {{measured: Measured, words: Record<string, string>}} data @param {Translate} t @param {Store} store */
export function ballAndSocket({ measured, words }, t, store) {
  const joint = createJoint(measured, t, store);
  const glide = createGlide(measured, t, store);
  return {
    pictures: [joint, glide],
    controls: [
      {
        name: "hip_extension_deg", min: EXTENSION_DEG[0], max: EXTENSION_DEG[1], step: 1,
        shown: (/** @type {number} */ deg) => t("explorable.degrees", { deg: number(deg, 0) }),
        spoken: (/** @type {number} */ deg) => t("explorable.degrees_spoken", { deg: number(deg, 0) }),
      },
      {
        name: "force_n", min: 0, max: measured.glide[measured.glide.length - 1][0], step: 1,
        shown: (/** @type {number} */ force) => t("explorable.newtons", { force }),
        spoken: (/** @type {number} */ force) => t("explorable.newtons_spoken", { force }),
      },
      { name: "direction", options: Object.keys(DIRECTIONS) },
    ],
    sentence: () => socketSentence(t, measured, store.settings()),
    note: t("explorable.ball_and_socket.note"),
    sources: t("explorable.ball_and_socket.sources", words),
  };
}

/** @param {Measured} measured @param {Translate} t @param {Store} store */
function createJoint(measured, t, store) {
  const make = maker(document);
  const svg = /** @type {SVGSVGElement} */ (make("svg", { role: "img", viewBox: "-180 -168 372 420", "aria-label": t("explorable.ball_and_socket.picture") }));
  const path = (/** @type {string} */ name, /** @type {Element} */ parent = svg) => make("path", { class: name }, parent);
  const words = (/** @type {string} */ key, /** @type {number} */ x, /** @type {number} */ y, anchor = "start", name = "hb-word") => {
    const element = make("text", { class: name, x, y, "text-anchor": anchor }, svg);
    element.textContent = t(`explorable.ball_and_socket.${key}`);
    return element;
  };
  path("hb-pelvis-bone").setAttribute("d", PELVIS);
  const bone = make("g", {}, svg);
  const femur = path("hb-femur", bone);
  make("circle", { class: "hb-ball", r: BALL_RADIUS_MM * MM }, bone);
  make("circle", { class: "hb-rest", r: BALL_RADIUS_MM * MM }, svg);
  const capsule = make("g", {}, svg);
  const band = path("hb-band", capsule), fibre = path("hb-fibre", capsule);
  const push = path("hb-push");
  words("socket", -8, -138, "middle", "hb-word hb-on-bone");
  words("ball", 0, 6, "middle", "hb-word hb-on-ball");
  const capsuleWord = words("capsule", 188, 106, "end", "hb-word hb-of-capsule");
  words("front", 188, -150, "end", "hb-quiet");
  words("back", -172, -150, "start", "hb-quiet");
  const up = path("hb-unknown");
  up.setAttribute("d", "M-66 -84V-114m-7 10l7-12l7 12");
  words("up_1", -50, -110, "start", "hb-word hb-asked");
  words("up_2", -50, -93, "start", "hb-word hb-asked");
  path("hb-scale").setAttribute("d", "M80 226v10m0-5h30m0-5v10");
  words("scale", 116, 236, "start", "hb-quiet");

  return {
    element: svg,
    draw() {
      const { hip_extension_deg, force_n, direction } = store.settings();
      const deg = Number(hip_extension_deg), mm = glideMm(measured.glide, Number(force_n)), [x, y] = DIRECTIONS[direction];
      femur.setAttribute("d", smooth(femurOutline(deg)));
      const points = capsuleBand(deg, measured.strain_at_end), taut = slack(deg, measured.strain_at_end) <= 0;
      band.setAttribute("d", polyline(points));
      fibre.setAttribute("d", polyline(points));
      capsule.setAttribute("class", taut ? "hb-capsule hb-taut" : "hb-capsule");
      capsuleWord.textContent = t(`explorable.ball_and_socket.capsule${taut ? "_taut" : ""}`);
      bone.setAttribute("transform", `translate(${(x * mm * MM).toFixed(2)} ${(-y * mm * MM).toFixed(2)})`);
      const long = 18 + (Number(force_n) / CHART.mostN) * 62;
      push.setAttribute("d", `M0 0h${long}m-11 -8l13 8l-13 8`);
      push.setAttribute("transform", direction === "down" ? `translate(0 ${22}) rotate(90)` : `translate(${-long - 78} ${0})`);
      push.setAttribute("display", Number(force_n) > 0 ? "inline" : "none");
    },
  };
}

/** @param {Measured} measured @param {Translate} t @param {Store} store */
function createGlide(measured, t, store) {
  const make = maker(document);
  const svg = /** @type {SVGSVGElement} */ (make("svg", { role: "img", viewBox: "0 0 372 440", "aria-label": t("explorable.ball_and_socket.glide_picture") }));
  const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y, anchor = "start", name = "hb-word") => {
    const element = make("text", { class: name, x, y, "text-anchor": anchor }, svg);
    element.textContent = words;
    return element;
  };
  const say = (/** @type {string} */ key, values = {}) => t(`explorable.ball_and_socket.${key}`, values);
  const lens = createLens(make, svg);
  text(say("lens", { times: LENS.times }), LENS.x + LENS.r + 16, 52, "start", "hb-quiet");
  const value = text("", LENS.x + LENS.r + 16, 104, "start", "hb-big hb-of-glide");
  const [first, second] = [128, 147].map((y) => text("", LENS.x + LENS.r + 16, y, "start", "hb-quiet"));

  const { left, top, wide, high, mostN, mostMm } = CHART;
  const at = (/** @type {number} */ force, /** @type {number} */ mm) => [left + (wide * force) / mostN, top + high - (high * mm) / mostMm];
  const [low, most] = measured.single_hips_mm;
  make("rect", { class: "hb-span", x: left, y: at(0, most)[1], width: wide, height: at(0, low)[1] - at(0, most)[1] }, svg);
  text(say("chart"), left - 26, top - 14, "start", "hb-word");
  text(say("single_hips", { low: number(low, 2), most: number(most, 2) }), left + 8, at(0, most)[1] + 18, "start", "hb-quiet");
  for (const mm of [0, 1, 2, 3]) {
    make("path", { class: mm ? "hb-grid" : "hb-axis", d: `M${left} ${at(0, mm)[1]}h${wide}` }, svg);
    text(String(mm), left - 10, at(0, mm)[1] + 5, "end", "hb-quiet");
  }
  for (const force of [0, 100, 200, 300, 400]) text(String(force), at(force, 0)[0], top + high + 20, "middle", "hb-quiet");
  text(say("chart_x"), left + wide / 2, top + high + 42, "middle", "hb-quiet");
  const line = (/** @type {[number, number][]} */ pairs) => `M${pairs.map(([force, mm]) => at(force, mm).join(" ")).join("L")}`;
  make("path", { class: "hb-ours", d: line([[0, 0], measured.glide[0]]) }, svg);
  make("path", { class: "hb-mean", d: line(measured.glide) }, svg);
  for (const pair of measured.glide) {
    const [cx, cy] = at(...pair);
    make("circle", { class: "hb-mean-dot", cx, cy, r: 5 }, svg);
  }
  const now = make("circle", { class: "hb-now", r: 9 }, svg);

  return {
    element: svg,
    draw() {
      const { force_n, direction } = store.settings();
      const mm = glideMm(measured.glide, Number(force_n));
      lens.draw(mm, DIRECTIONS[direction]);
      const [cx, cy] = at(Number(force_n), mm);
      now.setAttribute("cx", String(cx));
      now.setAttribute("cy", String(cy));
      const words = glideWords(t, measured, store.settings());
      value.textContent = words.value;
      first.textContent = words.lines[0];
      second.textContent = words.lines[1];
    },
  };
}

/** The edge of the ball, ten times larger: where it rests and where it is. @param {ReturnType<typeof maker>} make @param {Element} svg */
function createLens(make, svg) {
  const { x, y, r, times } = LENS, unit = MM * times, edge = BALL_RADIUS_MM * unit;
  const id = `hipbook-lens-${Math.random().toString(36).slice(2)}`;
  const clip = make("clipPath", { id }, make("defs", {}, svg));
  make("circle", { cx: x, cy: y, r }, clip);
  make("circle", { class: "hb-lens-ground", cx: x, cy: y, r }, svg);
  const inside = make("g", { "clip-path": `url(#${id})` }, svg);
  const turned = make("g", {}, inside);
  const ball = make("circle", { class: "hb-ball", r: edge, cx: -edge, cy: 0 }, turned);
  make("circle", { class: "hb-rest", r: edge, cx: -edge, cy: 0 }, turned);
  const gap = make("path", { class: "hb-gap" }, turned);
  make("circle", { class: "hb-lens-rim", cx: x, cy: y, r }, svg);
  return {
    /** @param {number} mm @param {Point} direction */
    draw(mm, [right, up]) {
      const angle = (Math.atan2(-up, right) * 180) / Math.PI;
      turned.setAttribute("transform", `translate(${x - (right * 1.5 * unit) / 2} ${y + (up * 1.5 * unit) / 2}) rotate(${angle})`);
      ball.setAttribute("cx", String(-edge + mm * unit));
      gap.setAttribute("d", mm > 0 ? `M0 -9v18M${mm * unit} -9v18M0 0h${mm * unit}` : "");
    },
  };
}
