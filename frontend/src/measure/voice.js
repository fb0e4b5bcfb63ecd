// What is heard and felt while nobody looks: the player's voice, tones and vibration, with the words of measuring.
import { createSpeech } from "../player/listeners/speech.js";
import { createTones } from "../player/listeners/tones.js";
import { createVibration } from "../player/listeners/vibration.js";
import { tenth } from "./words.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("../trials.core.js").Measuring} Measuring
 */

/** Which of the player's figures of tones goes with a prompt. @type {Record<string, {kind: "begin" | "pause" | "lead_in" | "finish" | "stop", of: string}>} */
const SOUNDS = {
  getting_ready: { kind: "begin", of: "ready" },
  levelling: { kind: "lead_in", of: "" },
  starting: { kind: "begin", of: "rest" },
  settling: { kind: "begin", of: "hold" },
  finished: { kind: "finish", of: "" },
  tilted: { kind: "pause", of: "person" },
  turned: { kind: "pause", of: "person" },
  idle: { kind: "stop", of: "" },
};

/**
 * The sentence for a prompt: what was reached, then what comes.
 * @param {Translate} t
 * @param {string} language
 * @param {string} prompt
 * @param {Measuring} before
 * @param {Measuring} after
 * @param {{side: string, taken: number, deg: number | null}} reading  `taken`: how many there are today; `deg`: the last
 */
export function sentenceFor(t, language, prompt, before, after, { side, taken, deg }) {
  const said = [];
  if (before.levelDeg === null && after.levelDeg !== null) said.push(t("measuring.say.zero"));
  if (after.trials.length > before.trials.length && deg !== null) {
    const end = deg < 0 ? "minus" : "plus";
    said.push(t(`measuring.say.captured.${end}`, { n: taken, deg: tenth(language, Math.abs(deg)) }));
  }
  const sided = { levelling: `levelling.${side}`, starting: `starting.${after.position}`, settling: `settling.${after.position}.${side}` };
  said.push(t(`measuring.say.${/** @type {Record<string, string>} */ (sided)[prompt] ?? prompt}`));
  return said.join(" ");
}

/**
 * @param {{settings: import("../player/settings.js").SettingsStore, language(): string, now(): number}} options
 */
export function createVoice({ settings, language, now }) {
  // One lies, and the screen is on the thigh: speech is on unless it was switched off.
  const speech = createSpeech({ settings, language, position: () => "supine" });
  const tones = createTones({ settings, now });
  const vibration = createVibration({ settings });
  /** Those of the views. @type {Set<{due(cue: import("../cues.core.js").Cue, words: string): void}>} */
  const seen = new Set();
  return {
    speech,
    vibration,
    /** @param {{due(cue: import("../cues.core.js").Cue, words: string): void}} listener @returns {() => void} */
    add(listener) {
      seen.add(listener);
      return () => void seen.delete(listener);
    },
    /** Must be called inside a click. */
    unlock() {
      tones.unlock();
      speech.unlock();
    },
    /** @param {string} words */
    sample(words) {
      tones.sample();
      speech.sample(words);
    },
    /** @param {string} prompt @param {string} words */
    say(prompt, words) {
      const cue = { atMs: now(), ...SOUNDS[prompt] };
      for (const listener of [tones, vibration, speech, ...seen]) listener.due(cue, words);
    },
    close() {
      for (const listener of [tones, speech, vibration]) listener.hush();
      tones.close();
    },
  };
}
