// What is set in one explorable, shared by all of its views.

/** @typedef {Record<string, number | string>} Settings */

/** @param {Settings} start */
export function createStore(start) {
  let settings = { ...start };
  /** @type {Set<(settled: boolean) => void>} */
  const watchers = new Set();
  return {
    settings: () => settings,
    /** @param {Settings} part @param {boolean} settled the hand has let go */
    change(part, settled) {
      settings = { ...settings, ...part };
      for (const watcher of watchers) watcher(settled);
    },
    /** @param {(settled: boolean) => void} watcher */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
