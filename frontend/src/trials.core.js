// Three trials with a phone on the thigh, hands free: level → start → settle → captured, three times, then the side is done.
//
// Every trial begins anew from a start position (on the back: knee to the chest; face down: leg flat), so that three
// trials are three movements. The machine knows no clock, no sensor and no words: events bring the time and the slope
// of the phone, and `promptOf` says what the person should hear.
import { slopeDeg, STILL_MS, steadiness, withSample } from "./inclination.core.js";

/**
 * @typedef {import("./inclination.core.js").Sample} Sample
 * @typedef {"thomas" | "prone"} Position
 * idle: nothing is measured; getting_ready: time to lie down; levelling: until the level thigh is still; starting:
 * until the leg is in the start position; settling: until the leg is still at its end; finished: all trials are there.
 * @typedef {"idle" | "getting_ready" | "levelling" | "starting" | "settling" | "finished"} Status
 * `tilted`: what should be level is not. `turned`: the phone's top does not point to the knee.
 * @typedef {"" | "tilted" | "turned"} Notice
 * @typedef {{rawDeg: number, levelDeg: number, sdDeg: number, atMs: number}} Trial
 * `sinceMs`: when the status began. `saidMs`: when the person was last told what to do. `told`: how often.
 * @typedef {{status: Status, position: Position, wanted: number, levelDeg: number | null, samples: readonly Sample[],
 *   trials: readonly Trial[], notice: Notice, sinceMs: number, saidMs: number, told: number}} Measuring
 * @typedef {{type: "begin", position: Position, wanted: number} | {type: "sample", betaDeg: number} | {type: "take"} |
 *   {type: "unseen"} | {type: "stop"}} Event
 */

/** Time to lie down after the click. */
export const READY_MS = 10_000;
/** The start position is held for so long. */
export const START_MS = 2000;
/** Who has not got there by then is told again. */
export const REMIND_MS = 15_000;
/** A thigh that lies flat does not slope more than this [°]: the phone lies on soft ground. */
export const LEVEL_DEG = 25;

/**
 * By position: from when the leg counts as in its start position, and from when as at its end [°, extension positive];
 * and beyond what only a phone that lies the wrong way round can show. Our choices.
 * @type {Record<Position, {atStart(deg: number): boolean, atEnd(deg: number): boolean, turned(deg: number): boolean}>}
 */
export const ZONES = {
  thomas: { atStart: (deg) => deg <= -45, atEnd: (deg) => deg > -40, turned: (deg) => deg >= 45 },
  prone: { atStart: (deg) => Math.abs(deg) <= 3, atEnd: (deg) => deg > 3, turned: (deg) => deg <= -6 },
};

/** @returns {Measuring} */
export const newMeasuring = () =>
  Object.freeze({
    status: "idle", position: "thomas", wanted: 0, levelDeg: null, samples: [], trials: [], notice: "",
    sinceMs: 0, saidMs: 0, told: 0,
  });

/** @param {Measuring} measuring */
export const isGoing = ({ status }) => status !== "idle" && status !== "finished";

/**
 * Degrees from the level thigh, extension positive; null before there is a level.
 * @param {Measuring} measuring
 * @param {number} rawDeg
 */
export const fromLevel = ({ position, levelDeg }, rawDeg) =>
  levelDeg === null ? null : (position === "thomas" ? levelDeg - rawDeg : rawDeg - levelDeg);

/**
 * What an event makes of it.
 * @param {Measuring} measuring
 * @param {Event} event
 * @param {number} nowMs
 * @returns {Measuring}
 */
export function reduce(measuring, event, nowMs) {
  switch (event.type) {
    case "begin":
      return isGoing(measuring) ? measuring
        : entered({ ...newMeasuring(), position: event.position, wanted: event.wanted }, "getting_ready", nowMs);
    case "sample":
      return isGoing(measuring) ? reminded(seen(measuring, event.betaDeg, nowMs), nowMs) : measuring;
    case "take":
      return isGoing(measuring) ? taken(measuring, nowMs) : measuring;
    case "unseen": // the page was hidden, and with it the sensor: what was seen before proves nothing
      return measuring.samples.length ? Object.freeze({ ...measuring, samples: [] }) : measuring;
    case "stop":
      return isGoing(measuring) ? entered({ ...measuring, notice: "" }, "idle", nowMs) : measuring;
  }
}

/** @param {Measuring} measuring @param {Status} status @param {number} nowMs @returns {Measuring} */
const entered = (measuring, status, nowMs) =>
  Object.freeze({ ...measuring, status, samples: [], sinceMs: nowMs, saidMs: nowMs, told: measuring.told + 1 });

/** Tell the person the same once more, or that something is wrong. @param {Measuring} measuring @param {number} nowMs @param {Notice} notice */
const toldAgain = (measuring, nowMs, notice) =>
  Object.freeze({ ...measuring, notice, saidMs: nowMs, told: measuring.told + 1 });

