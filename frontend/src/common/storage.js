// The browser's storage, or null where it is forbidden.

/** @param {"localStorage" | "sessionStorage"} name */
export function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}
