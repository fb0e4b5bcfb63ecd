// From choices to a plan: the browser's twin of hipbook/stretching/routine.py, held to the same golden vectors.

/**
 * @typedef {{min: number, max: number, start: number | null, origin: string | null}} Range
 * @typedef {{min: number, max: number, start: number, origin: string}} Dose
 * @typedef {{name: string, pose: Record<string, any>}} Keyframe
 * @typedef {{key: string, reason: string, action: string, origin: string, substitute: string | null, see: string | null}} Felt
 * @typedef {{id: string, mode: string, pair: string | null, alternate: string | null, sensation: string,
 *   hold_s: Dose, repetitions: Dose, pull_s: number | null, release_s: number | null,
 *   steps: {key: string, origin: string}[], felt: Felt[], keyframes: Keyframe[]}} Stretch
 * @typedef {{id: string, stretches: string[], repetitions: number | null}} Routine
 * @typedef {{limits: Record<string, Range>, stretches: Stretch[], routines: Routine[]}} Catalog
 * @typedef {{stretch: string, sides: string, hold_s: number, repetitions: number}} Item
 * @typedef {{routine: string, items: Item[], first_side: string, wait_for_me: boolean,
 *   ready_s: number, switch_s: number, rest_s: number}} Choices
 * @typedef {{id: string, kind: string, stretch: string, side: string, repetition: number, of: number,
 *   cycle: number | null, cycles: number | null, duration_s: number | null, cue: string, pose: string,
 *   row: number | null}} Phase
 * @typedef {{routine: string, phases: Phase[], total_s: number}} Plan
 */

const SIDES = /** @type {Record<string, string[]>} */ ({ both: ["left", "right"], left: ["left"], right: ["right"] });
const TIMES = /** @type {const} */ (["ready_s", "switch_s", "rest_s"]);

/** A choice that cannot be planned; the message gives name, rule and value. */
export class RoutineError extends Error {}

/**
 * The choices that a ready-made routine, or a single stretch, begins with.
 * @param {Catalog} catalog
 * @param {string} id
 * @returns {Choices}
 */
export function choicesOf(catalog, id) {
  const routine = catalog.routines.find((entry) => entry.id === id);
  const ids = catalog.stretches.map((stretch) => stretch.id);
  if (!routine && !ids.includes(id)) {
    const names = [...catalog.routines.map((entry) => entry.id), ...ids].join(", ");
    throw new RoutineError(`routine must be one of ${names}, got ${id}`);
  }
  const items = (routine ? routine.stretches : [id]).map((name) => {
    const stretch = stretchOf(catalog, name);
    const repetitions = routine?.repetitions || stretch.repetitions.start;
    return { stretch: name, sides: "both", hold_s: stretch.hold_s.start, repetitions };
  });
  const start = (/** @type {string} */ name) => /** @type {number} */ (catalog.limits[name].start);
  const times = { ready_s: start("ready_s"), switch_s: start("switch_s"), rest_s: start("rest_s") };
  return { routine: id, items, first_side: "left", wait_for_me: false, ...times };
}

/**
 * The flat plan of phases that the player runs.
 * @param {Catalog} catalog
 * @param {Choices} choices
 * @returns {Plan}
 */
export function compilePlan(catalog, choices) {
  checkChoices(catalog, choices);
  /** @type {Phase[]} */
  const phases = [];
  let row = 0;
  for (const item of choices.items) {
    for (const part of stretchParts(item, choices, stretchOf(catalog, item.stretch))) {
      const counts = ["hold", "pull", "release"].includes(part.kind);
      if (part.kind === "hold" || (part.kind === "pull" && part.cycle === 1)) row += 1;
      if (part.duration_s === 0) continue;
      const id = `p${String(phases.length + 1).padStart(3, "0")}`;
      phases.push({ id, ...part, row: counts ? row : null });
    }
  }
  const total_s = phases.reduce((sum, phase) => sum + (phase.duration_s ?? 0), 0);
  return { routine: choices.routine, phases, total_s };
}

