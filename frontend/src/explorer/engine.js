// One explorer: its settings, the walk they give, and one clock that moves all of its views.
import { walker } from "./walk.js";

/**
 * @typedef {import("./walk.js").Settings} Settings
 * @typedef {{draw(): void, settle(): void}} View  draw: the picture moved; settle: a choice was made
 */

export const FRAMES = 50; // "one frame on" is 2 % of a stride

/**
 * @param {{
 *   reference: any,
 *   settings: Settings,
 *   playing: boolean,
 *   save?(settings: Settings): void,
 *   requestFrame?(draw: (nowMs: number) => void): number,
 * }} options
 */
export function createEngine({ reference, settings, playing, save = () => {}, requestFrame = (draw) => requestAnimationFrame(draw) }) {
  /** @type {Map<View, boolean>} */
  const views = new Map();
  const walkFor = walker(reference);
  /** @type {ReturnType<typeof walkFor> | null} */
  let known = null;
  const walk = () => (known ??= walkFor(settings));
  let moment = 0.5; // share of the right leg's stride
  let trodden = 0; // statures of floor in the strides before this one
  let rate = 0.25;
  let lastMs = NaN;
  let requested = false;

  const seen = () => [...views.values()].some(Boolean);
  const request = () => {
    if (requested || !seen()) return;
    requested = true;
    requestFrame(frame);
  };
  /** @param {number} nowMs */
  const frame = (nowMs) => {
    requested = false;
    // After a pause or a hidden tab the walker goes on from where it was.
    const passedMs = Number.isNaN(lastMs) ? 0 : Math.min(nowMs - lastMs, 100);
    lastMs = playing ? nowMs : NaN;
    if (playing) go(moment + (passedMs / 1000 / walk().strideS) * rate);
    for (const [view, visible] of views) if (visible) view.draw();
    if (playing) request();
    if (!requested) lastMs = NaN;
  };
  /** @param {number} next */
  const go = (next) => {
    trodden += Math.floor(next) * walk().strideStatures;
    moment = wrap(next);
  };
  const settle = () => {
    for (const view of views.keys()) view.settle();
    request();
  };

  return {
    reference,
    settings: () => settings,
    walk,
    moment: () => moment,
    ground: () => trodden + walk().groundOffset(moment),
    playing: () => playing,
    rate: () => rate,
    /** @param {Partial<Settings>} part @param {{settled?: boolean}} [options] settled: the hand has let go */
    change(part, { settled = false } = {}) {
      const next = { ...settings, ...part };
      if (/** @type {(keyof Settings)[]} */ (Object.keys(part)).some((key) => next[key] !== settings[key])) {
        settings = next;
        known = null;
      }
      if (settled) {
        save(settings);
        settle();
      }
      request();
    },
    /** Settings from elsewhere: nothing is saved back. @param {Settings} next */
    hear(next) {
      this.change(next);
      settle();
    },
    /** @param {boolean} on */
    play(on) {
      playing = on;
      settle();
    },
    /** @param {number} value  share of the right leg's stride; the walker stands still there */
    goTo(value) {
      go(value);
      if (playing) this.play(false);
      request();
    },
    /** @param {number} count  frames; negative goes back */
    step(count) {
      this.goTo((Math.round(moment * FRAMES) + count) / FRAMES);
    },
    /** @param {number} value  1 is real time */
    setRate(value) {
      rate = value;
      settle();
    },
    /** @param {View} view */
    watch(view) {
      views.set(view, false);
      return () => views.delete(view);
    },
    /** @param {View} view @param {boolean} visible */
    see(view, visible) {
      if (views.has(view)) views.set(view, visible);
      request();
    },
  };
}

/** @param {number} value */
const wrap = (value) => ((value % 1) + 1) % 1;
