// The spoken side of the cues: the browser's own voice says each sentence now or not at all, never late.
import { speechOn } from "../settings.js";

/**
 * @typedef {import("../../cues.core.js").Cue} Cue
 * @typedef {"yes" | "no_voice" | "unsupported"} Available
 */

/** Some engines swallow what is said right after a cancel. */
const AFTER_CANCEL_MS = 60;

/** "pt_BR" → "pt". @param {string} tag */
const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];

/**
 * The voice to speak a language with, or null: one that needs no network first, then the one the system prefers.
 * @param {SpeechSynthesisVoice[]} voices
 * @param {string} language
 */
export function voiceFor(voices, language) {
  const able = voices.filter((voice) => primary(voice.lang) === primary(language));
  const rank = (/** @type {SpeechSynthesisVoice} */ voice) => (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
  return able.sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

/**
 * @param {{settings: Pick<import("../settings.js").SettingsStore, "get">, language(): string,
 *   position(): string | null, synthesis?: SpeechSynthesis, Utterance?: typeof SpeechSynthesisUtterance}} options
 *   `position` is that of the stretch in hand, as the catalog names it
 */
export function createSpeech({
  settings, language, position, synthesis = globalThis.speechSynthesis, Utterance = globalThis.SpeechSynthesisUtterance,
}) {
  /** What is being said, or waits; also kept so that it is not collected before its end. @type {SpeechSynthesisUtterance | null} */
  let saying = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let unlocked = false;

  const hush = () => {
    clearTimeout(waiting);
    waiting = undefined;
    // The voice belongs to the whole page: what another panel says is not ours to cut.
    if (saying) synthesis.cancel();
    saying = null;
  };

  /** @param {string} words */
  const say = (words) => {
    const { volume } = settings.get();
    const voices = synthesis?.getVoices() ?? [];
    const voice = voiceFor(voices, language());
    // A voice of another language would read it so that nobody understands. Some browsers list none and speak.
    if (!synthesis || volume === 0 || (voices.length > 0 && !voice)) return;
    const cut = saying !== null || waiting !== undefined;
    hush();
    const utterance = new Utterance(words);
    utterance.lang = voice?.lang ?? language();
    utterance.voice = voice;
    utterance.volume = volume;
    utterance.onend = utterance.onerror = () => {
      if (saying === utterance) saying = null;
    };
    const speak = () => {
      waiting = undefined;
      saying = utterance;
      synthesis.resume(); // a pause that another page left behind would keep it silent
      synthesis.speak(utterance);
    };
    if (cut) waiting = setTimeout(speak, AFTER_CANCEL_MS);
    else speak();
  };

  return {
    plan() {},
    /** @param {Cue} _cue @param {string} words */
    due(_cue, words) {
      if (words && speechOn(settings.get(), position())) say(words);
    },
    hush,
    /** Must be called inside a click: some browsers let a page speak later only then. */
    unlock() {
      if (!synthesis || unlocked) return;
      unlocked = true;
      synthesis.speak(new Utterance(""));
    },
    /** Say something as it will sound; inside a click. @param {string} words */
    sample(words) {
      if (settings.get().speech !== false) say(words);
    },
    /** Whether this browser can say it; voices are often known only a moment later, see `onVoices`. @returns {Available} */
    available() {
      if (!synthesis || !Utterance) return "unsupported";
      return voiceFor(synthesis.getVoices(), language()) ? "yes" : "no_voice";
    },
    /** @param {() => void} listener  called when other voices are known @returns {() => void} */
    onVoices(listener) {
      synthesis?.addEventListener("voiceschanged", listener);
      return () => synthesis?.removeEventListener("voiceschanged", listener);
    },
    close: hush,
  };
}
