// Who looks at a session: views are told of every change, and when the last one is gone nobody is watching.

/** Without a view for this long (a re-run cell, a closed tab of the lab) nobody is watching. */
const NO_VIEW_MS = 1000;

/** @param {{onNobody(): void}} options */
export function createWatched({ onNobody }) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  return {
    isWatched: () => listeners.size > 0,
    tell: () => listeners.forEach((listener) => listener()),
    /** Returns what ends it. @param {() => void} listener */
    watch(listener) {
      listeners.add(listener);
      clearTimeout(leaving);
      return () => {
        listeners.delete(listener);
        if (!listeners.size) leaving = setTimeout(onNobody, NO_VIEW_MS);
      };
    },
    close: () => clearTimeout(leaving),
  };
}
