// The phone's own sense of up and down: asked for inside a click, with the last value that it gave.

/**
 * off: not asked; asking: no value yet; on; none: nothing answers; denied: not allowed; unsupported: the browser has
 * none, or not on this page (it takes https).
 * @typedef {"off" | "asking" | "on" | "none" | "denied" | "unsupported"} SensorState
 */

/** A sensor that has said nothing for so long after it was asked is none. */
const ANSWERS_MS = 3000;

/** @param {{onState(): void, page?: Window & typeof globalThis}} options */
export function createSensor({ onState, page = window }) {
  const Kind = /** @type {(typeof DeviceOrientationEvent & {requestPermission?(): Promise<string>}) | undefined} */ (page.DeviceOrientationEvent);
  /** @type {SensorState} */
  let state = Kind && page.isSecureContext ? "off" : "unsupported";
  /** @type {number | null} */
  let beta = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  /** @param {SensorState} next */
  const become = (next) => {
    if (next === state) return;
    state = next;
    onState();
  };
  /** @param {DeviceOrientationEvent} event */
  const hear = (event) => {
    if (event.beta === null || !Number.isFinite(event.beta)) return; // a computer without a sensor says so once
    beta = event.beta;
    clearTimeout(waiting);
    become("on");
  };
  const rest = () => {
    clearTimeout(waiting);
    page.removeEventListener("deviceorientation", hear);
    beta = null;
  };

  return {
    state: () => state,
    /** The last slope of the long edge against the level, as the browser gives it [°]. */
    beta: () => beta,
    /** Must be called inside a click: some browsers ask the person then. */
    async start() {
      if (!Kind || state === "unsupported" || state === "on" || state === "asking") return;
      become("asking");
      const allowed = Kind.requestPermission ? await Kind.requestPermission().catch(() => "denied") : "granted";
      if (/** @type {SensorState} */ (state) !== "asking") return; // stopped meanwhile
      if (allowed !== "granted") return become("denied");
      page.addEventListener("deviceorientation", hear);
      waiting = setTimeout(() => {
        rest();
        become("none");
      }, ANSWERS_MS);
    },
    stop() {
      rest();
      if (state === "on" || state === "asking") become("off");
    },
  };
}
