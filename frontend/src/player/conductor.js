// From the session to whoever tells of it: one cue list for tone, speech, vibration, and each view's flash and words.
import { dueCues, upcomingCues } from "../cues.core.js";
import { isGoing, phaseInHand } from "../session.core.js";
import { createSpeech } from "./listeners/speech.js";
import { createTones } from "./listeners/tones.js";
import { createVibration } from "./listeners/vibration.js";
import { createWakeLock } from "./wake.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../cues.core.js").Cue} Cue
 * @typedef {{plan(cues: Cue[]): void, due(cue: Cue, words: string): void, hush(): void}} Listener
 */

/**
 * @param {{settings: import("./settings.js").SettingsStore, now(): number, language(): string, session(): Session,
 *   positionOf(stretch: string): string | null, wordsOf(cue: Cue, session: Session): string,
 *   onWake(state: import("./wake.js").WakeState): void}} options
 */
export function createConductor({ settings, now, language, session, positionOf, wordsOf, onWake }) {
  /** At the end it is still that of the last stretch: the person lies there. */
  const position = () => positionOf((phaseInHand(session()) ?? session().plan.phases.at(-1))?.stretch ?? "");
  const tones = createTones({ settings, now });
  const speech = createSpeech({ settings, language, position });
  const vibration = createVibration({ settings });
  const wake = createWakeLock({ onState: onWake });
  /** @type {Set<Listener>} */
  const listeners = new Set([tones, speech, vibration]);
  let toldMs = now();

  return {
    speech,
    vibration,
    /** Ask the browser for sound and voice; call it inside a click. */
    unlock() {
      tones.unlock();
      speech.unlock();
    },
    /** The session went from one state to another: plan what is to come, tell what is due. @param {Session} before @param {Session} after */
    follow(before, after) {
      const at = now();
      const moved = before.plan !== after.plan || ["status", "index", "stampMs"].some((key) => before[/** @type {"index"} */ (key)] !== after[/** @type {"index"} */ (key)]);
      if (moved) for (const listener of listeners) listener.plan(upcomingCues(after, at));
      for (const cue of dueCues(before, after, toldMs, at)) {
        for (const listener of listeners) listener.due(cue, wordsOf(cue, after));
      }
      toldMs = at;
      wake.want(isGoing(after));
    },
    /** @param {string} words  what speech says */
    sample(words) {
      tones.sample();
      speech.sample(words);
    },
    /** A view's own listeners. @param {Listener} listener @returns {() => void} */
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hush() {
      for (const listener of listeners) listener.hush();
    },
    close() {
      tones.close();
      speech.close();
      vibration.hush();
      wake.close();
    },
  };
}
