// The felt side of the cues: a phone that lies near says by its rhythm what begins.
import { motifOf } from "../../states.core.js";

/** @typedef {import("../../states.core.js").Motif} Motif */

/** On, off, on … [ms]. Long is work, short is rest; a count is left to the ears. @type {Partial<Record<Motif, number[]>>} */
export const PATTERNS = {
  ready: [120],
  go: [400],
  pull: [250],
  ease: [60, 60, 60],
  switch: [120, 100, 120, 100, 400],
  rest: [80, 80, 80],
  half: [60],
  let_go: [60, 60, 60, 60, 60],
  lead_in: [120, 80, 120],
  end: [200, 120, 200, 120, 700],
  stop: [500, 150, 100],
};

/**
 * @param {{settings: Pick<import("../settings.js").SettingsStore, "get">,
 *   device?: Pick<Navigator, "vibrate" | "maxTouchPoints">}} options
 */
export function createVibration({ settings, device = globalThis.navigator }) {
  // Desktop browsers have the function and nothing that shakes.
  const available = () => typeof device?.vibrate === "function" && device.maxTouchPoints > 0;
  /** @param {number | number[]} pattern */
  const vibrate = (pattern) => {
    if (available()) device.vibrate(pattern);
  };
  return {
    plan() {},
    /** @param {import("../../cues.core.js").Cue} cue */
    due(cue) {
      const motif = motifOf(cue);
      const pattern = motif && PATTERNS[motif];
      if (pattern && settings.get().vibration) vibrate(pattern);
    },
    hush: () => vibrate(0),
    available,
  };
}
