// The seen side of the cues, for whoever cannot hear them: the panel's frame lights up, slowly enough to be safe.

/**
 * At most two flashes a second: more than three are a danger to some people.
 * The cue that ends a count comes a second after its last, so that none that matters is left out.
 */
export const APART_MS = 500;
/** How long a frame stays lit when nothing may move; the fade in flash.css lasts as long. */
export const LIT_MS = 600;

/**
 * Whether a flash may begin.
 * @param {number} lastMs  when the last one began; -Infinity before the first
 * @param {number} nowMs
 */
export const mayFlash = (lastMs, nowMs) => nowMs - lastMs >= APART_MS;

/**
 * Of one view: its element carries `data-flash` while it is lit.
 * @param {HTMLElement} element
 * @param {{settings: Pick<import("../settings.js").SettingsStore, "get">, now?: () => number}} options  `now` is a
 *   clock that is never set back [ms]
 */
export function createFlash(element, { settings, now = () => performance.now() }) {
  let lastMs = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let dark;

  const hush = () => {
    clearTimeout(dark);
    delete element.dataset.flash;
  };

  return {
    plan() {},
    /** @param {import("../../cues.core.js").Cue} cue */
    due(cue) {
      const nowMs = now();
      if (!settings.get().flash || !mayFlash(lastMs, nowMs)) return;
      lastMs = nowMs;
      hush();
      void element.offsetWidth; // two flashes that meet are two animations
      element.dataset.flash = cue.kind === "begin" ? cue.of : cue.kind;
      dark = setTimeout(hush, LIT_MS);
    },
    hush,
  };
}
