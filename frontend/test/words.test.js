// What the player says, from the strings that ship.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { clockTime, countdown, countLine, doLine, figureLine, nextLine, pauseLine, phaseWord, sentence } from "../src/player/words.js";
import { newSession, phaseInHand, reduce } from "../src/session.core.js";
import { translator } from "../src/common/translator.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const { catalog } = read("../golden/plan.json");
const t = translator(read("../../hipbook/strings/en.json"));

test("a countdown shows the last second as 1 and the end as 0", () => {
  assert.deepEqual([30000, 29999, 1000, 1, 0].map(countdown), [30, 30, 1, 0, 0]);
});

test("a time is minutes and seconds", () => {
  assert.deepEqual([0, 9.6, 75, 3600].map(clockTime), ["0:00", "0:10", "1:15", "60:00"]);
});

test("a sentence that does not exist is an error and not a blank", () => {
  assert.throws(() => t("player.nothing_like_it"), /no key player.nothing_like_it/);
});

const OPEN = /undefined|[{}]|NaN|null|^$/;
const plans = (changes = {}) =>
  [...catalog.routines, ...catalog.stretches].map(({ id }) => compilePlan(catalog, { ...choicesOf(catalog, id), ...changes }));
const begin = (session) => ({ atMs: session.stampMs, kind: "begin", of: phaseInHand(session).kind });

test("every phase of every routine has its words, its next line and its sentence, with no gap left open", () => {
  for (const plan of [...plans(), ...plans({ wait_for_me: true, first_side: "right" })]) {
    let session = reduce(newSession("s", plan), { type: "start" }, 0);
    assert.match(sentence(t, begin(session), session), /^Get ready/);
    while (session.status === "running") {
      const phase = phaseInHand(session);
      for (const words of [phaseWord(t, session), nextLine(t, session), doLine(t, phase), countLine(t, phase), figureLine(t, phase), sentence(t, begin(session), session)]) {
        assert.doesNotMatch(words, OPEN);
      }
      session = reduce(session, { type: "skip" }, 0);
    }
    assert.equal(session.status, "finished");
  }
});

test("getting ready names the stretch, the side and what to do", () => {
  const session = reduce(newSession("s", compilePlan(catalog, choicesOf(catalog, "no_floor"))), { type: "start" }, 0);
  assert.equal(sentence(t, begin(session), session), "Get ready: Hip flexor stretch, standing, left side. Left foot behind. Hands on the wall.");
});

test("a rest says what comes next, and changing sides says to which", () => {
  const items = [{ stretch: "hip_rotator_crossed", sides: "both", hold_s: 30, repetitions: 2 }];
  const plan = compilePlan(catalog, { ...choicesOf(catalog, "hip_rotator_crossed"), items });
  const said = plan.phases.map((_, index) => {
    const session = { ...newSession("s", plan), status: "running", index };
    return sentence(t, begin(session), session);
  });
  assert.deepEqual(said.slice(1, 5), [
    "Hold, left side. 30 seconds.",
    "Rest. Next: hold, left side.",
    "Hold, left side. 30 seconds.",
    "Change to the right side. On your back. Right leg over the other, thigh on thigh.",
  ]);
});

test("going on after a pause says how much of the hold is left, and nothing of the last few seconds", () => {
  const plan = compilePlan(catalog, { ...choicesOf(catalog, "no_floor"), ready_s: 0 });
  let session = reduce(newSession("s", plan), { type: "start" }, 0);
  const goesOnAfter = (heldS) => {
    const at = heldS * 1000;
    const paused = reduce({ ...session, seenMs: at }, { type: "pause" }, at);
    const leading = reduce(paused, { type: "resume" }, at);
    assert.equal(sentence(t, { atMs: at, kind: "lead_in", of: "hold" }, leading), "Back into position. Going on in 3 seconds.");
    const running = reduce(leading, { type: "tick" }, at + 3000);
    return sentence(t, begin(running), running);
  };
  assert.deepEqual([10, 25, 26, 29].map(goesOnAfter), [
    "Hold, left side. 20 seconds.",
    "Hold, left side. 5 seconds.",
    "Hold, left side.",
    "Hold, left side.",
  ]);
});

test("a pause says its cause, and what was held where that is in doubt", () => {
  const plan = compilePlan(catalog, { ...choicesOf(catalog, "no_floor"), ready_s: 0 });
  const running = reduce(newSession("s", plan), { type: "start" }, 0);
  const paused = { ...running, status: "paused", elapsedMs: 12400, stampMs: 12400 };
  const causes = ["person", "asleep", "no_view", "hurts", "left"];
  const said = causes.map((of) => sentence(t, { atMs: 12400, kind: "pause", of }, paused));
  assert.equal(new Set(said).size, causes.length);
  assert.match(said[1], /held so far: 12\./);
  assert.match(said[3], /Let go first/);
  assert.equal(pauseLine(t, { ...paused, cause: "hurts" }), said[3]);
});

test("a count and the end of the last phase are not spoken; half-time, the last ten seconds and the end are", () => {
  const plan = compilePlan(catalog, choicesOf(catalog, "no_floor"));
  const session = reduce(newSession("s", plan), { type: "start" }, 0);
  const say = (kind, of) => sentence(t, { atMs: 0, kind, of }, session);
  assert.deepEqual([say("count", "hold"), say("begin", "end")], ["", ""]);
  assert.deepEqual(["half", "ten_left", "finish", "stop"].map((kind) => say(kind, "")), ["Half-time.", "10 seconds left.", "Done.", "Stopped."]);
});
