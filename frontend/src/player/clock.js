// Ticks that a hidden tab does not throttle: page timers sink to one a minute there, a Worker's do not.

/**
 * `aim` adds one tick after so many milliseconds, at the moment when something is due; null takes the aim back.
 * @typedef {{stop(): void, aim(ms: number | null): void}} Ticks
 */

const TICK_MS = 100;

/** In the Worker: a steady beat, and one more timer, set by the page. */
const SOURCE = `
let aimed;
setInterval(() => postMessage(0), ${TICK_MS});
onmessage = ({ data }) => {
  clearTimeout(aimed);
  if (data !== null) aimed = setTimeout(() => postMessage(0), data);
};`;

/**
 * Start ticking: every tenth of a second, and when the aim is reached.
 * @param {() => void} onTick
 * @returns {Ticks}
 */
export function startTicks(onTick) {
  try {
    const address = URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" }));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    /** @type {Ticks} */
    let ticks = { stop: () => worker.terminate(), aim: (ms) => worker.postMessage(wholeMs(ms)) };
    worker.onmessage = onTick;
    // A page whose security policy forbids the Worker says so only here.
    worker.onerror = () => {
      ticks.stop();
      ticks = pageTicks(onTick);
    };
    return { stop: () => ticks.stop(), aim: (ms) => ticks.aim(ms) };
  } catch {
    return pageTicks(onTick);
  }
}

/** A timer that rings a part of a millisecond early would find nothing due. @param {number | null} ms */
const wholeMs = (ms) => (ms === null ? null : Math.max(0, Math.ceil(ms)));

/** @param {() => void} onTick @returns {Ticks} */
function pageTicks(onTick) {
  const beat = setInterval(onTick, TICK_MS);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let aimed;
  return {
    stop() {
      clearInterval(beat);
      clearTimeout(aimed);
    },
    aim(ms) {
      clearTimeout(aimed);
      const whole = wholeMs(ms);
      if (whole !== null) aimed = setTimeout(onTick, whole);
    },
  };
}
