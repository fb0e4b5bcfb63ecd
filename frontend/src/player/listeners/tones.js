// The heard side of the cues: soft tones, scheduled ahead on the audio clock so that a busy page still sounds on time.
import { motifOf } from "../../states.core.js";

/**
 * @typedef {import("../../cues.core.js").Cue} Cue
 * @typedef {import("../../states.core.js").Motif} Motif
 * One note: pitch [Hz], begin after the cue [s], length [s], loudness 0…1.
 * @typedef {[hz: number, afterS: number, lengthS: number, loudness: number]} Note
 * @typedef {{atS: number, gain: GainNode, notes: OscillatorNode[]}} Voice
 */

/** Low, rounded pitches: shrill beeps are the complaint heard most about timers. */
const G4 = 392.0;
const C5 = 523.25;
const E5 = 659.25;
const G5 = 783.99;

/** To work rises, to rest falls. @type {Record<Motif, Note[]>} */
export const MOTIFS = {
  ready: [[G4, 0, 0.16, 0.6], [C5, 0.15, 0.4, 0.7]],
  go: [[C5, 0, 0.16, 0.8], [G5, 0.15, 0.42, 0.9]],
  pull: [[C5, 0, 0.14, 0.7], [E5, 0.12, 0.3, 0.8]],
  ease: [[E5, 0, 0.14, 0.6], [C5, 0.12, 0.3, 0.6]],
  switch: [[G5, 0, 0.16, 0.7], [E5, 0.15, 0.16, 0.7], [G5, 0.3, 0.4, 0.8]],
  rest: [[G5, 0, 0.16, 0.7], [C5, 0.15, 0.42, 0.7]],
  count: [[G4, 0, 0.12, 0.5]],
  half: [[E5, 0, 0.12, 0.45], [E5, 0.18, 0.2, 0.45]],
  let_go: [[E5, 0, 0.16, 0.6], [C5, 0.15, 0.16, 0.6], [G4, 0.3, 0.5, 0.7]],
  lead_in: [[E5, 0, 0.14, 0.5], [G5, 0.13, 0.3, 0.6]],
  end: [[G4, 0, 0.2, 0.7], [C5, 0.18, 0.2, 0.7], [E5, 0.36, 0.2, 0.8], [G5, 0.54, 0.7, 0.9]],
  stop: [[C5, 0, 0.2, 0.6], [G4, 0.2, 0.5, 0.6]],
};

/** A cue is remembered for so long after it sounded, so that it does not sound again when it is due. */
const KEPT_S = 10;
/** Three counts that a stalled page brings at once count nothing. */
const LATE_COUNT_MS = 500;

/** The same moment is planned as the beginning of the end and due as the finish: one sound. @param {Cue} cue */
const keyOf = (cue) => `${cue.atMs}:${motifOf(cue)}`;

/**
 * @param {{settings: Pick<import("../settings.js").SettingsStore, "get" | "watch">, now(): number,
 *   Context?: typeof AudioContext}} options  `now` is the session's clock [ms]
 */
export function createTones({ settings, now, Context = globalThis.AudioContext }) {
  /** @type {AudioContext | null} */
  let audio = null;
  /** @type {GainNode | null} */
  let out = null;
  /** What was handed to the audio clock, by cue. @type {Map<string, Voice>} */
  const voices = new Map();
  /** @type {Cue[]} */
  let planned = [];

  const loudness = () => (settings.get().tone ? settings.get().volume : 0);
  const unwatch = settings.watch(() => {
    if (audio && out) out.gain.setTargetAtTime(loudness(), audio.currentTime, 0.02);
  });

  /** @param {AudioContext} context @param {AudioNode} to @param {Note[]} notes @param {number} atS @returns {Voice} */
  const play = (context, to, notes, atS) => {
    const gain = context.createGain();
    gain.connect(to);
    const sounding = notes.map(([hz, afterS, lengthS, loud]) => {
      const oscillator = context.createOscillator();
      const envelope = context.createGain();
      const begins = atS + afterS;
      oscillator.type = "sine";
      oscillator.frequency.value = hz;
      envelope.gain.setValueAtTime(0, begins);
      envelope.gain.linearRampToValueAtTime(loud, begins + 0.012);
      envelope.gain.exponentialRampToValueAtTime(0.001, begins + lengthS);
      oscillator.connect(envelope).connect(gain);
      oscillator.start(begins);
      oscillator.stop(begins + lengthS + 0.02);
      return oscillator;
    });
    return { atS, gain, notes: sounding };
  };

  /** Hand a cue to the audio clock, once. @param {Cue} cue */
  const sound = (cue) => {
    const motif = motifOf(cue);
    if (!audio || !out || !motif || voices.has(keyOf(cue))) return;
    const atS = audio.currentTime + Math.max(0, (cue.atMs - now()) / 1000);
    voices.set(keyOf(cue), play(audio, out, MOTIFS[motif], atS));
  };

  const takeBack = () => {
    const at = audio?.currentTime ?? 0;
    for (const [key, voice] of voices) {
      if (voice.atS > at) for (const note of voice.notes) note.stop();
      if (voice.atS > at || voice.atS < at - KEPT_S) voices.delete(key);
    }
  };

  /** The audio clock stands still while sound is not yet, or no longer, allowed: plan anew when it goes. */
  const plan = () => {
    takeBack();
    for (const cue of planned) if (cue.atMs >= now()) sound(cue);
  };

  const unlock = () => {
    if (!Context) return; // no sound here; everything is also shown
    if (!audio) {
      audio = new Context();
      audio.onstatechange = () => audio?.state === "running" && plan();
      out = audio.createGain();
      out.gain.value = loudness();
      out.connect(audio.destination);
    }
    audio.resume().catch(() => {}); // refused outside a click; the next click asks again
  };

  const hush = () => {
    planned = [];
    takeBack();
    if (audio) for (const voice of voices.values()) voice.gain.gain.setTargetAtTime(0, audio.currentTime, 0.015);
  };

  return {
    /** Must be called inside a click: browsers allow sound only from there. */
    unlock,
    /** Replace everything that has not begun to sound. @param {Cue[]} cues */
    plan(cues) {
      planned = cues;
      plan();
    },
    /** What could not be planned sounds now. @param {Cue} cue */
    due(cue) {
      if (cue.kind !== "count" || now() - cue.atMs <= LATE_COUNT_MS) sound(cue);
    },
    hush,
    /** A short sample of what will be heard; inside a click. */
    sample() {
      unlock();
      if (audio && out) play(audio, out, MOTIFS.go, audio.currentTime + 0.02);
    },
    close() {
      unwatch();
      hush();
      audio?.close().catch(() => {});
      audio = out = null;
    },
  };
}
