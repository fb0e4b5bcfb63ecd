// The stage: the walker with the ghost of the unrestricted one, the zone behind the torso, three lines with their angles.
import { createBody, maker } from "../figure.view.js";
import { n, smooth, xy } from "../figure.paths.js";
import { h, setText } from "../common/dom.js";
import { skeletonPoints } from "../skeleton.core.js";
import { degrees, rounded, whole } from "./words.js";

/**
 * @typedef {import("../skeleton.core.js").Point} Point
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 */

const VIEW = { left: -560, top: -1056, wide: 1120, high: 1190 };
const RING = [0.285, 0.375], NEEDLE = 0.4; // statures from the hip
const PELVIS = { back: -0.13, front: 0.27, up: 0.05 }; // its line, from the hip in statures
const TICK = 0.1; // statures between two marks of the floor
const LUMBAR = [0, 1, 2, 3, 4, 5, 6].map((k) => `lumbar_${k}`);

/** Where the thigh points that is `deg` behind a line turned by `turnDeg`. @param {Point} hip @param {number} deg @param {number} r @returns {Point} */
function below(hip, deg, r) {
  const turn = (deg * Math.PI) / 180;
  return [hip[0] - r * Math.sin(turn), hip[1] - r * Math.cos(turn)];
}

/** A point of the pelvis, forward and up from the hip. @param {Point} hip @param {number} tiltDeg @param {number} forward @param {number} up @returns {Point} */
function tipped(hip, tiltDeg, forward, up) {
  const turn = (tiltDeg * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn);
  return [hip[0] + forward * c + up * s, hip[1] + up * c - forward * s];
}

/** @param {Point} hip @param {number} from @param {number} to @param {number} inner @param {number} outer  a piece of a ring */
const ring = (hip, from, to, inner, outer) =>
  `M${xy(below(hip, from, inner))}L${xy(below(hip, from, outer))}A${n(outer)} ${n(outer)} 0 0 1 ${xy(below(hip, to, outer))}`
  + `L${xy(below(hip, to, inner))}A${n(inner)} ${n(inner)} 0 0 0 ${xy(below(hip, from, inner))}Z`;

/** @param {Point} p @param {Point} q */
const line = (p, q) => `M${xy(p)}L${xy(q)}`;

/** @param {Point} p @param {Point} q @param {number} share  0 is p, 1 is q, more goes on */
const beyond = (p, q, share) => /** @type {Point} */ ([p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share]);

