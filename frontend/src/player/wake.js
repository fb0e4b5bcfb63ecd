// The screen stays on while somebody follows it: a wake lock, taken again whenever the page comes back.

/**
 * @typedef {"off" | "on" | "refused" | "unsupported"} WakeState
 * @typedef {{released: boolean, release(): Promise<void>, addEventListener(type: "release", listener: () => void): void}} Lock
 */

/**
 * @param {{onState(state: WakeState): void, wakeLock?: {request(type: "screen"): Promise<Lock>}, page?: Document}} options
 */
export function createWakeLock({ onState, wakeLock = globalThis.navigator?.wakeLock, page = globalThis.document }) {
  let wanted = false;
  let refused = false;
  let settling = false;
  /** @type {Lock | null} */
  let lock = null;
  /** @type {WakeState} */
  let told = "off";

  const tell = () => {
    const state = lock ? "on" : !wanted ? "off" : !wakeLock ? "unsupported" : refused ? "refused" : "off";
    if (state !== told) onState((told = state));
  };
  const isVisible = () => page.visibilityState === "visible";

  const take = async () => {
    try {
      const taken = await /** @type {NonNullable<typeof wakeLock>} */ (wakeLock).request("screen");
      lock = taken.released ? null : taken;
      taken.addEventListener("release", () => {
        if (lock !== taken) return; // given back by us
        lock = null;
        refused = isVisible(); // a hidden page loses it as a rule and gets it again; a visible one was refused it
        tell();
      });
    } catch {
      refused = isVisible();
    }
  };

  const giveBack = async (/** @type {Lock} */ held) => {
    lock = null;
    await held.release().catch(() => {}); // it is gone already: as wished
  };

  /** Bring what is held in line with what is wanted; one at a time, whatever changes while a promise is open. */
  const settle = async () => {
    if (settling) return;
    settling = true;
    for (;;) {
      if (lock && !wanted) await giveBack(lock);
      else if (wakeLock && wanted && !lock && !refused && isVisible()) await take();
      else break;
    }
    settling = false;
    tell();
  };

  const again = () => {
    refused = false;
    void settle();
  };
  page?.addEventListener("visibilitychange", again);

  return {
    /** @param {boolean} on */
    want(on) {
      if (on && !wanted) refused = false;
      wanted = on;
      void settle();
    },
    close() {
      page?.removeEventListener("visibilitychange", again);
      wanted = false;
      void settle();
    },
  };
}
