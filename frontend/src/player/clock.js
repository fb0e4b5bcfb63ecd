// Ticks that a hidden tab does not throttle: page timers sink to one a minute there, a Worker's do not.

const TICK_MS = 100;
const SOURCE = `setInterval(() => postMessage(0), ${TICK_MS});`;

/**
 * Start ticking; the returned function ends it.
 * @param {() => void} onTick
 * @returns {() => void}
 */
export function startTicks(onTick) {
  try {
    const address = URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" }));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = onTick;
    // A page whose security policy forbids the Worker says so only here.
    worker.onerror = () => {
      stop();
      stop = pageTicks(onTick);
    };
    let stop = () => worker.terminate();
    return () => stop();
  } catch {
    return pageTicks(onTick);
  }
}

/** @param {() => void} onTick */
function pageTicks(onTick) {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}