/** @param {Measuring} before @param {number} betaDeg @param {number} nowMs @returns {Measuring} */
function seen(before, betaDeg, nowMs) {
  if (before.status === "getting_ready") {
    return nowMs - before.sinceMs >= READY_MS ? entered({ ...before, notice: "" }, "levelling", nowMs) : before;
  }
  const measuring = Object.freeze({ ...before, samples: withSample(before.samples, { atMs: nowMs, deg: slopeDeg(betaDeg) }) });
  const zone = ZONES[measuring.position];
  const at = (/** @type {number} */ rawDeg) => /** @type {number} */ (fromLevel(measuring, rawDeg));
  const steady = steadiness(measuring.samples);

  if (measuring.status === "levelling") {
    return steady?.still ? levelled(measuring, steady.meanDeg, nowMs) : measuring;
  }
  if (steady?.still && zone.turned(at(steady.meanDeg))) {
    // Turned round, it needs a new level.
    return entered({ ...measuring, levelDeg: null, notice: "turned" }, "getting_ready", nowMs);
  }
  if (measuring.status === "starting") {
    return heldStart(measuring.samples, (deg) => zone.atStart(at(deg))) ? entered(measuring, "settling", nowMs) : measuring;
  }
  const there = steady?.still && zone.atEnd(at(steady.meanDeg)) && mayBe(at(steady.meanDeg));
  return there ? captured(measuring, steady, nowMs) : measuring;
}

/** @param {Measuring} measuring @param {number} meanDeg @param {number} nowMs @returns {Measuring} */
function levelled(measuring, meanDeg, nowMs) {
  if (Math.abs(meanDeg) > LEVEL_DEG) {
    return measuring.notice === "tilted" ? measuring : toldAgain(measuring, nowMs, "tilted");
  }
  return entered({ ...measuring, levelDeg: meanDeg, notice: "" }, "starting", nowMs);
}

/** @param {readonly Sample[]} samples @param {(deg: number) => boolean} isThere */
function heldStart(samples, isThere) {
  const last = /** @type {Sample} */ (samples.at(-1));
  const from = samples.findLastIndex(({ atMs }) => atMs <= last.atMs - START_MS);
  return from >= 0 && samples.slice(from).every(({ deg }) => isThere(deg));
}

/** @param {Measuring} measuring @param {{meanDeg: number, sdDeg: number}} steady @param {number} nowMs @returns {Measuring} */
function captured(measuring, { meanDeg, sdDeg }, nowMs) {
  const trial = { rawDeg: meanDeg, levelDeg: /** @type {number} */ (measuring.levelDeg), sdDeg, atMs: nowMs };
  const trials = [...measuring.trials, trial];
  return entered({ ...measuring, trials, notice: "" }, trials.length >= measuring.wanted ? "finished" : "starting", nowMs);
}

/**
 * Somebody says that it counts now, wherever the leg came from and however much it trembles: the mean of the last
 * seconds, once they are covered, is the level or the reading.
 * @param {Measuring} measuring @param {number} nowMs @returns {Measuring}
 */
function taken(measuring, nowMs) {
  if (measuring.status === "getting_ready") return entered({ ...measuring, notice: "" }, "levelling", nowMs);
  const steady = steadiness(measuring.samples);
  if (!steady) return measuring;
  if (measuring.levelDeg === null) return levelled(measuring, steady.meanDeg, nowMs);
  return mayBe(fromLevel(measuring, steady.meanDeg) ?? 0) ? captured(measuring, steady, nowMs) : measuring;
}

/** No reading is 60° from the level, see hipbook/motion/from_measurement.py; what is rounded stays below it. */
const mayBe = (/** @type {number} */ deg) => Math.abs(deg) <= 59.9;

/** @param {Measuring} measuring @param {number} nowMs @returns {Measuring} */
const reminded = (measuring, nowMs) =>
  nowMs - measuring.saidMs >= REMIND_MS ? toldAgain(measuring, nowMs, measuring.notice) : measuring;

/**
 * What the person should hear or read between two states: the key's end, or "" when nothing is new.
 * @param {Measuring} before
 * @param {Measuring} after
 */
export const promptOf = (before, after) => (after.told === before.told ? "" : after.notice || after.status);

/** How much of the time of stillness is covered, 0…1, while one waits for it. @param {Measuring} measuring */
export function stillShare({ status, samples }) {
  if (!["levelling", "settling"].includes(status) || !samples.length) return 0;
  const last = /** @type {Sample} */ (samples.at(-1));
  /** The longest end of the samples that is still. */
  for (let from = 0; from < samples.length; from += 1) {
    const degrees = samples.slice(from).map(({ deg }) => deg);
    if (Math.max(...degrees) - Math.min(...degrees) <= 1) return Math.min(1, (last.atMs - samples[from].atMs) / STILL_MS);
  }
  return 0;
}