/** @param {Engine} engine @param {Translate} t */
export function createScene(engine, t) {
  const make = maker(document);
  const [zoneLow, zoneHigh] = engine.reference.torso_zone_deg;
  const svg = /** @type {SVGSVGElement} */ (make("svg", {
    class: "hb-scene", role: "img", viewBox: `${VIEW.left} ${VIEW.top} ${VIEW.wide} ${VIEW.high}`,
  }));
  const path = (/** @type {string} */ name, /** @type {Element} */ parent = svg) => make("path", { class: name }, parent);

  path("hb-floor").setAttribute("d", "M-4000 2H4000");
  const ticks = path("hb-ticks");
  const spots = Array.from({ length: 61 }, (_, k) => `M${n((k - 30) * TICK)} 2v13`);
  ticks.setAttribute("d", spots.join(""));
  const ghost = createBody(document, { ghost: true });
  const body = createBody(document);
  svg.append(ghost.element);
  const zoneBack = path("hb-zone-back");
  svg.append(body.element);
  const back = path("hb-line hb-of-lumbar");
  const level = path("hb-level");
  const [zone, torso, pelvis, thigh] = ["hb-zone", "hb-line hb-of-torso", "hb-line hb-of-pelvis", "hb-line hb-of-thigh"].map((name) => path(name));
  const joint = make("circle", { class: "hb-joint", r: 13 }, svg);

  const box = h("div", { class: "hb-scene-box" }, svg);
  /** A name, a big value and what it is counted from, beside the figure. @param {string} name @param {...Node} more */
  const readout = (name, ...more) => {
    const value = h("b", {}), sense = h("span", {});
    box.append(h("p", { class: `hb-readout hb-of-${name}`, "aria-hidden": "true" }, h("i", {}, t(`explorer.of.${name}`)), value, sense, ...more));
    return (/** @type {number} */ deg) => {
      const now = whole(deg);
      setText(value, degrees(Math.abs(now)));
      setText(sense, now === 0 ? t(`explorer.sense.${name}.none`) : now > 0 ? t(`explorer.sense.${name}.more`) : t(`explorer.sense.${name}.less`));
    };
  };
  const zoneKey = h("span", { class: "hb-zone-key" }, t("explorer.zone", { low: zoneLow, high: zoneHigh }));
  const say = { torso: readout("torso"), lumbar: readout("lumbar"), thigh: readout("thigh", zoneKey), pelvis: readout("pelvis"), hip: readout("hip") };

  const steps = { usual: path("hb-step hb-step-usual"), now: path("hb-step hb-step-now") };
  const stepWords = make("text", { class: "hb-step-words", x: 0, y: 118, "text-anchor": "middle" }, svg);
  let stepShown = "";
  const drawStep = () => {
    const { summary, strideStatures, usualStrideStatures } = engine.walk();
    const said = summary.step_length_cm === null ? ""
      : t("explorer.step", { cm: rounded(summary.step_length_cm), percent: rounded(Number(summary.step_length_percent)) });
    if (said === stepShown) return;
    stepShown = said;
    const bar = (/** @type {number} */ long) => `M${n(-long / 2)} 40v26M${n(-long / 2)} 53h${n(long)}M${n(long / 2)} 40v26`;
    steps.usual.setAttribute("d", said && bar(usualStrideStatures / 2));
    steps.now.setAttribute("d", said && bar(strideStatures / 2));
    stepWords.textContent = said;
  };

  const draw = () => {
    const walk = engine.walk(), moment = engine.moment(), values = walk.values(moment), pose = walk.pose(moment);
    const at = skeletonPoints(pose), hip = /** @type {Point} */ (at.near_hip);
    ghost.element.setAttribute("display", walk.restricted ? "inline" : "none");
    if (walk.restricted) ghost.draw(walk.usualPose(moment));
    body.draw(pose);
    ticks.setAttribute("transform", `translate(${n(-(engine.ground() % TICK))} 0)`);

    const trunkDeg = -values.trunk_backward_lean_deg;
    const span = /** @type {const} */ ([trunkDeg + zoneLow, trunkDeg + zoneHigh]);
    zoneBack.setAttribute("d", ring(hip, ...span, 0.06, RING[0]));
    zone.setAttribute("d", ring(hip, ...span, RING[0], RING[1]));
    const knee = /** @type {Point} */ (at[`${walk.leg === "right" ? "near" : "far"}_knee`]);
    thigh.setAttribute("d", line(hip, beyond(hip, knee, NEEDLE / 0.245)));
    torso.setAttribute("d", line(below(hip, trunkDeg, RING[1]), below(hip, trunkDeg, -0.47)));
    const tiltDeg = values.anterior_pelvic_tilt_deg, middle = tipped(hip, tiltDeg, 0, PELVIS.up);
    pelvis.setAttribute("d", line(tipped(hip, tiltDeg, PELVIS.back, PELVIS.up), tipped(hip, tiltDeg, PELVIS.front, PELVIS.up)));
    level.setAttribute("d", `M${xy(middle)}h${n(PELVIS.front)}`);
    back.setAttribute("d", smooth(LUMBAR.map((key) => at[key]), false));
    joint.setAttribute("cx", n(hip[0]));
    joint.setAttribute("cy", n(-hip[1]));

    say.torso(values.trunk_backward_lean_deg);
    say.lumbar(values.lumbar_extension_deg);
    say.thigh(values.thigh_behind_torso_deg);
    say.pelvis(values.anterior_pelvic_tilt_deg);
    say.hip(values.hip_extension_deg);
    drawStep();
  };
  return { element: box, draw, label: (/** @type {string} */ sentence) => svg.setAttribute("aria-label", sentence) };
}
