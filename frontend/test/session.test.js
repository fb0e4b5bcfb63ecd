// The session machine, with a fake clock: time, pauses, sides, rows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cuesBetween, cuesOfPhase, upcomingCues } from "../src/cues.core.js";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import {
  ASLEEP_MS, BACK_WINDOW_MS, elapsedMs, heldMs, isActive, LEAD_IN_MS, newSession, phaseInHand, reduce, remainingMs, totalRemainingMs,
} from "../src/session.core.js";

const { catalog } = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));
const T0 = 1_770_000_000_000;

/** A plan of one stretch: ready 4 s, hold 10 s, rest 3 s, hold, switch 4 s, hold, rest, hold. */
function shortPlan(changes = {}) {
  const choices = { ...choicesOf(catalog, "hip_flexor_half_kneeling"), ready_s: 4, switch_s: 4, rest_s: 3, ...changes };
  choices.items = choices.items.map((item) => ({ ...item, hold_s: 10, ...changes.item }));
  return compilePlan(catalog, choices);
}

/** Drives a session: `run.to(s)` ticks ten times a second until s seconds after the start. */
function drive(plan) {
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

test("a whole stretch runs to its end and leaves one done row per hold, both sides alike", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 3 + 10 + 4 + 10 + 3 + 10);
  assert.equal(run.session.status, "finished");
  assert.deepEqual(run.session.rows.map((row) => [row.row, row.heldMs, row.plannedS, row.outcome, row.attempt]), [
    [1, 10000, 10, "done", 1], [2, 10000, 10, "done", 1], [3, 10000, 10, "done", 1], [4, 10000, 10, "done", 1],
  ]);
  const sides = run.session.rows.map((row) => run.session.plan.phases[row.phaseIndex].side);
  assert.deepEqual(sides, ["left", "left", "right", "right"]);
  assert.equal(run.session.rows[0].startedMs, T0 + 4000);
  assert.equal(run.session.rows[0].endedMs, T0 + 14000);
  assert.equal(totalRemainingMs(run.session, run.now), 0);
});

test("phases end on plan even when a tick is late, and one late tick walks over all that ended", () => {
  const run = drive(shortPlan()).wait(13.9).jump(4.9);
  assert.equal(run.session.index, 3);
  assert.equal(elapsedMs(run.session, run.now), 1800);
  assert.deepEqual(run.session.rows.map((row) => row.heldMs), [10000]);
});

test("a silence of more than five seconds pauses at the moment last seen and claims nothing beyond it", () => {
  const run = drive(shortPlan()).wait(8).jump(ASLEEP_MS / 1000 + 1);
  assert.equal(run.session.status, "paused");
  assert.equal(run.session.cause, "asleep");
  assert.equal(heldMs(run.session, run.now), 4000);
  assert.equal(run.session.rows.length, 0);
});

test("a silence of exactly five seconds is no sleep", () => {
  assert.equal(drive(shortPlan()).wait(5).jump(ASLEEP_MS / 1000).session.status, "running");
});

test("a pause keeps the time left, and going on gives a lead-in first", () => {
  const run = drive(shortPlan()).wait(7).send({ type: "pause" }).wait(60);
  assert.equal(run.session.status, "paused");
  assert.equal(remainingMs(run.session, run.now), 7000);
  run.send({ type: "resume" }).wait(LEAD_IN_MS / 1000 - 0.1);
  assert.equal(run.session.status, "leading_in");
  assert.equal(remainingMs(run.session, run.now), 7000);
  run.wait(0.1 + 7);
  assert.deepEqual(run.session.rows.map((row) => [row.heldMs, row.outcome]), [[10000, "done"]]);
});

test("skipping a hold notes what was held and goes on behind it", () => {
  const run = drive(shortPlan()).wait(4 + 6).send({ type: "skip" });
  assert.deepEqual(run.session.rows.map((row) => [row.row, row.heldMs, row.outcome]), [[1, 6000, "skipped"]]);
  assert.equal(phaseInHand(run.session).kind, "rest");
});

