// Rows as the log's columns, on the person's own calendar. Node takes its zone from TZ, set before any Date.
process.env.TZ = "Europe/Berlin";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { holdRow, isoWithOffset, localDate, newSessionId, sessionRow } from "../src/player/rows.js";
import { newSession, reduce } from "../src/session.core.js";

const { catalog } = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));

test("a minute before midnight is still the same day, whatever day it is in Greenwich", () => {
  const late = Date.UTC(2026, 6, 1, 21, 59, 30);
  assert.equal(isoWithOffset(late), "2026-07-01T23:59:30+02:00");
  assert.equal(localDate(late), "2026-07-01");
  assert.equal(localDate(late + 60_000), "2026-07-02");
});

test("the offset follows the change of the clocks", () => {
  assert.equal(isoWithOffset(Date.UTC(2026, 2, 29, 0, 59, 59)), "2026-03-29T01:59:59+01:00");
  assert.equal(isoWithOffset(Date.UTC(2026, 2, 29, 1, 0, 0)), "2026-03-29T03:00:00+02:00");
});

test("session ids sort by time and differ", () => {
  const [early, late] = [newSessionId(1_000_000_000_000), newSessionId(1_000_000_000_001)];
  assert.ok(early < late);
  assert.notEqual(newSessionId(5), newSessionId(5));
  assert.match(early, /^\d{8}T\d{9}Z-[0-9a-f]{10}$/);
});

test("a hold becomes a row with the log's columns, a repeat names the one it voids", () => {
  const choices = { ...choicesOf(catalog, "hip_flexor_standing"), ready_s: 0, rest_s: 2 };
  choices.items = [{ ...choices.items[0], hold_s: 5 }];
  let session = reduce(newSession("s1", compilePlan(catalog, choices)), { type: "start" }, 0);
  session = reduce(session, { type: "tick" }, 2960);
  session = reduce(session, { type: "skip" }, 3960);
  session = reduce(session, { type: "back" }, 4000);
  for (const at of [7000, 10000, 12000]) session = reduce(session, { type: "tick" }, at);
  const [first, second] = session.rows.map((row) => holdRow(session, row, true).row);
  assert.deepEqual(first, {
    id: "s1-001", started_at: "1970-01-01T01:00:00+01:00", local_date: "1970-01-01", session_id: "s1",
    routine: "hip_flexor_standing", stretch: "hip_flexor_standing", side: "left", repetition: 1,
    planned_s: 5, held_s: 4, outcome: "skipped", reason: "", voids: "", schema: 1,
  });
  assert.deepEqual([second.id, second.voids, second.held_s, second.outcome], ["s1-002", "s1-001", 5, "done"]);
});

test("an ended session becomes a row that says when", () => {
  let session = reduce(newSession("s1", compilePlan(catalog, choicesOf(catalog, "no_floor"))), { type: "start" }, 0);
  session = reduce(session, { type: "stop" }, 4000);
  assert.deepEqual(sessionRow(session).row, {
    id: "s1-end", session_id: "s1", ended_at: "1970-01-01T01:00:04+01:00", local_date: "1970-01-01",
    discomfort_0_10: "", note: "", voids: "", schema: 1,
  });
});

test("why it was stopped is kept only with consent", () => {
  const plan = compilePlan(catalog, { ...choicesOf(catalog, "no_floor"), ready_s: 0 });
  let session = reduce(newSession("s1", plan), { type: "start" }, 0);
  session = reduce(session, { type: "stop", reason: "knee" }, 4000);
  assert.deepEqual([true, false].map((keep) => holdRow(session, session.rows[0], keep).row.reason), ["knee", ""]);
});

test("how it felt, said afterwards, replaces the row of the session's end", () => {
  let session = reduce(newSession("s1", compilePlan(catalog, choicesOf(catalog, "no_floor"))), { type: "start" }, 0);
  session = reduce(session, { type: "stop" }, 4000);
  const { row } = sessionRow(session, { discomfort: 0, note: "fine, though" }, 2);
  assert.deepEqual([row.id, row.voids, row.discomfort_0_10, row.note], ["s1-end-2", "s1-end", 0, "fine, though"]);
  assert.equal(sessionRow(session, { discomfort: null, note: "" }, 3).row.voids, "s1-end-2");
});
