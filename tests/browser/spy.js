// Runs in the page before the player: a clock that only we move on, and a record of what sounds and is spoken.
(() => {
  const STEP_MS = 3000; // longer, and the player would think that the machine had slept
  const LOST_MS = 10_000;
  const FIGURE_MS = 600; // by then all notes of the longest figure of tones have begun
  let nowMs = Date.now();
  Date.now = () => nowMs;

  let ticked = () => {};
  const PageWorker = globalThis.Worker;
  globalThis.Worker = class extends PageWorker {
    constructor(...about) {
      super(...about);
      // Whoever waits now: a tick that came before the clock was moved on has not seen that.
      this.addEventListener("message", () => setTimeout(ticked));
    }
  };

  let notes = [];
  const create = BaseAudioContext.prototype.createOscillator;
  BaseAudioContext.prototype.createOscillator = function () {
    const oscillator = create.call(this);
    const { start, stop } = oscillator;
    const note = { hz: 0, atMs: Infinity, takenBack: false };
    oscillator.start = (atS) => {
      Object.assign(note, { hz: oscillator.frequency.value, atMs: Date.now() + (atS - this.currentTime) * 1000 });
      notes.push(note);
      start.call(oscillator, atS);
    };
    oscillator.stop = (atS) => {
      note.takenBack ||= atS === undefined;
      stop.call(oscillator, atS);
    };
    return oscillator;
  };

  let said = [];
  const voices = ["en-GB", "de-DE", "es-ES", "fr-FR"].map((lang) => ({ lang, name: lang, voiceURI: lang, localService: true, default: lang === "en-GB" }));
  globalThis.SpeechSynthesisUtterance = class {
    constructor(/** @type {string} */ text) {
      this.text = text;
    }
  };
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak(utterance) {
      if (utterance.text) said.push({ words: utterance.text, voice: utterance.voice.lang, lang: utterance.lang });
      setTimeout(() => utterance.onend?.());
    },
    cancel() {},
    resume() {},
  });
  Object.defineProperty(globalThis, "speechSynthesis", { value: synthesis });

  globalThis.spy = {
    /** Move the clock on, while the player runs and ticks. */
    async pass(seconds) {
      for (let leftMs = seconds * 1000; leftMs > 0; leftMs -= STEP_MS) {
        nowMs += Math.min(leftMs, STEP_MS);
        await new Promise((resolve, reject) => {
          ticked = resolve;
          setTimeout(reject, LOST_MS, new Error("the player does not tick: it stands still"));
        });
      }
    },
    /** Move the clock on at once, as a lid that was closed does. */
    sleep: (seconds) => void (nowMs += seconds * 1000),
    forget() {
      notes = [];
      said = [];
    },
    /** Pitches [Hz] of the first figure of tones, in order. */
    heard() {
      const sounding = notes.filter(({ takenBack }) => !takenBack).sort((a, b) => a.atMs - b.atMs);
      return sounding.filter(({ atMs }) => atMs < sounding[0].atMs + FIGURE_MS).map(({ hz }) => hz);
    },
    said: () => said,
  };
})();