test("skipping a rest writes nothing", () => {
  const run = drive(shortPlan()).wait(1).send({ type: "skip" });
  assert.equal(phaseInHand(run.session).kind, "hold");
  assert.equal(run.session.rows.length, 0);
});

test("back to a hold that was done makes a second attempt that voids the first", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" });
  assert.equal(run.session.status, "leading_in");
  run.wait(LEAD_IN_MS / 1000 + 10);
  assert.deepEqual(run.session.rows.map((row) => [row.row, row.attempt, row.voidsAttempt, row.outcome]), [
    [1, 1, null, "done"], [1, 2, 1, "done"],
  ]);
  assert.equal(run.session.rows[1].startedMs, T0 + 15000 + LEAD_IN_MS);
});

test("a repeat that is held for less takes nothing from what was held: both stand", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).wait(LEAD_IN_MS / 1000 + 4).send({ type: "skip" });
  assert.deepEqual(run.session.rows.map((row) => [row.attempt, row.voidsAttempt, row.heldMs]), [[1, null, 10000], [2, null, 4000]]);
});

test("a repeat that is not held at all notes nothing, unless it hurt", () => {
  const skipped = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).send({ type: "skip" });
  assert.deepEqual(skipped.session.rows.map((row) => row.heldMs), [10000]);
  const hurt = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).send({ type: "stop", reason: "knee" });
  assert.deepEqual(hurt.session.rows.map((row) => [row.heldMs, row.outcome, row.voidsAttempt]), [[10000, "done", null], [0, "stopped", null]]);
});

test("a third attempt replaces the one that stands, not one that was replaced already", () => {
  const again = (run) => run.wait(1).send({ type: "back" }).wait(LEAD_IN_MS / 1000 + 10);
  const run = again(again(drive(shortPlan()).wait(4 + 10)));
  assert.deepEqual(run.session.rows.map((row) => [row.attempt, row.voidsAttempt]), [[1, null], [2, 1], [3, 2]]);
});

test("back well inside a hold begins the same hold anew, in its first moments the one before", () => {
  const inside = drive(shortPlan()).wait(4 + BACK_WINDOW_MS / 1000 + 0.1).send({ type: "back" });
  assert.deepEqual([inside.session.index, elapsedMs(inside.session, inside.now), inside.session.rows.length], [1, 0, 0]);
  const early = drive(shortPlan()).wait(4 + 10 + 3 + 1).send({ type: "back" });
  assert.equal(early.session.index, 1);
});

test("stopping in a hold notes it as stopped with its reason; stopping in a rest notes nothing more", () => {
  const held = drive(shortPlan()).wait(9).send({ type: "stop", reason: "pinch_front_hip" });
  assert.deepEqual(held.session.rows.map((row) => [row.heldMs, row.outcome, row.reason]), [[5000, "stopped", "pinch_front_hip"]]);
  assert.equal(held.session.status, "stopped");
  const resting = drive(shortPlan()).wait(15).send({ type: "stop" });
  assert.deepEqual(resting.session.rows.map((row) => row.outcome), ["done"]);
});

test("a waiting phase lasts until the person is ready", () => {
  const run = drive(shortPlan({ wait_for_me: true }));
  assert.equal(remainingMs(run.session, run.now), null);
  run.wait(120);
  assert.equal(phaseInHand(run.session).kind, "wait");
  run.send({ type: "next" });
  assert.equal(phaseInHand(run.session).kind, "hold");
});

test("the mobilization is one row per side and set, and only pulls count as held", () => {
  const choices = { ...choicesOf(catalog, "hip_mobilization_towel"), ready_s: 0, switch_s: 0 };
  const plan = compilePlan(catalog, choices);
  const run = drive(plan).wait(plan.total_s);
  assert.equal(run.session.status, "finished");
  assert.deepEqual(run.session.rows.map((row) => [row.plannedS, row.heldMs]), [[28, 28000], [28, 28000]]);
  const skipped = drive(plan).wait(4 + 2 + 1.5).send({ type: "skip" });
  assert.deepEqual(skipped.session.rows.map((row) => [row.heldMs, row.outcome]), [[5500, "skipped"]]);
  assert.equal(phaseInHand(skipped.session).side, "right");
});

