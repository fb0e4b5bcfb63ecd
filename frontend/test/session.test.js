// The session machine, with a fake clock: time, pauses, sides, rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import {
  ASLEEP_MS, BACK_WINDOW_MS, elapsedMs, heldMs, isActive, LEAD_IN_MS, newSession, phaseInHand, reduce, remainingMs, totalRemainingMs,
} from "../src/session.core.js";
import { catalog, drive, shortPlan, T0 } from "./drive.js";

test("a whole stretch runs to its end and leaves one done row per hold, both sides alike", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 3 + 10 + 4 + 10 + 3 + 10);
  assert.equal(run.session.status, "finished");
  assert.deepEqual(run.session.rows.map((row) => [row.row, row.heldMs, row.plannedS, row.outcome, row.serial]), [
    [1, 10000, 10, "done", 1], [2, 10000, 10, "done", 2], [3, 10000, 10, "done", 3], [4, 10000, 10, "done", 4],
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

test("back to a hold that was done makes a second row that voids the first", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" });
  assert.equal(run.session.status, "leading_in");
  run.wait(LEAD_IN_MS / 1000 + 10);
  assert.deepEqual(run.session.rows.map((row) => [row.row, row.serial, row.voids, row.outcome]), [
    [1, 1, null, "done"], [1, 2, 1, "done"],
  ]);
  assert.equal(run.session.rows[1].startedMs, T0 + 15000 + LEAD_IN_MS);
});

test("a repeat that is held for less takes nothing from what was held: both stand", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).wait(LEAD_IN_MS / 1000 + 4).send({ type: "skip" });
  assert.deepEqual(run.session.rows.map((row) => [row.serial, row.voids, row.heldMs]), [[1, null, 10000], [2, null, 4000]]);
});

test("a repeat that is not held at all notes nothing, unless it hurt", () => {
  const skipped = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).wait(LEAD_IN_MS / 1000).send({ type: "skip" });
  assert.deepEqual(skipped.session.rows.map((row) => row.heldMs), [10000]);
  const hurt = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).send({ type: "stop", reason: "knee" });
  assert.deepEqual(hurt.session.rows.map((row) => [row.heldMs, row.outcome, row.voids]), [[10000, "done", null], [0, "stopped", null]]);
});

test("a third row replaces the one that stands, not one that was replaced already", () => {
  const again = (run) => run.wait(1).send({ type: "back" }).wait(LEAD_IN_MS / 1000 + 10);
  const run = again(again(drive(shortPlan()).wait(4 + 10)));
  assert.deepEqual(run.session.rows.map((row) => [row.serial, row.voids]), [[1, null], [2, 1], [3, 2]]);
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
  for (const type of ["pause", "resume", "next", "skip", "back", "stop", "jump", "extend", "leave", "correct"]) {
    assert.deepEqual(reduce(idle, { type, index: 1, seconds: 10, mostS: 120, reason: "knee", serial: 1, heldMs: 0 }, T0), { ...idle, seenMs: T0 });
  }
});
