// One view of a player: shows the panel that the session calls for, and listens to keys and taps.
import { stretchOf } from "../plan.core.js";
import { isActive, isGoing } from "../session.core.js";
import { h, keepKey, setText } from "../common/dom.js";
import { followTheme } from "../common/theme.js";
import { translator } from "../common/translator.js";
import { createChecklist, createClosedChecklist } from "./checklist.js";
import { createFinish } from "./finish.js";
import { createFullScreen } from "./full_screen.js";
import { createHurts } from "./hurts.js";
import { createFlash } from "./listeners/flash.js";
import { needsLine } from "./needs.js";
import { createElsewhere, createResume } from "./offers.js";
import { routineName } from "./routines.js";
import { createRun, toggle } from "./run.js";
import { showSaved } from "./saved_line.js";
import { createSetup } from "./setup.js";
import { clockTime } from "./words.js";

/**
 * @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine
 * @typedef {{element: HTMLElement, update(): void, focus(): void, draw?(nowMs: number): void, close?(): void, answers?(): string[]}} Panel
 */

/** Keys that move the focus or belong to the browser: in full screen they do not let go. */
const NOT_LETTING_GO = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta", "F11"];

/**
 * @param {Engine} engine
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createView(engine) {
  let t = translator(engine.strings());
  const body = h("div", { class: "hb-body" });
  const saved = h("p", { class: "hb-saved" });
  const live = h("div", { class: "hb-sr", "aria-live": "polite" });
  const title = h("p", { class: "hb-title", role: "heading", "aria-level": 3 });
  const header = h("header", {}, title, saved);
  const keys = h("p", { class: "hb-keys" });
  const element = h("div", { class: "hipbook-player", role: "group", tabindex: -1 }, header, body, h("footer", {}, keys), live);
  const full = createFullScreen(element, () => {
    panel?.update();
    // Who presses Space then means the clock, not the button that led there or back.
    if (full.isOn() || (shown === "run" && element.contains(document.activeElement))) panel?.focus();
  });

  /** @type {Record<string, () => Panel>} */
  const make = {
    closed: () => createClosedChecklist(t, () => {
      opened = true;
      show();
    }),
    checklist: () => createChecklist(t, {
      precautions: engine.data.precautions,
      answers: panel?.answers?.() ?? engine.care.told().before,
      startTime: engine.session().plan.phases.length ? clockTime(engine.session().plan.total_s) : null,
      needs: needsLine(engine, t, engine.choices().items),
      language: engine.languageChoice,
      onDone: (/** @type {string[]} */ answers, /** @type {boolean} */ startNow) => {
        engine.care.answer(answers);
        if (startNow) void engine.start();
        else show();
      },
    }),
    setup: () => createSetup(engine, t, {
      kept,
      onAsk: () => {
        opened = true;
        engine.care.ask();
      },
    }),
    run: () => createRun(engine, t, full, toTop),
    hurts: () => createHurts(t, hurtsOptions(engine)),
    resume: () => createResume(engine, t),
    elsewhere: () => createElsewhere(engine, t),
    finish: () => createFinish(engine, t),
  };
  let shown = "";
  /** The person asked for the questions here. */
  let opened = engine.care.isHost(engine.data.key);
  /** @type {import("./setup.js").Kept} */
  const kept = { folds: new Set(), heard: engine.routineNews() };
  let revision = -1;
  /** @type {Panel | null} */
  let panel = null;
  let frameRequest = 0;

  const wanted = () => {
    const session = engine.session();
    if (isActive(session)) return session.status === "paused" && session.cause === "hurts" ? "hurts" : "run";
    const offer = engine.offer();
    if (offer) return offer.kind;
    if (session.status !== "idle") return "finish";
    return engine.care.answered() ? "setup" : opened ? "checklist" : "closed";
  };

  const show = () => {
    const next = wanted();
    const anew = revision !== engine.revision();
    if (anew) {
      revision = engine.revision();
      translate();
    }
    rename();
    if (next !== shown || anew) {
      const hadFocus = element.contains(document.activeElement);
      const moved = next !== shown;
      const keep = element.querySelector("[data-keep]:focus")?.getAttribute("data-keep");
      shown = next;
      panel?.close?.();
      panel = make[next]();
      body.replaceChildren(panel.element);
      element.dataset.panel = next;
      if (hadFocus) comeIntoView(moved);
      if (keep) body.querySelector(`[data-keep="${keep}"]`)?.focus({ preventScroll: true });
    }
    panel?.update();
    showSaving();
    if (!frameRequest) frameRequest = requestAnimationFrame(paint);
  };

  /** Panels differ in height: what the person has just asked for must not end up outside the window. @param {boolean} moved */
  const comeIntoView = (moved) => {
    panel?.focus();
    if (!moved || full.isOn()) return;
    element.scrollIntoView({ block: "nearest" });
    element.scrollIntoView({ block: element.clientHeight > innerHeight ? "start" : "nearest" });
  };

  /** Where one has just jumped from far below. */
  const toTop = () => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    header.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
  };

  const translate = () => {
    t = translator(engine.strings());
    setText(keys, t("player.keys"));
    element.lang = engine.language();
  };

  /** The name of what runs, or is offered; only before that of what was chosen. */
  const rename = () => {
    const session = engine.session();
    const { plan } = (isActive(session) ? null : engine.offer()?.session) ?? session;
    const name = routineName(engine, t, plan.routine);
    const label = t("player.label", { name });
    setText(title, name);
    if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label);
  };

  const showSaving = () => showSaved(saved, t, engine.saving(), { begun: engine.session().rows.length > 0, place: engine.data.place });

  const paint = () => {
    frameRequest = 0;
    panel?.draw?.(engine.now());
    if (isActive(engine.session())) frameRequest = requestAnimationFrame(paint);
  };

  /** Let go first: in full screen any key and any tap stops the clock, and only then is anything asked. */
  const letGo = () => {
    if (!full.isOn() || !isGoing(engine.session())) return false;
    engine.dispatch({ type: "pause", cause: "hurts" });
    return true;
  };

  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    keepKey(event);
    const target = /** @type {HTMLElement} */ (event.target);
    const fills = target.closest("input, select, textarea") !== null;
    const presses = event.key === " " || event.key === "Enter";
    // A key that is held down is one press: it must not also answer what that press has brought up.
    if (event.repeat && presses && !fills) return event.preventDefault();
    if (shown !== "run" || fills || event.ctrlKey || event.metaKey || event.altKey) return;
    if (presses && target.closest("button, summary, a")) return;
    const act = { " ": () => toggle(engine), ArrowLeft: () => engine.dispatch({ type: "back" }), ArrowRight: () => engine.dispatch({ type: "skip" }) }[event.key];
    if (event.repeat) return act && event.preventDefault();
    if (!NOT_LETTING_GO.includes(event.key) && letGo()) return event.preventDefault();
    if (!act) return;
    event.preventDefault();
    act();
  });
  element.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("button, summary, a, input, select"))) letGo();
  });

  const words = {
    plan() {},
    due: (/** @type {import("../cues.core.js").Cue} */ _cue, /** @type {string} */ sentence) => sentence && setText(live, sentence),
    hush() {},
  };
  const flash = createFlash(element, { settings: engine.settings });
  const unlisten = [engine.conductor.add(words), engine.conductor.add(flash)];
  const stopTheme = followTheme(element);
  const unwatch = engine.watch(() => (isTurnedTo() ? show() : undefined));
  // Another panel may have had the checklist answered meanwhile. This one follows when somebody turns to it: were
  // all panels to change height at once, the one in hand would jump away.
  const isTurnedTo = () => !(["checklist", "closed"].includes(shown) && wanted() === "setup" && !element.contains(document.activeElement) && !element.matches(":hover"));
  for (const turn of ["pointerenter", "focusin"]) element.addEventListener(turn, () => wanted() !== shown && show());
  show();
  return {
    element,
    close() {
      unwatch();
      unlisten.forEach((end) => end());
      flash.hush();
      full.leave();
      panel?.close?.();
      stopTheme();
      cancelAnimationFrame(frameRequest);
    },
  };
}

/** What the "It hurts" panel needs, and what its decision does. @param {Engine} engine */
function hurtsOptions(engine) {
  const { plan, index } = engine.session();
  const { stretch } = plan.phases[index];
  return {
    stretch: stretchOf(engine.catalog, stretch),
    catalog: engine.catalog,
    keepReasons: engine.settings.get().keep_reasons,
    onKeepReasons: (/** @type {boolean} */ on) => engine.settings.set({ keep_reasons: on }),
    stops: engine.stops(),
    next: plan.phases.slice(index).find((phase) => phase.stretch !== stretch)?.stretch ?? null,
    easedAlready: engine.wasEased(),
    mayDo: engine.care.mayDo,
    onDecide: (/** @type {import("./hurts.js").Decision} */ decision) => engine.decide(decision),
  };
}
