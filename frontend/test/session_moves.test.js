// What a person asks of a session: jump, more time, leave a stretch, correct a hold, take up where it was left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { elapsedMs, outcomeOf, phaseInHand, plannedS, reduce, remainingMs, restored, standingRows, totalRemainingMs } from "../src/session.core.js";
import { heldBySide } from "../src/substitute.core.js";
import { catalog, drive, shortPlan } from "./drive.js";

const rows = (session) => session.rows.map((row) => [row.row, row.heldMs, row.outcome, row.reason]);

/** Both kinds with a hold and the mobilization, short: [ready, hold, switch, hold] twice, then cycles. */
function fullPlan() {
  const choices = { ...choicesOf(catalog, "five_minutes"), ready_s: 4, switch_s: 4 };
  choices.items = choices.items.map((item) => ({ ...item, hold_s: 10 }));
  return compilePlan(catalog, choices);
}

const inHand = ({ session }) => [session.status, session.index, phaseInHand(session).kind, phaseInHand(session).side];

test("jumping ahead notes what was in hand and what was passed as skipped", () => {
  const run = drive(shortPlan()).wait(4 + 6).send({ type: "jump", index: 5 });
  assert.deepEqual(rows(run.session), [[1, 6000, "skipped", ""], [2, 0, "skipped", ""]]);
  run.wait(4 + 10);
  assert.deepEqual(rows(run.session).at(-1), [3, 10000, "done", ""]);
});

test("jumping back notes nothing, and what is then held replaces what was skipped", () => {
  const run = drive(shortPlan()).wait(4).send({ type: "jump", index: 5 }).send({ type: "jump", index: 1 }).wait(4 + 10);
  assert.deepEqual(standingRows(run.session).map((row) => [row.row, row.outcome]), [[2, "skipped"], [1, "done"]]);
});

test("a jump to a hold in the same position leads in; in another it gives the time to change, without a lead-in", () => {
  assert.deepEqual(inHand(drive(shortPlan()).wait(4 + 6).send({ type: "jump", index: 3 })), ["leading_in", 3, "hold", "left"]);
  const changing = drive(shortPlan()).wait(4 + 6).send({ type: "jump", index: 5 });
  assert.deepEqual(inHand(changing), ["running", 4, "switch", "right"]);
  assert.equal(remainingMs(changing.session, changing.now), 4000);
  assert.deepEqual(inHand(changing.wait(4)), ["running", 5, "hold", "right"]);
  assert.deepEqual(inHand(drive(fullPlan()).wait(4 + 6).send({ type: "jump", index: 5 })), ["running", 4, "ready", "left"]);
  const other = drive(fullPlan()).wait(4 + 6).send({ type: "jump", index: 7 });
  assert.deepEqual([...inHand(other), phaseInHand(other.session).cue], ["running", 6, "ready", "right", "cue.ready"]);
});

test("where no time to change was asked for, a jump to the other side still leads in", () => {
  const run = drive(shortPlan({ switch_s: 0 })).wait(4 + 6).send({ type: "jump", index: 4 });
  assert.deepEqual(inHand(run), ["leading_in", 4, "hold", "right"]);
});

test("a rest is no time to change position: a jump to behind it makes it one, or waits where the person wants that", () => {
  const run = drive(shortPlan()).wait(4 + 6).send({ type: "jump", index: 7 });
  assert.deepEqual(inHand(run), ["running", 6, "switch", "right"]);
  const { phases, total_s } = run.session.plan;
  assert.deepEqual([phases[6].id, phases[6].repetition, phases[6].duration_s], ["p007", 2, 4]);
  assert.equal(total_s, phases.reduce((sum, phase) => sum + phase.duration_s, 0));
  const waits = drive(shortPlan({ wait_for_me: true })).send({ type: "next" }).wait(6).send({ type: "jump", index: 7 });
  assert.deepEqual(inHand(waits), ["running", 6, "wait", "right"]);
});

test("what lies between two holds begins at once: it is itself the time to get ready", () => {
  assert.deepEqual(inHand(drive(shortPlan()).wait(2).send({ type: "back" })), ["running", 0, "ready", "left"]);
  const paused = drive(shortPlan()).wait(4 + 6).send({ type: "pause" }).send({ type: "resume" });
  assert.deepEqual(inHand(paused.send({ type: "jump", index: 5 })), ["running", 4, "switch", "right"]);
});

test("back to the other side gives the time to change, too", () => {
  const run = drive(shortPlan({ item: { repetitions: 1 } })).wait(4 + 10 + 4 + 1).send({ type: "back" });
  assert.deepEqual(inHand(run), ["running", 0, "ready", "left"]);
});

