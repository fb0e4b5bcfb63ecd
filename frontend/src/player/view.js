// One view of a player: shows the panel that the session calls for, listens to keys, says what changed.
import { cuesBetween } from "../cues.core.js";
import { isActive } from "../session.core.js";
import { h, setText } from "../common/dom.js";
import { followTheme } from "../common/theme.js";
import { translator } from "../common/translator.js";
import { createFinish, createRun, createSafety, foldedSafety, toggle } from "./panels.js";
import { createSetup } from "./setup.js";
import { announcement } from "./words.js";

/**
 * @typedef {import("./setup.js").Engine} Engine
 * @typedef {{element: HTMLElement, update(): void, focus(): void, draw?(nowMs: number): void}} Panel
 */

/**
 * @param {Engine} engine
 * @param {{strings: Record<string, string>, name: string, safetyRead: {get(): boolean, set(): void}}} options
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createView(engine, { strings, name, safetyRead }) {
  const t = translator(strings);
  const body = h("div", { class: "hb-body" });
  const saved = h("p", { class: "hb-saved" });
  const live = h("div", { class: "hb-sr", "aria-live": "polite" });
  const title = h("p", { class: "hb-title", role: "heading", "aria-level": 3 }, name);
  const element = h("div", { class: "hipbook-player", role: "group", "aria-label": t("player.label", { name }), tabindex: -1 },
    h("header", {}, title, saved), body, h("footer", {}, h("p", { class: "hb-keys" }, t("player.keys"))), live);

  const sound = { volume: 0.6, setVolume(/** @type {number} */ value) { this.volume = value; engine.tones.setVolume(value); } };
  /** @type {Record<string, () => Panel>} */
  const make = {
    safety: () => createSafety(t, () => { safetyRead.set(); show(); panel?.focus(); }),
    setup: () => {
      const setup = createSetup(engine, t, sound);
      setup.element.append(foldedSafety(t));
      return setup;
    },
    run: () => createRun(engine, t),
    finish: () => createFinish(engine, t),
  };
  let shown = "";
  /** @type {Panel | null} */
  let panel = null;
  let before = engine.session();
  let lookedMs = engine.now();
  let frameRequest = 0;

  const wanted = () => {
    const session = engine.session();
    if (isActive(session)) return "run";
    if (session.status !== "idle") return "finish";
    return safetyRead.get() ? "setup" : "safety";
  };

  const show = () => {
    const next = wanted();
    if (next !== shown) {
      const hadFocus = element.contains(document.activeElement);
      shown = next;
      panel = make[next]();
      body.replaceChildren(panel.element);
      element.dataset.panel = next;
      if (hadFocus) {
        panel.focus();
        // Panels differ in height: what the person has just asked for must not end up outside the window.
        element.scrollIntoView({ block: "nearest" });
        element.scrollIntoView({ block: element.clientHeight > innerHeight ? "start" : "nearest" });
      }
    }
    panel?.update();
    showSaving();
    say();
    if (!frameRequest) frameRequest = requestAnimationFrame(paint);
  };

  const showSaving = () => {
    const { saves, waiting, trouble, notice } = engine.saving();
    const begun = engine.session().status !== "idle";
    const state = !saves ? "practice" : waiting ? "waiting" : begun && engine.session().rows.length ? "saved" : "idle";
    saved.dataset.state = state;
    const words = {
      practice: () => t("player.not_saving"),
      waiting: () => waiting === 1 ? t("player.waiting_one") : t("player.waiting", { n: waiting }),
      saved: () => [t("player.saved"), notice].filter(Boolean).join(". "),
      idle: () => t("player.saved_idle"),
    };
    setText(saved, state === "waiting" && trouble ? t("player.trouble", { why: trouble }) : words[state]());
    saved.title = state === "waiting" ? t("player.waiting_help") : "";
  };

  const say = () => {
    const session = engine.session();
    const now = engine.now();
    const tenLeft = cuesBetween(session, lookedMs, now).some((cue) => cue.kind === "ten_left");
    const words = announcement(t, before, session) || (tenLeft ? t("say.ten_left") : "");
    if (words) setText(live, words);
    before = session;
    lookedMs = now;
  };

  const paint = () => {
    frameRequest = 0;
    panel?.draw?.(engine.now());
    if (isActive(engine.session())) frameRequest = requestAnimationFrame(paint);
  };

  // JupyterLab takes keys from whatever is focused (d d deletes the cell), so no key typed in here may reach it.
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    const target = /** @type {HTMLElement} */ (event.target);
    if (shown !== "run" || target.closest("input, select, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { " ": target.closest("button") ? null : () => toggle(engine), ArrowLeft: () => engine.dispatch({ type: "back" }), ArrowRight: () => engine.dispatch({ type: "skip" }) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const stopTheme = followTheme(element);
  const unwatch = engine.watch(show);
  // Another panel may have had the safety note read meanwhile. This one follows when somebody turns to it: were
  // all panels to change height at once, the one in hand would jump away.
  for (const turn of ["pointerenter", "focusin"]) element.addEventListener(turn, () => wanted() !== shown && show());
  show();
  return {
    element,
    close() {
      unwatch();
      stopTheme();
      cancelAnimationFrame(frameRequest);
    },
  };
}
