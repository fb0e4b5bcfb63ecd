// In the page that bench/timing.py measures: when each phase is shown, when its tone is due, what page timers do.

/** Steady, unlike Date: nobody sets this clock in between. */
const steadyMs = () => performance.timeOrigin + performance.now();

/** How far the system's clock, which the player keeps to, is from the steady one; it counts whole milliseconds. */
const clockOffsetMs = () => Math.min(...Array.from({ length: 200 }, () => Date.now() - steadyMs())) + 1;

/** @typedef {{atS: number, context: BaseAudioContext, taken: boolean}} Tone */
/** Everything that was handed to the audio clock. @type {Map<AudioScheduledSourceNode, Tone>} */
const tones = new Map();
const { start, stop } = AudioScheduledSourceNode.prototype;
AudioScheduledSourceNode.prototype.start = function (atS = 0) {
  tones.set(this, { atS, context: this.context, taken: false });
  start.call(this, atS);
};
AudioScheduledSourceNode.prototype.stop = function (atS = 0) {
  const tone = tones.get(this);
  if (tone && atS < tone.atS && this.context.currentTime < tone.atS) tone.taken = true;
  stop.call(this, atS);
};

/** When, on the steady clock, the tones around now sound, as the audio clock goes at this moment. */
function tonesAroundNow() {
  const found = [];
  for (const { atS, context, taken } of tones.values()) {
    const inS = atS - context.currentTime;
    if (!taken && context.state === "running" && Math.abs(inS) < 2) found.push(steadyMs() + inS * 1000);
  }
  return found;
}

/** @param {Element} root @param {() => string} word @param {() => unknown} extra */
function watchWord(root, word, extra) {
  const shown = [];
  let last = word();
  const look = () => {
    if (word() === last) return;
    last = word();
    shown.push({ word: last, atMs: steadyMs(), ...extra() });
  };
  new MutationObserver(look).observe(root, { childList: true, characterData: true, subtree: true });
  return shown;
}

/** The moment when the player itself began, as it keeps it. */
function keptStartMs() {
  const name = Object.keys(localStorage).find((key) => /^hipbook:.*:session:/.test(key));
  return name ? JSON.parse(localStorage.getItem(name)).startedMs - clockOffsetMs() : null;
}

function watchTiming() {
  const ours = document.querySelector(".hipbook-player");
  const theirs = document.querySelector(".bench-rival");
  const label = theirs.querySelector(".widget-html-content");
  const ourWord = () => (ours.dataset.panel === "run" ? ours.querySelector(".hb-word").textContent : ours.dataset.panel);
  const watched = {
    ours: watchWord(ours, ourWord, () => ({ tonesMs: tonesAroundNow(), startMs: keptStartMs() })),
    theirs: watchWord(theirs, () => label.textContent.split(":")[0], () => ({})),
    visibility: [{ state: document.visibilityState, atMs: steadyMs() }],
    timerGaps: [],
    clockOffsetMs: [clockOffsetMs()],
  };
  document.addEventListener("visibilitychange", () => watched.visibility.push({ state: document.visibilityState, atMs: steadyMs() }));
  let lastMs = steadyMs();
  const noteGap = () => {
    watched.timerGaps.push({ fromMs: lastMs, lengthMs: steadyMs() - lastMs });
    lastMs = steadyMs();
  };
  setInterval(noteGap, 1000);
  return {
    /** Whether both have shown so many changes. @param {number} n */
    done: (n) => watched.ours.length >= n && watched.theirs.length >= n,
    /** What was seen since it was last taken. */
    take() {
      noteGap();
      watched.clockOffsetMs.push(clockOffsetMs());
      const taken = structuredClone(watched);
      for (const seen of [watched.ours, watched.theirs, watched.timerGaps]) seen.length = 0;
      return taken;
    },
  };
}
