// Whatever happens in whatever order: what is held is true, rows stay whole, sides stay equal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heldMs, isActive, newSession, phaseInHand, reduce, restored, standingRows } from "../src/session.core.js";
import { shortPlan, T0 } from "./drive.js";

const ANY = ["tick", "tick", "tick", "tick", "pause", "resume", "skip", "back", "next", "start", "extend", "correct", "kept", "jump"];
const KIND = ["tick", "tick", "tick", "tick", "tick", "tick", "pause", "resume", "resume", "resume", "next", "start", "kept"];

/** A generator of numbers from 0 to 1, the same every time. @param {number} seed */
const chance = (seed) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;

/** One session of random events; `check` sees it after each. */
function live(random, events, ends, check) {
  let now = T0;
  let active = 0;
  let session = reduce(newSession("s", shortPlan({ wait_for_me: random() < 0.3 })), { type: "start" }, now);
  for (let step = 0; step < 1500 && isActive(session); step += 1) {
    const passed = random() < 0.02 ? random() * 20000 : random() * 1500;
    now += passed;
    if (session.status !== "paused") active += passed;
    const type = random() < ends ? ["stop", "leave"][Math.floor(random() * 2)] : events[Math.floor(random() * events.length)];
    if (type === "kept") session = restored(JSON.parse(JSON.stringify(session)));
    else session = reduce(session, eventOf(type, session, random), now);
    check(session, now, active);
  }
  return session;
}

const eventOf = (type, session, random) => ({
  type,
  index: Math.floor(random() * (session.plan.phases.length + 1)),
  seconds: 10,
  mostS: 120,
  reason: type === "pause" || random() < 0.5 ? "" : "knee",
  serial: Math.floor(random() * (session.rows.length + 1)),
  heldMs: random() * 12000,
});

test("any order of events: held is never negative, never more than planned or than passed, and rows stay whole", () => {
  const random = chance(7);
  let finished = 0;
  for (let round = 0; round < 500; round += 1) {
    const session = live(random, ANY, 0.01, (session, now, active) => {
      const held = standingRows(session).reduce((sum, row) => sum + row.heldMs, 0);
      const inHand = phaseInHand(session) ? heldMs(session, now) : 0;
      assert.ok(inHand >= 0 && held <= active + 1000, "held more than passed");
    });
    for (const row of session.rows) {
      assert.ok(row.heldMs >= 0 && row.heldMs <= row.plannedS * 1000, `${row.heldMs} of ${row.plannedS}`);
      assert.ok(row.outcome !== "done" || row.heldMs === row.plannedS * 1000);
      assert.ok(row.endedMs - row.startedMs + 1 >= row.heldMs);
      assert.ok(row.voids === null || row.voids < row.serial);
    }
    assert.deepEqual(session.rows.map((row) => row.serial), session.rows.map((_, at) => at + 1));
    const voids = session.rows.map((row) => row.voids).filter(Boolean);
    assert.equal(new Set(voids).size, voids.length, "a row was replaced twice");
    finished += session.status === "finished" ? 1 : 0;
  }
  assert.ok(finished > 50, `only ${finished} rounds came to an end`);
});

test("sides stay equal as long as nothing was skipped, left, repeated, corrected or made longer", () => {
  const random = chance(11);
  let finished = 0;
  for (let round = 0; round < 200; round += 1) {
    const session = live(random, KIND, 0, () => {});
    if (session.status !== "finished") continue;
    finished += 1;
    const held = { left: 0, right: 0 };
    for (const row of standingRows(session)) held[session.plan.phases[row.phaseIndex].side] += row.heldMs;
    assert.deepEqual(held, { left: 20000, right: 20000 });
  }
  assert.ok(finished > 50, `only ${finished} rounds came to an end`);
});