test("a clock that is set back neither adds nor takes time", () => {
  let session = reduce(newSession("s", shortPlan()), { type: "start" }, T0);
  session = reduce(session, { type: "tick" }, T0 + 5000);
  session = reduce(session, { type: "tick" }, T0 - 3_600_000);
  assert.equal(session.status, "running");
  assert.equal(elapsedMs(session, session.seenMs), 1000);
});

test("a session survives JSON in the middle of a hold", () => {
  const run = drive(shortPlan()).wait(9);
  assert.deepEqual(JSON.parse(JSON.stringify(run.session)), run.session);
});

test("events that make no sense change nothing but the time", () => {
  const idle = newSession("s", shortPlan());
  for (const type of ["pause", "resume", "next", "skip", "back", "stop"]) {
    assert.deepEqual(reduce(idle, { type }, T0), { ...idle, seenMs: T0 });
  }
});

test("any order of events: held is never negative, never more than planned or than passed, and rows stay whole", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const events = ["tick", "tick", "tick", "pause", "resume", "skip", "back", "next", "start", "stop"];
  let finished = 0;
  for (let round = 0; round < 400; round += 1) {
    let now = T0;
    let active = 0;
    let session = reduce(newSession("s", shortPlan({ wait_for_me: round % 3 === 0 })), { type: "start" }, now);
    for (let step = 0; step < 300 && isActive(session); step += 1) {
      const passed = random() < 0.02 ? random() * 20000 : random() * 1500;
      now += passed;
      if (session.status !== "paused") active += passed;
      const type = events[Math.floor(random() * (random() < 0.03 ? events.length : 9))];
      session = reduce(session, { type }, now);
      const held = session.rows.reduce((sum, row) => sum + row.heldMs, 0);
      assert.ok(heldMs(session, now) >= 0 && held <= active + 1000, "held more than passed");
    }
    for (const row of session.rows) {
      assert.ok(row.heldMs >= 0 && row.heldMs <= row.plannedS * 1000);
      assert.ok(row.outcome !== "done" || row.heldMs === row.plannedS * 1000);
      assert.ok(row.endedMs - row.startedMs + 1 >= row.heldMs);
    }
    const keys = session.rows.map((row) => `${row.row}/${row.attempt}`);
    assert.equal(new Set(keys).size, keys.length);
    finished += session.status === "finished" ? 1 : 0;
  }
  assert.ok(finished > 50, `only ${finished} rounds came to an end`);
});

test("cues: beginning, half-time, ten left, three counts, once each over a whole hold", () => {
  const hold = { ...shortPlan().phases[1], duration_s: 40 };
  assert.deepEqual(cuesOfPhase(hold, "rest").map((cue) => [cue.atMs, cue.kind]), [
    [0, "begin"], [20000, "half"], [30000, "ten_left"], [37000, "count"], [38000, "count"], [39000, "count"],
  ]);
  assert.deepEqual(cuesOfPhase({ ...hold, kind: "pull", duration_s: 4 }, "release").map((cue) => cue.kind), ["begin"]);
});

test("cues between ticks are each due exactly once, also through a lead-in", () => {
  const seen = [];
  let now = T0;
  let session = reduce(newSession("s", shortPlan()), { type: "start" }, now);
  const step = (event) => {
    const before = now;
    now += 100;
    seen.push(...cuesBetween(session, before, now).map((cue) => cue.kind));
    session = reduce(session, event, now);
  };
  while (now < T0 + 9000) step({ type: "tick" });
  step({ type: "pause" });
  while (now < T0 + 12000) step({ type: "tick" });
  step({ type: "resume" });
  while (now < T0 + 23000) step({ type: "tick" });
  assert.equal(seen.filter((kind) => kind === "count").length, 3 + 3);
  assert.equal(seen.filter((kind) => kind === "begin").length, 3);
});

test("the beginning of what comes next is announced ahead, so that sound can be scheduled", () => {
  const session = reduce(newSession("s", shortPlan()), { type: "start" }, T0);
  assert.deepEqual(upcomingCues(session, T0).at(-1), { atMs: T0 + 4000, kind: "begin", of: "hold" });
});
