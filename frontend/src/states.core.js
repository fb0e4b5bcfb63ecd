// The player's state table: what is shown, heard, spoken and written in each state. Code and docs/player.md read it.

/**
 * @typedef {"ready" | "go" | "pull" | "ease" | "switch" | "rest" | "count" | "half" | "let_go" | "lead_in" | "end" |
 *   "stop"} Motif  a short figure of tones, and a pattern of vibration
 * @typedef {"hold" | "set" | "session" | ""} Written  hold, set: a row in the log of holds when it ends, is skipped
 *   or is stopped; session: a row in the log of sessions, at once
 *
 * `of` is the phase kind while running, the cause while paused. `word` is the key of the largest word on the screen,
 * `digits` what is counted there, or shown in its place; `spoken` is the key of the sentence, of its left form where
 * it names a side.
 * @typedef {{status: string, of: string, word: string,
 *   digits: "left" | "lead_in" | "waits" | "still" | "asked" | "none", heard: Motif | "", spoken: string,
 *   written: Written}} State
 * @typedef {{kind: string, in: "hold" | "", from_s: number, heard: Motif | "", spoken: string}} Moment  `in` "": in
 *   every phase; in those that last at least `from_s`
 */

/** @type {State[]} */
export const STATES = [
  { status: "running", of: "ready", word: "phase.ready", digits: "left", heard: "ready", spoken: "say.begin.ready.left", written: "" },
  { status: "running", of: "wait", word: "phase.wait", digits: "waits", heard: "ready", spoken: "say.begin.wait.left", written: "" },
  { status: "running", of: "hold", word: "phase.hold", digits: "left", heard: "go", spoken: "say.begin.hold.left", written: "hold" },
  { status: "running", of: "pull", word: "phase.pull", digits: "left", heard: "pull", spoken: "say.begin.pull", written: "set" },
  { status: "running", of: "release", word: "phase.release", digits: "left", heard: "ease", spoken: "say.begin.release", written: "set" },
  { status: "running", of: "rest", word: "phase.rest", digits: "left", heard: "rest", spoken: "say.begin.rest", written: "" },
  { status: "running", of: "switch", word: "phase.switch", digits: "left", heard: "switch", spoken: "say.begin.switch.left", written: "" },
  { status: "leading_in", of: "", word: "phase.leading_in", digits: "lead_in", heard: "lead_in", spoken: "say.leading_in", written: "" },
  { status: "paused", of: "person", word: "phase.paused", digits: "still", heard: "let_go", spoken: "say.paused.person", written: "" },
  { status: "paused", of: "hurts", word: "hurts.title", digits: "asked", heard: "let_go", spoken: "say.paused.hurts", written: "" },
  { status: "paused", of: "asleep", word: "phase.paused", digits: "still", heard: "let_go", spoken: "say.paused.asleep", written: "" },
  { status: "paused", of: "no_view", word: "phase.paused", digits: "still", heard: "let_go", spoken: "say.paused.no_view", written: "" },
  { status: "paused", of: "left", word: "phase.paused", digits: "still", heard: "let_go", spoken: "say.paused.left", written: "" },
  { status: "finished", of: "", word: "player.finished", digits: "none", heard: "end", spoken: "say.finished", written: "session" },
  { status: "stopped", of: "", word: "player.stopped", digits: "none", heard: "stop", spoken: "say.stopped", written: "session" },
];

/** What happens inside a phase, once it is long enough. @type {Moment[]} */
export const MOMENTS = [
  { kind: "half", in: "hold", from_s: 20, heard: "half", spoken: "say.half" },
  { kind: "ten_left", in: "hold", from_s: 25, heard: "", spoken: "say.ten_left" },
  { kind: "count", in: "", from_s: 8, heard: "count", spoken: "" },
];

const STATUS_OF = /** @type {Record<string, string>} */ ({ begin: "running", pause: "paused", lead_in: "leading_in", finish: "finished", stop: "stopped" });

/**
 * What a cue sounds like; "" when it makes no sound.
 * @param {{kind: string, of: string}} cue
 * @returns {Motif | ""}
 */
export function motifOf({ kind, of }) {
  const moment = MOMENTS.find((entry) => entry.kind === kind);
  if (moment) return moment.heard;
  // The last phase ends in the end of the session, which is known, and scheduled, before it comes.
  const status = kind === "begin" && of === "end" ? "finished" : STATUS_OF[kind];
  const state = STATES.find((entry) => entry.status === status && (entry.of === "" || entry.of === of));
  return state?.heard ?? "";
}
