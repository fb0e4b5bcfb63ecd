// Cues: what is due when, once each, for every listener alike.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cuesBetween, cuesOfPhase, dueCues, upcomingCues } from "../src/cues.core.js";
import { newSession, reduce } from "../src/session.core.js";
import { shortPlan, T0 } from "./drive.js";

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
  assert.equal(seen.filter((kind) => kind === "count").length, 3 + 2);
  assert.equal(seen.filter((kind) => kind === "begin").length, 3);
});

test("the beginning of what comes next is announced ahead, so that sound can be scheduled", () => {
  const session = reduce(newSession("s", shortPlan()), { type: "start" }, T0);
  assert.deepEqual(upcomingCues(session, T0).at(-1), { atMs: T0 + 4000, kind: "begin", of: "hold" });
});

test("what a session turns to is due at once, and nothing else with it", () => {
  const kinds = [];
  let now = T0;
  let session = newSession("s", shortPlan());
  const send = (event, seconds = 0) => {
    const [before, from] = [session, now];
    now += seconds * 1000;
    session = reduce(session, event, now);
    kinds.push(dueCues(before, session, from, now).map((cue) => [cue.kind, cue.of].join(" ").trim()).join(" + "));
  };
  send({ type: "start" });
  send({ type: "back" }, 1);
  send({ type: "tick" }, 4);
  send({ type: "tick" }, 0.1);
  send({ type: "pause", cause: "hurts" });
  send({ type: "resume" });
  send({ type: "tick" }, 3);
  send({ type: "skip" });
  send({ type: "tick" }, 20);
  send({ type: "stop" });
  assert.deepEqual(kinds, ["begin ready", "begin ready", "begin hold", "", "pause hurts", "lead_in", "begin hold", "begin rest", "pause asleep", "stop"]);
});

test("half-time and counts are due once each as time passes", () => {
  const plan = shortPlan();
  plan.phases[1].duration_s = 40;
  let now = T0 + 4000;
  let session = reduce(reduce(newSession("s", plan), { type: "start" }, T0), { type: "tick" }, now);
  const kinds = [];
  while (session.index === 1) {
    const before = session;
    session = reduce(session, { type: "tick" }, (now += 100));
    kinds.push(...dueCues(before, session, now - 100, now).map((cue) => cue.kind));
  }
  assert.deepEqual(kinds, ["half", "ten_left", "count", "count", "count", "begin"]);
});