/**
 * @param {Catalog} catalog
 * @param {string} id
 */
export function stretchOf(catalog, id) {
  const found = catalog.stretches.find((stretch) => stretch.id === id);
  if (!found) throw new RoutineError(`stretch must be one of ${catalog.stretches.map((s) => s.id).join(", ")}, got ${id}`);
  return found;
}

/**
 * @param {Item} item
 * @param {Choices} choices
 * @param {Stretch} stretch
 * @returns {Generator<Omit<Phase, "id" | "row">>}
 */
function* stretchParts(item, choices, stretch) {
  const sides = choices.first_side === "right" ? [...SIDES[item.sides]].reverse() : SIDES[item.sides];
  for (const [place, side] of sides.entries()) {
    for (let repetition = 1; repetition <= item.repetitions; repetition += 1) {
      const part = (
        /** @type {string} */ kind,
        /** @type {number | null} */ duration_s,
        /** @type {string} */ pose,
        /** @type {number | null} */ cycle = null,
        /** @type {number | null} */ cycles = null,
      ) => ({ kind, stretch: stretch.id, side, repetition, of: item.repetitions, cycle, cycles, duration_s, cue: `cue.${kind}`, pose });
      const change = (/** @type {string} */ kind, /** @type {number} */ seconds) =>
        choices.wait_for_me ? part("wait", null, "ready") : part(kind, seconds, "ready");

      if (repetition > 1) yield part("rest", choices.rest_s, "ready");
      else if (place === 0) yield change("ready", choices.ready_s);
      else yield change("switch", choices.switch_s);

      if (stretch.mode === "hold") {
        yield part("hold", item.hold_s, "hold");
        continue;
      }
      const pull_s = /** @type {number} */ (stretch.pull_s);
      const release_s = /** @type {number} */ (stretch.release_s);
      // Whole cycles only: a set never ends in the middle of a pull, nor runs over what was asked.
      const cycles = Math.max(1, Math.floor(item.hold_s / (pull_s + release_s)));
      for (let cycle = 1; cycle <= cycles; cycle += 1) {
        yield part("pull", pull_s, "pull", cycle, cycles);
        yield part("release", release_s, "release", cycle, cycles);
      }
    }
  }
}

/**
 * @param {Catalog} catalog
 * @param {Choices} choices
 */
function checkChoices(catalog, choices) {
  for (const name of TIMES) wholeNumber(name, choices[name], catalog.limits[name]);
  oneOf("first_side", choices.first_side, ["left", "right"]);
  if (!choices.items?.length) throw new RoutineError("items must hold at least one stretch, got none");
  const pairs = new Map();
  for (const item of choices.items) {
    oneOf("stretch", item.stretch, catalog.stretches.map((stretch) => stretch.id));
    oneOf("sides", item.sides, Object.keys(SIDES));
    wholeNumber("hold_s", item.hold_s, catalog.limits.hold_s);
    wholeNumber("repetitions", item.repetitions, catalog.limits.repetitions);
    const pair = stretchOf(catalog, item.stretch).pair ?? item.stretch;
    if (pairs.has(pair)) {
      throw new RoutineError(`items must hold one form of each pair, got ${pairs.get(pair)} and ${item.stretch}`);
    }
    pairs.set(pair, item.stretch);
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {Range} limit
 */
function wholeNumber(name, value, limit) {
  const number = typeof value === "number" ? value : NaN;
  if (!Number.isInteger(number) || number < limit.min || number > limit.max) {
    throw new RoutineError(`${name} must be a whole number between ${limit.min} and ${limit.max}, got ${value}`);
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string[]} allowed
 */
function oneOf(name, value, allowed) {
  if (!allowed.includes(value)) throw new RoutineError(`${name} must be one of ${allowed.join(", ")}, got ${value}`);
}
