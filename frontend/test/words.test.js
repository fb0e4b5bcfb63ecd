// What the player says, from the strings that ship.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { announcement, clockTime, countdown, doLine, nextLine, phaseWord } from "../src/player/words.js";
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

test("every phase of every routine has its word, its next line and its announcement, with no gap left open", () => {
  for (const routine of [...catalog.routines, ...catalog.stretches]) {
    for (const wait_for_me of [false, true]) {
      const plan = compilePlan(catalog, { ...choicesOf(catalog, routine.id), wait_for_me });
      let session = reduce(newSession("s", plan), { type: "start" }, 0);
      assert.match(announcement(t, newSession("s", plan), session), /Get ready/);
      while (session.status === "running") {
        for (const words of [phaseWord(t, session), nextLine(t, session), doLine(t, phaseInHand(session))]) assert.doesNotMatch(words, /undefined|\{|NaN|^$/);
        const next = reduce(session, { type: "skip" }, 0);
        assert.doesNotMatch(announcement(t, session, next), /undefined|\{|NaN|^$/);
        session = next;
      }
      assert.equal(session.status, "finished");
    }
  }
});

test("going on after a pause says how much of the hold is left", () => {
  const plan = compilePlan(catalog, { ...choicesOf(catalog, "no_floor"), ready_s: 0 });
  let session = reduce(newSession("s", plan), { type: "start" }, 0);
  for (const at of [4000, 8000, 10000]) session = reduce(session, { type: "tick" }, at);
  session = reduce(session, { type: "pause" }, 10000);
  const leading = reduce(session, { type: "resume" }, 20000);
  assert.equal(announcement(t, session, leading), "Back into position. Going on in 3 seconds.");
  assert.equal(announcement(t, leading, reduce(leading, { type: "tick" }, 23000)), "Hold, left side. 20 seconds.");
});
