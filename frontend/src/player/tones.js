// The heard side of the cues: soft tones, scheduled ahead on the audio clock so that a busy page still sounds on time.

/**
 * @typedef {import("../cues.core.js").Cue} Cue
 * One note: pitch [Hz], begin after the cue [s], length [s], loudness 0…1.
 * @typedef {[hz: number, afterS: number, lengthS: number, loudness: number]} Note
 */

/** Low, rounded pitches: shrill beeps are the complaint heard most about timers. */
const C5 = 523.25;
const E5 = 659.25;
const G5 = 783.99;
const G4 = 392.0;

/** @type {Record<string, Note[]>} */
const NOTES = {
  "begin:hold": [[C5, 0, 0.16, 0.8], [G5, 0.15, 0.42, 0.9]],
  "begin:pull": [[C5, 0, 0.14, 0.7], [E5, 0.12, 0.3, 0.8]],
  "begin:release": [[E5, 0, 0.14, 0.6], [C5, 0.12, 0.3, 0.6]],
  "begin:rest": [[G5, 0, 0.16, 0.7], [C5, 0.15, 0.42, 0.7]],
  "begin:switch": [[G5, 0, 0.16, 0.7], [E5, 0.15, 0.16, 0.7], [G5, 0.3, 0.4, 0.8]],
  "begin:ready": [[G4, 0, 0.16, 0.6], [C5, 0.15, 0.4, 0.7]],
  "begin:wait": [[G4, 0, 0.16, 0.6], [C5, 0.15, 0.4, 0.7]],
  "begin:end": [[G4, 0, 0.2, 0.7], [C5, 0.18, 0.2, 0.7], [E5, 0.36, 0.2, 0.8], [G5, 0.54, 0.7, 0.9]],
  count: [[G4, 0, 0.12, 0.5]],
  half: [[E5, 0, 0.12, 0.45], [E5, 0.18, 0.2, 0.45]],
};

/** A cue that began this recently is remembered, so that it is not sounded twice. */
const KEPT_S = 1;

/** @param {Cue} cue */
const notesOf = (cue) => NOTES[cue.kind === "begin" ? `begin:${cue.of}` : cue.kind] ?? [];

/**
 * @param {() => number} now  the session's clock [ms]
 */
export function createTones(now) {
  /** @type {AudioContext | null} */
  let audio = null;
  /** @type {GainNode | null} */
  let out = null;
  /** What was handed to the audio clock, by cue. @type {Map<string, {atS: number, notes: OscillatorNode[]}>} */
  const scheduled = new Map();
  let volume = 0.6;

  /** Take back what has not begun to sound; a cue that sounds already may end. */
  const silence = () => {
    for (const [key, cue] of scheduled) {
      if (cue.atS > (audio?.currentTime ?? 0)) for (const note of cue.notes) note.stop();
      else if (cue.atS > (audio?.currentTime ?? 0) - KEPT_S) continue;
      scheduled.delete(key);
    }
  };

  /** @param {Note} note @param {number} atS @param {AudioContext} audio @param {GainNode} out */
  const play = ([hz, afterS, lengthS, loudness], atS, audio, out) => {
    const oscillator = audio.createOscillator();
    const envelope = audio.createGain();
    const begins = atS + afterS;
    oscillator.type = "sine";
    oscillator.frequency.value = hz;
    envelope.gain.setValueAtTime(0, begins);
    envelope.gain.linearRampToValueAtTime(loudness, begins + 0.012);
    envelope.gain.exponentialRampToValueAtTime(0.001, begins + lengthS);
    oscillator.connect(envelope).connect(out);
    oscillator.start(begins);
    oscillator.stop(begins + lengthS + 0.02);
    return oscillator;
  };

  return {
    /** Must be called inside a click: browsers allow sound only from there. */
    unlock() {
      if (typeof AudioContext === "undefined") return; // no sound here; everything is also shown
      audio ??= new AudioContext();
      out ??= new GainNode(audio, { gain: volume });
      out.connect(audio.destination);
      void audio.resume();
    },
    /** @param {number} value  0…1; 0 is silent */
    setVolume(value) {
      volume = value;
      if (out && audio) out.gain.setTargetAtTime(value, audio.currentTime, 0.02);
    },
    /** Replace everything scheduled by these cues. @param {Cue[]} cues */
    schedule(cues) {
      silence();
      if (!audio || !out) return;
      for (const cue of cues) {
        const key = `${cue.atMs}:${cue.kind}:${cue.of}`;
        if (scheduled.has(key)) continue;
        const atS = audio.currentTime + Math.max(0, (cue.atMs - now()) / 1000);
        const [context, gain] = [audio, out];
        scheduled.set(key, { atS, notes: notesOf(cue).map((note) => play(note, atS, context, gain)) });
      }
    },
    /** A short sample of what will be heard. */
    sample() {
      this.unlock();
      if (audio && out) for (const note of NOTES["begin:hold"]) play(note, audio.currentTime + 0.02, audio, out);
    },
    silence,
  };
}
