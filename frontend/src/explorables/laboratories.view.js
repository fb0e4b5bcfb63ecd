// Why laboratories disagree: one pose three times, each with its laboratory's line for the pelvis, and the sums.
import { createBody, maker } from "../figure.view.js";
import { n, xy } from "../figure.paths.js";
import { speedMPerS } from "../gait.core.js";
import { h, setText } from "../common/dom.js";
import { skeletonPoints } from "../skeleton.core.js";
import { createWalks, laboratoriesAt } from "./walks.js";
import { laboratoriesSentence, number, speedWords } from "./words.js";
import { ZERO_DEG } from "./zeros.core.js";

/**
 * @typedef {import("../skeleton.core.js").Point} Point
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./card.js").Store} Store
 */

const NAMES = /** @type {const} */ (["standing", "landmarks", "yours"]);
const VIEW = "-190 -745 380 575";
const UP = 0.2, DOWN = 0.33, WEDGE = 0.22; // statures from the hip
const SCALE_DEG = [-9, 25]; // of the bars

/** @param {Point} hip @param {number} deg behind the vertical @param {number} r @returns {Point} */
function below([x, y], deg, r) {
  const turn = (deg * Math.PI) / 180;
  return [x - r * Math.sin(turn), y - r * Math.cos(turn)];
}

/** @param {Point} hip @param {number} from @param {number} to */
const wedge = (hip, from, to) =>
  `M${xy(hip)}L${xy(below(hip, from, WEDGE))}A${n(WEDGE)} ${n(WEDGE)} 0 0 ${to > from ? 1 : 0} ${xy(below(hip, to, WEDGE))}Z`;

/** @param {any} data @param {Translate} t @param {Store} store */
export function whyLaboratoriesDisagree(data, t, store) {
  const walkAt = createWalks(data.reference);
  const { walking } = data.reference;
  const seen = () => {
    const settings = /** @type {{speed: number, standing_tilt_deg: number, your_zero_deg: number}} */ (store.settings());
    const walk = walkAt(settings.speed);
    return { walk, thigh: walk.peak.thigh_behind_vertical_deg, labs: laboratoriesAt(walk.peak, data.reference.standing_tilt_deg, settings) };
  };
  const deg = (/** @type {number} */ value) => t("explorable.degrees", { deg: number(value) });
  const degSpoken = (/** @type {number} */ value) => t("explorable.degrees_spoken", { deg: number(value) });
  const pace = (/** @type {string} */ key) => (/** @type {number} */ speed) =>
    t(key, { words: speedWords(t, walking, speed), speed: number(speedMPerS(speed, data.leg_length_m), 2) });
  const tilt = { min: ZERO_DEG[0], max: ZERO_DEG[1], step: 0.5, shown: deg, spoken: degSpoken };
  return {
    pictures: [createTriptych(t, seen), createSums(t, seen)],
    controls: [
      {
        name: "speed", min: walking[0].speed, max: walking[walking.length - 1].speed, step: 0.001,
        values: { leg: number(data.leg_length_m * 100, 0) },
        shown: pace("explorable.pace"), spoken: pace("explorable.pace_spoken"),
      },
      { name: "standing_tilt_deg", ...tilt },
      { name: "your_zero_deg", ...tilt },
    ],
    sentence: () => laboratoriesSentence(t, seen().labs, seen().thigh),
    note: t("explorable.laboratories.note"),
    sources: t("explorable.laboratories.sources", data.words),
  };
}

/** @typedef {() => {walk: ReturnType<ReturnType<typeof createWalks>>, thigh: number, labs: ReturnType<typeof laboratoriesAt>}} Seen */

