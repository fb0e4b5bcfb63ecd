// What a person chose in this browser: language, sound, speech, vibration, flash. It follows to other tabs and days.

/**
 * `language` null: as the notebook says. `speech` null: while lying down, when the screen is out of sight.
 * @typedef {{language: string | null, volume: number, tone: boolean, speech: boolean | null, vibration: boolean,
 *   flash: boolean, keep_reasons: boolean}} Settings
 * @typedef {ReturnType<typeof createSettings>} SettingsStore
 */

/** @type {Settings} */
const DEFAULTS = { language: null, volume: 0.6, tone: true, speech: null, vibration: true, flash: false, keep_reasons: false };

/** The panels of a page are modules of their own: they hear of each other's choices by this event. */
const EVENT = "hipbook-settings";

const isBoolean = (/** @type {unknown} */ value) => typeof value === "boolean";

/** What each may be; anything else that is found in the storage is not believed. @type {Record<keyof Settings, (value: any) => boolean>} */
const VALID = {
  language: (value) => value === null || (typeof value === "string" && /^[a-z]{2,3}(-\w{2,8})*$/i.test(value)),
  volume: (value) => typeof value === "number" && value >= 0 && value <= 1,
  tone: isBoolean,
  speech: (value) => value === null || isBoolean(value),
  vibration: isBoolean,
  flash: isBoolean,
  keep_reasons: isBoolean,
};

/** @param {Settings} base @param {Record<string, unknown>} part @returns {Settings} */
function withValid(base, part) {
  const valid = Object.entries(VALID).filter(([name, isValid]) => isValid(part[name]));
  return Object.freeze({ ...base, ...Object.fromEntries(valid.map(([name]) => [name, part[name]])) });
}

/**
 * Whether to speak in a stretch.
 * @param {Settings} settings
 * @param {string | null} position  of the stretch, as the catalog names it
 */
export const speechOn = (settings, position) => settings.speech ?? position === "supine";

/**
 * @param {{storage: Storage | null, workspaceId: string, events?: EventTarget}} options  `events` tells what other
 *   tabs have stored: the window
 */
export function createSettings({ storage, workspaceId, events = globalThis.window }) {
  const key = `hipbook:${workspaceId}:settings`;
  /** @type {Set<(settings: Settings) => void>} */
  const watchers = new Set();

  /** @returns {Settings} */
  const read = () => {
    try {
      return withValid(DEFAULTS, JSON.parse(storage?.getItem(key) ?? "{}"));
    } catch {
      return withValid(DEFAULTS, {}); // no storage allowed, or not ours: as if nothing had been chosen
    }
  };

  let settings = read();
  const tell = () => watchers.forEach((watcher) => watcher(settings));

  /** @param {Event} event */
  const agree = (event) => {
    const { key: theirs, chosen } = /** @type {any} */ (event);
    if (theirs !== key || chosen === settings) return;
    settings = chosen;
    tell();
  };
  /** @param {Event} event */
  const follow = (event) => {
    const changed = /** @type {StorageEvent} */ (event).key;
    if (changed !== key && changed !== null) return; // null: all was cleared
    settings = read();
    tell();
  };
  events?.addEventListener("storage", follow);
  events?.addEventListener(EVENT, agree);

  return {
    /** @returns {Settings} */
    get: () => settings,
    /** Take over what is valid of it. @param {Partial<Settings>} part */
    set(part) {
      settings = withValid(settings, part);
      try {
        storage?.setItem(key, JSON.stringify(settings));
      } catch {
        // Full or forbidden: the choice holds until the page goes.
      }
      tell();
      events?.dispatchEvent(Object.assign(new Event(EVENT), { key, chosen: settings }));
    },
    /** @param {(settings: Settings) => void} watcher @returns {() => void} */
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    close() {
      events?.removeEventListener("storage", follow);
      events?.removeEventListener(EVENT, agree);
    },
  };
}
