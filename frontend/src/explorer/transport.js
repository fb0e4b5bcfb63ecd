// Play, pause, one frame back or on, slow motion, full screen.
import { h, setText, uniqueId } from "../common/dom.js";
import { maker } from "../figure.view.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 */

const RATES = [1, 0.5, 0.25, 0.1];
const SIGNS = {
  back: "M16 5v14L6 12zM18 5h2v14h-2z",
  on: "M8 5v14l10-7zM4 5h2v14H4z",
  full: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};

/** A drawn sign: no font is sure to have it. @param {keyof typeof SIGNS} name */
function sign(name) {
  const make = maker(document);
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "hb-icon" });
  make("path", { d: SIGNS[name] }, svg);
  return svg;
}

/** @param {Engine} engine @param {Translate} t @param {() => HTMLElement} panel  what fills the screen */
export function createTransport(engine, t, panel) {
  const play = h("button", { type: "button", class: "hb-primary", onclick: () => engine.play(!engine.playing()) });
  /** @param {"back" | "on"} way @param {number} by */
  const step = (way, by) => {
    const name = t(`explorer.${way}`);
    return h("button", { type: "button", class: "hb-sign", "aria-label": name, title: name, onclick: () => engine.step(by) }, sign(way));
  };
  const id = uniqueId("rate");
  const rate = h("select", { id, onchange: () => engine.setRate(Number(rate.value)) },
    ...RATES.map((value) => h("option", { value }, t(`explorer.rate.${Math.round(value * 100)}`))));
  const full = h("button", { type: "button", class: "hb-sign", onclick: () => toggleFull(panel()) }, sign("full"));
  if (!document.fullscreenEnabled) full.hidden = true;
  const element = h("div", { class: "hb-transport" },
    play, step("back", -1), step("on", 1),
    h("div", { class: "hb-rate" }, h("label", { for: id, class: "hb-sr" }, t("explorer.rate")), rate), full);
  const settle = () => {
    setText(play, t(engine.playing() ? "explorer.pause" : "explorer.play"));
    full.setAttribute("aria-label", t(document.fullscreenElement === panel() ? "explorer.full.leave" : "explorer.full"));
    full.title = full.getAttribute("aria-label");
    if (Number(rate.value) !== engine.rate()) rate.value = String(engine.rate());
  };
  return { element, settle };
}

/** @param {HTMLElement} panel */
function toggleFull(panel) {
  if (document.fullscreenElement) document.exitFullscreen();
  else panel.requestFullscreen();
}
