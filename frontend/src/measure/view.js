// One view of a panel that measures: choosing, the picture that follows what is read, and today's readings.
import { h, keepKey, setText } from "../common/dom.js";
import { followTheme } from "../common/theme.js";
import { createCueSettings } from "../player/cue_settings.js";
import { createFlash } from "../player/listeners/flash.js";
import { showSaved } from "../player/saved_line.js";
import { isGoing } from "../trials.core.js";
import { createEntry } from "./entry.js";
import { createHandsFree } from "./hands_free.js";
import { createResults } from "./results.js";
import { createScene } from "./scene.js";
import { createSetup } from "./setup.js";
import { signedDegrees } from "./words.js";

/**
 * @param {import("./entry.js").Engine} engine
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createView(engine) {
  const title = h("p", { class: "hb-title", role: "heading", "aria-level": 3 });
  const saved = h("p", { class: "hb-saved" });
  const live = h("div", { class: "hb-sr", "aria-live": "polite" });
  const body = h("div", { class: "hb-body" });
  // The player's look goes for this panel, too.
  const element = h("div", { class: "hipbook-player hipbook-measure", role: "group", tabindex: -1 }, h("header", {}, title, saved), body, live);
  const scene = createScene(document, engine.data.lying);
  let revision = -1;
  /** @type {{update(): void}[]} */
  let parts = [];
  /** @type {ReturnType<typeof createEntry>} */
  let entry;
  /** @type {ReturnType<typeof createHandsFree> | null} */
  let handsFree = null;
  let unlisten = () => {};

  const draw = () => {
    const { position, tool } = engine.test();
    const tape = tool === "tape";
    const deg = (handsFree && isGoing(engine.measuring()) ? handsFree.deg() : null) ?? entry.deg();
    const inputs = entry.inputs();
    const degWords = deg === null ? "" : signedDegrees(engine.language(), deg);
    const lengths = { hipCm: inputs.hip_height_cm, kneeCm: inputs.knee_height_cm, thighCm: inputs.thigh_length_cm };
    const name = engine.t()(`measuring.figure.${position}`, { deg: degWords || "–" });
    scene.draw({ position, deg, degWords, phone: tool === "phone", tape, ...(tape ? lengths : {}) }, name);
  };

  const make = () => {
    const t = engine.t();
    // Which select the person has just used: it is made anew, and keeps the focus.
    const used = [...body.querySelectorAll(".hb-choose select")].indexOf(/** @type {Element} */ (document.activeElement));
    const hadFocus = element.contains(document.activeElement);
    const setup = createSetup(engine, t);
    const results = createResults(engine, t);
    entry = createEntry(engine, t, draw);
    handsFree = engine.test().tool === "phone" ? createHandsFree(engine, t) : null;
    const cues = createCueSettings(t, {
      settings: engine.settings,
      sample: () => {
        engine.voice.unlock();
        engine.voice.sample(t("measuring.sample"));
      },
      speechAvailable: () => engine.voice.speech.available(),
      vibrationAvailable: () => engine.voice.vibration.available(),
      language: {
        language: () => engine.language(),
        languages: engine.data.languages,
        onLanguage: (code) => engine.settings.set({ language: code }),
      },
    });
    unlisten();
    unlisten = engine.voice.speech.onVoices(cues.update);
    const typed = handsFree
      ? h("details", { class: "hb-more", open: engine.sensor.state() === "unsupported" }, h("summary", {}, t("measuring.type")), entry.element)
      : entry.element;
    body.replaceChildren(
      setup.element,
      h("div", { class: "hb-measure-scene" }, h("div", { class: "hb-figure" }, scene.element), h("div", {}, handsFree?.element ?? null, typed)),
      results.element,
      h("details", { class: "hb-more" }, h("summary", {}, t("measuring.sound")), cues.element));
    parts = [results, cues, entry, ...(handsFree ? [handsFree] : [])];
    setText(title, t("measuring.title"));
    element.lang = engine.language();
    element.setAttribute("aria-label", t("measuring.title"));
    if (used >= 0) setup.focus(used === 0 ? "test" : "side");
    else if (hadFocus) setup.focus("side");
  };

  const show = () => {
    if (revision !== engine.revision()) {
      revision = engine.revision();
      make();
    }
    for (const part of parts) part.update();
    draw();
    setText(live, engine.said());
    showSaved(saved, engine.t(), engine.saving(), { begun: engine.readings().length > 0, place: engine.data.place });
  };

  element.addEventListener("keydown", keepKey);
  const flash = createFlash(element, { settings: engine.settings });
  const stopFlash = engine.voice.add(flash);
  const stopTheme = followTheme(element);
  const unwatch = engine.watch(show);
  show();
  return {
    element,
    close() {
      unwatch();
      unlisten();
      stopFlash();
      flash.hush();
      stopTheme();
    },
  };
}