/** @param {Translate} t @param {Seen} seen */
function createTriptych(t, seen) {
  const make = maker(document);
  const panels = NAMES.map((name) => {
    const svg = make("svg", { viewBox: VIEW, "aria-hidden": "true" });
    const body = createBody(document);
    svg.append(body.element);
    const path = (/** @type {string} */ of) => make("path", { class: of }, svg);
    const parts = {
      pelvis: path("hb-wedge hb-of-pelvis"), hip: path("hb-wedge hb-of-hip"), vertical: path("hb-vertical"),
      line: path("hb-line hb-of-pelvis"), thigh: path("hb-line hb-of-thigh"),
    };
    const joint = make("circle", { class: "hb-joint", r: 12 }, svg);
    const value = h("span", { class: "hb-big hb-of-hip" });
    const element = h("div", { class: "hb-lab" },
      h("p", { class: "hb-lab-name" }, t(`explorable.laboratories.${name}`)), svg,
      h("p", { class: "hb-lab-value" }, value, h("span", { class: "hb-quiet" }, t("explorable.laboratories.hip"))));
    return { name, body, parts, joint, value, element };
  });
  return {
    element: h("div", { class: "hb-labs", role: "img", "aria-label": t("explorable.laboratories.picture") }, ...panels.map((panel) => panel.element)),
    draw() {
      const { walk, thigh, labs } = seen(), pose = walk.pose(), hip = /** @type {Point} */ (skeletonPoints(pose).near_hip);
      for (const { name, body, parts, joint, value } of panels) {
        const { pelvic_tilt_deg: tilt, hip_extension_deg } = labs[name];
        body.draw(pose);
        parts.pelvis.setAttribute("d", wedge(hip, 0, tilt));
        parts.hip.setAttribute("d", wedge(hip, tilt, thigh));
        parts.vertical.setAttribute("d", `M${xy(below(hip, 0, -UP))}L${xy(below(hip, 0, DOWN))}`);
        parts.line.setAttribute("d", `M${xy(below(hip, tilt, -UP))}L${xy(below(hip, tilt, DOWN))}`);
        parts.thigh.setAttribute("d", `M${xy(hip)}L${xy(below(hip, thigh, DOWN))}`);
        joint.setAttribute("cx", n(hip[0]));
        joint.setAttribute("cy", n(-hip[1]));
        setText(value, t("explorable.degrees", { deg: number(hip_extension_deg) }));
      }
    },
  };
}

/** @param {Translate} t @param {Seen} seen */
function createSums(t, seen) {
  const [low, high] = SCALE_DEG, at = (/** @type {number} */ deg) => (100 * (deg - low)) / (high - low);
  const rows = NAMES.map((name) => {
    const [pelvis, hip, thigh, zero] = ["hb-bar hb-of-pelvis", "hb-bar hb-of-hip", "hb-mark hb-of-thigh", "hb-mark hb-zero"].map((of) => h("i", { class: of }));
    zero.style.left = `${at(0)}%`;
    const words = h("span", { class: "hb-sum" });
    return { name, pelvis, hip, thigh, words, element: h("div", { class: "hb-row" },
      h("span", { class: "hb-row-name" }, t(`explorable.laboratories.${name}`)), words, h("div", { class: "hb-track" }, zero, hip, pelvis, thigh)) };
  });
  const place = (/** @type {HTMLElement} */ bar, /** @type {number} */ from, /** @type {number} */ to) => {
    bar.style.left = `${at(Math.min(from, to))}%`;
    bar.style.width = `${at(Math.max(from, to)) - at(Math.min(from, to))}%`;
  };
  const total = h("p", { class: "hb-total" });
  return {
    element: h("div", { class: "hb-sums", role: "img", "aria-label": t("explorable.laboratories.bars_picture") }, ...rows.map((row) => row.element), total),
    draw() {
      const { thigh, labs } = seen();
      for (const row of rows) {
        const { pelvic_tilt_deg: tilt, hip_extension_deg } = labs[row.name];
        place(row.pelvis, 0, tilt);
        place(row.hip, tilt, thigh);
        row.pelvis.classList.toggle("hb-thin", tilt < 0);
        row.thigh.style.left = `${at(thigh)}%`;
        row.words.replaceChildren(
          h("b", { class: "hb-of-pelvis" }, t("explorable.laboratories.part.pelvis", { deg: number(tilt) })), " + ",
          h("b", { class: "hb-of-hip" }, t("explorable.laboratories.part.hip", { deg: number(hip_extension_deg) })));
      }
      setText(total, `= ${t("explorable.laboratories.thigh", { deg: number(thigh) })}`);
    },
  };
}
