// One view of an explorer: puts stage, curves and controls together, listens to keys, says what a choice did.
import { h, setText } from "../common/dom.js";
import { followTheme } from "../common/theme.js";
import { translator } from "../common/translator.js";
import { createControls } from "./controls.js";
import { createCurves } from "./curves.js";
import { createScene } from "./scene.js";
import { createTransport } from "./transport.js";
import { describeWalk } from "./words.js";

/** @typedef {ReturnType<typeof import("./engine.js").createEngine>} Engine */

/**
 * @param {Engine} engine
 * @param {{strings: Record<string, string>}} options
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createView(engine, { strings }) {
  const t = translator(strings);
  const scene = createScene(engine, t);
  const curves = createCurves(engine, t);
  const controls = createControls(engine, t);
  const transport = createTransport(engine, t, () => element);
  const said = h("p", { class: "hb-said" });
  const live = h("div", { class: "hb-sr", "aria-live": "polite" });
  const element = h("div", { class: "hipbook-explorer", role: "group", "aria-label": t("explorer.label"), tabindex: -1 },
    h("div", { class: "hb-inner" },
      scene.element, transport.element, controls.body, said, controls.assumed, curves.element,
      h("p", { class: "hb-keys" }, t("explorer.keys"))), live);

  /** @type {ReturnType<Engine["walk"]> | null} */
  let drawn = null;
  const view = {
    draw() {
      const walk = engine.walk();
      scene.draw();
      curves.draw();
      if (walk === drawn) return;
      drawn = walk;
      controls.draw();
      setText(said, describeWalk(t, engine.reference, engine.settings(), walk));
    },
    settle() {
      const words = describeWalk(t, engine.reference, engine.settings(), engine.walk());
      scene.label(t("explorer.scene", { words }));
      setText(live, words);
      curves.settle();
      transport.settle();
    },
  };

  // JupyterLab takes keys from whatever is focused (d d deletes the cell), so no key typed in here may reach it.
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("select, summary")) return;
    const inRange = target.closest("input") !== null;
    /** @type {Record<string, (() => void) | null>} */
    const acts = {
      " ": target.closest("button") ? null : () => engine.play(!engine.playing()),
      ArrowLeft: inRange ? null : () => engine.step(-1),
      ArrowRight: inRange ? null : () => engine.step(1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const stopTheme = followTheme(element);
  const unwatch = engine.watch(view);
  const watcher = new IntersectionObserver((entries) => engine.see(view, entries[entries.length - 1].isIntersecting));
  watcher.observe(element);
  document.addEventListener("fullscreenchange", transport.settle);
  view.draw();
  view.settle();
  setText(live, ""); // what stands there from the start is read as text, not announced
  return {
    element,
    close() {
      unwatch();
      stopTheme();
      watcher.disconnect();
      document.removeEventListener("fullscreenchange", transport.settle);
    },
  };
}
