// What the browser's log comes to: minutes per week and side, counts, stops.
import assert from "node:assert/strict";
import { test } from "node:test";
import { counts, mondayOf, standingStops, weeklyMinutes } from "../src/site/minutes.core.js";

const hold = (id, day, side, heldS, more = {}) => ({ id, local_date: day, side, held_s: String(heldS), stretch: "x", voids: "", outcome: "done", reason: "", ...more });

test("a week begins on Monday, also across the end of a year", () => {
  assert.deepEqual(["2026-03-29", "2026-03-30", "2027-01-01"].map(mondayOf), ["2026-03-23", "2026-03-30", "2026-12-28"]);
});

test("minutes are added by week and side, the latest week first, without what was voided or not held", () => {
  const rows = [
    hold("a", "2026-03-23", "left", 30), hold("b", "2026-03-29", "right", 60), hold("c", "2026-03-30", "left", 90),
    hold("d", "2026-03-30", "left", 600), hold("e", "2026-03-30", "left", 30, { voids: "d" }), hold("f", "2026-04-30", "left", 0),
  ];
  assert.deepEqual(weeklyMinutes(rows), [{ monday: "2026-03-30", left: 2, right: 0 }, { monday: "2026-03-23", left: 0.5, right: 1 }]);
  assert.deepEqual(counts(rows), { holds: 4, days: 3, first: "2026-03-23", last: "2026-03-30" });
});

test("an empty log has no weeks, no holds and no stops", () => {
  assert.deepEqual([weeklyMinutes([]), counts([]), standingStops([])], [[], { holds: 0, days: 0, first: "", last: "" }, {}]);
});

test("stops are named with the reason that was kept, without what was voided", () => {
  const stop = (id, reason, voids = "") => hold(id, "2026-03-29", "left", 3, { outcome: "stopped", reason, voids });
  assert.deepEqual(standingStops([stop("a", "knee"), stop("b", "knee"), stop("c", ""), stop("d", "knee", "b")]), { a: "knee", d: "knee" });
});