test("skipping a lead-in goes to the hold at once, and keeps it", () => {
  const paused = () => drive(shortPlan()).wait(4 + 6).send({ type: "pause" }).send({ type: "resume" }).wait(1);
  const run = paused().send({ type: "skip" });
  assert.deepEqual(inHand(run), ["running", 1, "hold", "left"]);
  assert.deepEqual([run.session.rows, remainingMs(run.session, run.now)], [[], 4000]);
  assert.deepEqual(rows(run.wait(4).session), [[1, 10000, "done", ""]]);
  assert.deepEqual(rows(paused().send({ type: "skip" }).send({ type: "skip" }).session), [[1, 6000, "skipped", ""]]);
  const anew = drive(shortPlan()).wait(4 + 6).send({ type: "back" }).wait(1).send({ type: "skip" });
  assert.equal(anew.session.rowStartedMs, anew.now);
  const rest = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "pause" }).send({ type: "resume" }).wait(1).send({ type: "skip" });
  assert.deepEqual(inHand(rest), ["running", 3, "hold", "left"]);
});

test("a hold that was done stays done, whatever became of its repeat; one that was not has its last outcome", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "back" }).wait(3 + 4).send({ type: "stop", reason: "knee" });
  assert.deepEqual(standingRows(run.session).map((row) => row.outcome), ["done", "stopped"]);
  assert.deepEqual([1, 2].map((row) => outcomeOf(run.session, row)), ["done", null]);
  run.send({ type: "correct", serial: 1, heldMs: 4000, reason: "let_go" });
  assert.equal(outcomeOf(run.session, 1), "stopped");
});

test("jumping over what was done already leaves it as it is", () => {
  const run = drive(shortPlan()).wait(4 + 10).send({ type: "jump", index: 0 }).send({ type: "jump", index: 5 });
  assert.deepEqual(rows(run.session), [[1, 10000, "done", ""], [2, 0, "skipped", ""]]);
});

test("a jump to nowhere, or to where one is, changes nothing", () => {
  const run = drive(shortPlan()).wait(2);
  for (const index of [0, -1, 99]) assert.equal(run.send({ type: "jump", index }).session.status, "running");
  assert.equal(remainingMs(run.session, run.now), 2000);
});

test("a jump in a pause stays paused", () => {
  const run = drive(shortPlan()).wait(2).send({ type: "pause" }).send({ type: "jump", index: 1 });
  assert.deepEqual([run.session.status, run.session.index], ["paused", 1]);
});

test("ten seconds more make the hold in hand longer, as planned and as held", () => {
  const run = drive(shortPlan()).wait(4 + 3);
  const before = totalRemainingMs(run.session, run.now);
  run.send({ type: "extend", seconds: 10, mostS: 120 });
  assert.equal(remainingMs(run.session, run.now), 17000);
  assert.equal(totalRemainingMs(run.session, run.now), before + 10000);
  assert.equal(plannedS(run.session.plan, 1), 20);
  run.wait(17);
  assert.deepEqual(rows(run.session), [[1, 20000, "done", ""]]);
});

test("more time ends at the longest allowed, and never makes a phase shorter", () => {
  const run = drive(shortPlan()).wait(4);
  run.send({ type: "extend", seconds: 10, mostS: 15 });
  assert.equal(phaseInHand(run.session).duration_s, 15);
  run.send({ type: "extend", seconds: 10, mostS: 12 });
  assert.equal(phaseInHand(run.session).duration_s, 15);
});

test("neither a pull nor a phase that waits can be made longer", () => {
  const pull = drive(compilePlan(catalog, { ...choicesOf(catalog, "hip_mobilization"), ready_s: 0 }));
  const waits = drive(shortPlan({ wait_for_me: true }));
  for (const run of [pull, waits]) {
    const before = phaseInHand(run.session).duration_s;
    assert.equal(phaseInHand(run.send({ type: "extend", seconds: 10, mostS: 120 }).session).duration_s, before);
  }
});

test("leaving a stretch notes the hold with its reason, drops the rest of it, and waits before the next", () => {
  const run = drive(fullPlan()).wait(4 + 6).send({ type: "pause", cause: "hurts" }).send({ type: "leave", reason: "knee" });
  assert.deepEqual(rows(run.session), [[1, 6000, "stopped", "knee"]]);
  assert.equal(run.session.status, "paused");
  assert.equal(phaseInHand(run.session).stretch, "hip_rotator_crossed");
  const left = run.session.plan.phases.slice(run.session.index).map((phase) => phase.stretch);
  assert.ok(!left.includes("hip_flexor_half_kneeling"));
  const { phases, total_s } = run.session.plan;
  assert.deepEqual(phases.map((phase) => phase.id), phases.map((_, at) => `p${String(at + 1).padStart(3, "0")}`));
  assert.equal(total_s, phases.reduce((sum, phase) => sum + phase.duration_s, 0));
});

test("leaving the last stretch finishes the session", () => {
  const run = drive(shortPlan()).wait(4 + 2).send({ type: "leave", reason: "lower_back" });
  assert.deepEqual([run.session.status, run.session.rows.length], ["finished", 1]);
});

