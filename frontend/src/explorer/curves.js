// Four curves over one stride, all to one scale, with a moment that can be dragged or stepped.
import { maker } from "../figure.view.js";
import { h, setText, uniqueId } from "../common/dom.js";
import { rounded } from "./words.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 */

/** What is drawn, from top to bottom: name, field of the walk, degrees shown when walking and when running. */
const ROWS = /** @type {const} */ ([
  { name: "hip", field: "hip_extension_deg", walking: [-64, 24], running: [-82, 24] },
  { name: "pelvis", field: "anterior_pelvic_tilt_deg", walking: [-4, 38], running: [-4, 46] },
  { name: "lumbar", field: "lumbar_extension_deg", walking: [-4, 38], running: [-6, 40] },
  { name: "thigh", field: "thigh_behind_torso_deg", walking: [-32, 28], running: [-52, 30] },
]);
const FINE = 200; // steps of the handle in a stride, and of a curve
const X = Array.from({ length: FINE + 1 }, (_, k) => (100 * k) / FINE);

/** Every second frame is enough for a line. @param {number[]} values  first and last are the same moment @returns {string[]} */
function points(values) {
  const found = [];
  for (let k = 0; k < values.length; k += 2) found.push(`${X[k]} ${values[k].toFixed(2)}`);
  return found;
}

/** @param {Translate} t @param {typeof ROWS[number]} row @param {number[]} zoneDeg */
function createRow(t, row, zoneDeg) {
  const make = maker(document);
  const svg = /** @type {SVGSVGElement} */ (make("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }));
  const paper = make("g", { transform: "scale(1 -1)" }, svg);
  const path = (/** @type {string} */ name) => make("path", { class: name, "vector-effect": "non-scaling-stroke" }, paper);
  const zone = row.name === "thigh" ? path("hb-zone") : null;
  zone?.setAttribute("d", `M0 ${zoneDeg[0]}H100V${zoneDeg[1]}H0Z`);
  const grid = path("hb-grid"), zero = path("hb-zero");
  zero.setAttribute("d", "M0 0H100");
  const gap = path("hb-gap"), usual = path("hb-usual"), now = path("hb-now"), dot = path("hb-dot");
  const value = h("span", { class: "hb-reading" });
  const ticks = h("span", { class: "hb-ticks-deg", "aria-hidden": "true" });
  const plot = h("div", { class: "hb-plot" }, svg, ticks);
  const element = h("div", { class: `hb-curve hb-of-${row.name}` },
    h("div", { class: "hb-curve-head" }, h("span", { class: "hb-curve-name" }, t(`explorer.curve.${row.name}`)), value),
    plot);
  let gait = "", usualOf = "", usualBack = "";

  /** @param {"walking" | "running"} next */
  const scale = (next) => {
    if (next === gait) return;
    gait = next;
    const [low, high] = row[next];
    svg.setAttribute("viewBox", `0 ${-high} 100 ${high - low}`);
    element.style.flexGrow = String(high - low);
    const tens = [];
    for (let deg = Math.ceil(low / 10) * 10; deg <= high; deg += 10) tens.push(deg);
    grid.setAttribute("d", tens.filter((deg) => deg !== 0).map((deg) => `M0 ${deg}H100`).join(""));
    const labelled = tens.filter((deg) => deg % 20 === 0);
    ticks.replaceChildren(...labelled.map((deg) => h("i", { style: `top:${((high - deg) / (high - low)) * 100}%` }, rounded(deg))));
  };
  return {
    element,
    plot,
    /** @param {ReturnType<Engine["walk"]>} walk @param {"walking" | "running"} next */
    drawCurves(walk, next) {
      scale(next);
      const line = points(walk.curve(row.field)).join("L");
      const usually = `${walk.leg} ${next} ${walk.free.curves.speed}`;
      if (usually !== usualOf) {
        const back = points(walk.curve(row.field, walk.free));
        usualOf = usually;
        usual.setAttribute("d", `M${back.join("L")}`);
        usualBack = back.reverse().join("L");
      }
      now.setAttribute("d", `M${line}`);
      gap.setAttribute("d", `M${line}L${usualBack}Z`);
    },
    /** @param {number} x @param {import("./walk.js").Values} values */
    drawMoment(x, values) {
      dot.setAttribute("d", `M${(100 * x).toFixed(2)} ${values[row.field].toFixed(2)}h0`);
      setText(value, `${rounded(values[row.field], 1)}°`);
    },
  };
}

/** @param {Engine} engine @param {Translate} t */
export function createCurves(engine, t) {
  const rows = ROWS.map((row) => createRow(t, row, engine.reference.torso_zone_deg));
  const cursor = h("div", { class: "hb-cursor", "aria-hidden": "true" }, h("i", {}));
  const plots = h("div", { class: "hb-plots" }, ...rows.map((row) => row.element), cursor);
  const id = uniqueId("moment");
  const handle = h("input", {
    id, class: "hb-handle", type: "range", min: 0, max: FINE, step: 1, value: 0,
    oninput: () => engine.goTo(fromShown(Number(handle.value) / FINE)),
  });
  const foot = h("p", { class: "hb-foot" });
  const ends = h("div", { class: "hb-ends", "aria-hidden": "true" },
    ...["start", "middle", "end"].map((name) => h("span", {}, t(`explorer.stride.${name}`))));
  const key = h("p", { class: "hb-key" }, h("i", { class: "hb-key-now" }), t("explorer.key.now"), h("i", { class: "hb-key-usual" }), t("explorer.key.usual"));
  const element = h("div", { class: "hb-curves" },
    h("div", { class: "hb-curves-head" }, foot, key), plots, ends,
    h("div", { class: "hb-moment" }, h("label", { for: id }, t("explorer.moment")), handle));

  // The moment is a share of the right leg's stride; the left leg's is half a stride on.
  const shift = () => (engine.walk().leg === "right" ? 0 : 0.5);
  const toShown = (/** @type {number} */ moment) => (moment + shift()) % 1;
  const fromShown = (/** @type {number} */ x) => x - shift();

  const drag = (/** @type {PointerEvent} */ event) => {
    const box = rows[0].plot.getBoundingClientRect();
    engine.goTo(fromShown(Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.9999)));
  };
  plots.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0) return;
    plots.setPointerCapture(event.pointerId);
    drag(event);
  });
  plots.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (plots.hasPointerCapture(event.pointerId)) drag(event);
  });

  /** @type {ReturnType<Engine["walk"]> | null} */
  let drawn = null;
  const draw = () => {
    const walk = engine.walk();
    if (walk !== drawn) {
      drawn = walk;
      for (const row of rows) row.drawCurves(walk, engine.settings().gait);
      setText(foot, t(walk.leg === "right" ? "explorer.leg.right" : "explorer.leg.left"));
      element.dataset.restricted = String(walk.restricted);
    }
    const x = toShown(engine.moment()), values = walk.values(engine.moment());
    for (const row of rows) row.drawMoment(x, values);
    cursor.style.transform = `translateX(${(100 * x).toFixed(2)}%)`;
    const place = String(Math.round(x * FINE));
    if (handle.value !== place) handle.value = place;
  };
  const settle = () => {
    const percent = Math.round(toShown(engine.moment()) * 100);
    handle.setAttribute("aria-valuetext", t("explorer.moment.value", { percent }));
  };
  handle.addEventListener("input", settle);
  return { element, draw, settle };
}
