// What is due when: one list of cues for every listener (tone, speech, vibration, flash, words) alike.
import { LEAD_IN_MS, isGoing, phaseInHand } from "./session.core.js";

/**
 * @typedef {import("./session.core.js").Session} Session
 * @typedef {"begin" | "count" | "half" | "ten_left" | "pause" | "lead_in" | "finish" | "stop"} CueKind
 * `of` is the phase kind that begins (begin), or that comes next (count), or why it pauses (pause).
 * @typedef {{atMs: number, kind: CueKind, of: string}} Cue
 */

const COUNTED_FROM_S = 8;
const HALF_FROM_S = 20;
const TEN_LEFT_FROM_S = 25;

/**
 * Cues of one phase, as offsets from its beginning.
 * @param {import("./plan.core.js").Phase} phase
 * @param {string} nextKind  the kind of the phase that follows, or "end"
 * @returns {Cue[]}
 */
export function cuesOfPhase(phase, nextKind) {
  /** @type {Cue[]} */
  const cues = [{ atMs: 0, kind: "begin", of: phase.kind }];
  const seconds = phase.duration_s;
  if (seconds === null) return cues;
  if (phase.kind === "hold" && seconds >= HALF_FROM_S) cues.push({ atMs: seconds * 500, kind: "half", of: phase.kind });
  if (phase.kind === "hold" && seconds >= TEN_LEFT_FROM_S) {
    cues.push({ atMs: (seconds - 10) * 1000, kind: "ten_left", of: phase.kind });
  }
  if (seconds >= COUNTED_FROM_S) {
    for (const left of [3, 2, 1]) cues.push({ atMs: (seconds - left) * 1000, kind: "count", of: nextKind });
  }
  return cues.sort((a, b) => a.atMs - b.atMs);
}

/**
 * Cues still to come until the phase in hand ends, in clock time; during a lead-in its count comes first.
 * The beginning of the next phase is the last of them, so that it can be scheduled ahead.
 * @param {Session} session
 * @param {number} fromMs
 * @returns {Cue[]}
 */
export function upcomingCues(session, fromMs) {
  if (!isGoing(session)) return [];
  const phase = phaseInHand(session);
  const next = session.plan.phases[session.index + 1]?.kind ?? "end";
  const leadsIn = session.status === "leading_in";
  const beganMs = session.stampMs + (leadsIn ? LEAD_IN_MS : 0) - session.elapsedMs;
  const cues = cuesOfPhase(phase, next).map((cue) => ({ ...cue, atMs: beganMs + cue.atMs }));
  if (phase.duration_s !== null) cues.push({ atMs: beganMs + phase.duration_s * 1000, kind: "begin", of: next });
  if (leadsIn) {
    // At 3 the lead-in itself is heard.
    for (const left of [2, 1]) {
      cues.push({ atMs: session.stampMs + LEAD_IN_MS - left * 1000, kind: "count", of: phase.kind });
    }
    if (session.elapsedMs > 0) cues.push({ atMs: session.stampMs + LEAD_IN_MS, kind: "begin", of: phase.kind });
  }
  return cues.filter((cue) => cue.atMs >= fromMs).sort((a, b) => a.atMs - b.atMs);
}

/**
 * Cues due from `fromMs` on and before `toMs`, as long as the phase in hand lasts.
 * @param {Session} session
 * @param {number} fromMs
 * @param {number} toMs
 */
export const cuesBetween = (session, fromMs, toMs) =>
  upcomingCues(session, fromMs).filter((cue) => cue.atMs < toMs);

/**
 * What is due now that the session went from `before` to `after`: what it turned to, or else what the time brought.
 * @param {Session} before  as it was at `fromMs`
 * @param {Session} after  as it is at `toMs`
 * @param {number} fromMs
 * @param {number} toMs
 * @returns {Cue[]}
 */
export function dueCues(before, after, fromMs, toMs) {
  const turned = turn(before, after);
  if (turned) return [{ atMs: after.stampMs, ...turned }];
  return isGoing(after) ? cuesBetween(before, fromMs, toMs).filter((cue) => cue.kind !== "begin") : [];
}

/** @param {Session} before @param {Session} after @returns {{kind: CueKind, of: string} | null} */
function turn(before, after) {
  const changed = after.status !== before.status;
  switch (after.status) {
    case "finished":
      return changed ? { kind: "finish", of: "" } : null;
    case "stopped":
      return changed ? { kind: "stop", of: "" } : null;
    case "paused":
      return changed || after.cause !== before.cause ? { kind: "pause", of: after.cause ?? "person" } : null;
    case "leading_in":
      return changed || after.stampMs !== before.stampMs ? { kind: "lead_in", of: "" } : null;
    case "running":
      // The phase in hand may also have begun anew.
      return changed || after.index !== before.index || after.stampMs !== before.stampMs ? { kind: "begin", of: phaseInHand(after).kind } : null;
    default:
      return null;
  }
}