test("a shorter repeat adds to what was held, and what was planned counts once, at its longest", () => {
  const run = drive(shortPlan({ ready_s: 0, item: { sides: "left", repetitions: 2, hold_s: 20 } })).wait(20).send({ type: "back" });
  run.wait(3).send({ type: "extend", seconds: 10, mostS: 60 }).wait(8).send({ type: "stop" });
  assert.deepEqual(standingRows(run.session).map((row) => [row.heldMs, row.plannedS]), [[20000, 20], [8000, 30]]);
  assert.deepEqual(heldBySide(run.session).left, { heldS: 28, plannedS: 30 });
});

test("a row stays of its stretch and side when leaving takes its place out of the plan", () => {
  const of = (run) => run.session.rows.map(({ stretch, side, repetition }) => `${stretch} ${side} ${repetition}`);
  const ready = drive(fullPlan()).wait(2).send({ type: "leave", reason: "knee" });
  assert.deepEqual(of(ready), ["hip_flexor_half_kneeling left 1"]);
  const jumped = drive(fullPlan()).wait(2).send({ type: "jump", index: 5 }).send({ type: "jump", index: 0 }).send({ type: "leave", reason: "knee" });
  assert.deepEqual(of(jumped), ["left", "right", "left"].map((side) => `hip_flexor_half_kneeling ${side} 1`));
});

test("leaving while getting ready notes the hold to come as stopped, not held", () => {
  const run = drive(fullPlan()).wait(2).send({ type: "leave", reason: "kneeling" });
  assert.deepEqual(rows(run.session), [[1, 0, "stopped", "kneeling"]]);
});

test("another form takes the place of the one that was left, with rows of its own", () => {
  const standing = compilePlan(catalog, { ...choicesOf(catalog, "hip_flexor_standing"), ready_s: 5 }).phases;
  const run = drive(fullPlan()).wait(4 + 6).send({ type: "leave", reason: "kneeling", instead: standing });
  assert.equal(phaseInHand(run.session).stretch, "hip_flexor_standing");
  const numbers = run.session.plan.phases.map((phase) => phase.row).filter((row) => row !== null);
  const firsts = new Map(run.session.plan.phases.map((phase) => [phase.row, `${phase.stretch} ${phase.side} ${phase.repetition}`]));
  for (const phase of run.session.plan.phases) {
    if (phase.row !== null) assert.equal(firsts.get(phase.row), `${phase.stretch} ${phase.side} ${phase.repetition}`);
  }
  assert.ok(Math.min(...numbers.slice(1)) > 1);
  run.send({ type: "resume" }).wait(3 + 5 + 30);
  assert.equal(run.session.plan.phases[run.session.rows[1].phaseIndex].stretch, "hip_flexor_standing");
  assert.deepEqual(rows(run.session)[1].slice(1), [30000, "done", ""]);
});

test("numbness in a rest ends the session and says which hold was not begun", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1).send({ type: "stop", reason: "numb_tingling" });
  assert.deepEqual(rows(run.session), [[1, 10000, "done", ""], [2, 0, "stopped", "numb_tingling"]]);
  assert.equal(run.session.status, "stopped");
});

test("a pause may turn out to be because it hurt, and back", () => {
  const run = drive(shortPlan()).wait(5).send({ type: "pause" }).send({ type: "pause", cause: "hurts" });
  assert.deepEqual([run.session.status, run.session.cause, elapsedMs(run.session, run.now)], ["paused", "hurts", 1000]);
  assert.equal(run.send({ type: "pause", cause: "person" }).session.cause, "person");
  assert.equal(run.send({ type: "pause", cause: "no_view" }).session.cause, "person");
});

test("a hold can be corrected while the session runs and after it, by a row that replaces the old one", () => {
  const run = drive(shortPlan()).wait(4 + 10 + 1);
  run.send({ type: "correct", serial: 1, heldMs: 6000, reason: "let_go" });
  assert.deepEqual(rows(run.session)[1], [1, 6000, "stopped", "let_go"]);
  assert.equal(run.session.rows[1].voids, 1);
  assert.equal(run.session.rows[1].startedMs, run.session.rows[0].startedMs);
  run.send({ type: "stop" }).send({ type: "correct", serial: 2, heldMs: 99999, reason: "knee" });
  assert.deepEqual(rows(run.session).at(-1), [1, 6000, "stopped", "knee"]);
  assert.deepEqual(standingRows(run.session).map((row) => row.serial), [3]);
});

test("a row that was replaced, or never was, cannot be corrected", () => {
  const run = drive(shortPlan()).wait(4 + 10).send({ type: "correct", serial: 1, heldMs: 0, reason: "knee" });
  for (const serial of [1, 7]) run.send({ type: "correct", serial, heldMs: 0, reason: "knee" });
  assert.equal(run.session.rows.length, 2);
});

test("a session that was kept and found again stands where it was last seen", () => {
  const run = drive(shortPlan()).wait(4 + 6);
  const found = restored(JSON.parse(JSON.stringify(run.session)));
  assert.deepEqual([found.status, found.cause, found.elapsedMs], ["paused", "left", 6000]);
  const later = reduce(found, { type: "tick" }, run.now + 3_600_000);
  assert.equal(remainingMs(later, run.now + 3_600_000), 4000);
  assert.deepEqual(restored(found), found);
});
