// Doubles for tests: a session with a fake clock, a browser's storage.
import { readFileSync } from "node:fs";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { newSession, reduce } from "../src/session.core.js";

export const { catalog } = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));
export const T0 = 1_770_000_000_000;

/** A plan of one stretch: ready 4 s, hold 10 s, rest 3 s, hold, switch 4 s, hold, rest, hold. */
export function shortPlan(changes = {}) {
  const choices = { ...choicesOf(catalog, "hip_flexor_half_kneeling"), ready_s: 4, switch_s: 4, rest_s: 3, ...changes };
  choices.items = choices.items.map((item) => ({ ...item, hold_s: 10, ...changes.item }));
  return compilePlan(catalog, choices);
}

/** Drives a session: `run.to(s)` ticks ten times a second until s seconds after the start. */
export function drive(plan) {
  let now = T0;
  let session = reduce(newSession("s", plan), { type: "start" }, now);
  return {
    get session() {
      return session;
    },
    get now() {
      return now;
    },
    send(event) {
      session = reduce(session, event, now);
      return this;
    },
    wait(seconds) {
      const end = now + seconds * 1000;
      while (now < end) {
        now = Math.min(end, now + 100);
        session = reduce(session, { type: "tick" }, now);
      }
      return this;
    },
    jump(seconds) {
      now += seconds * 1000;
      session = reduce(session, { type: "tick" }, now);
      return this;
    },
  };
}

/** The browser's storage, as far as the player uses it: entries are own properties, as in a real one. */
export class FakeStorage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key, value) {
    this[key] = String(value);
  }
  removeItem(key) {
    delete this[key];
  }
}
