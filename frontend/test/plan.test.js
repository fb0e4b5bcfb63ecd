// The plan's twin passes the golden vectors that Python wrote.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf, compilePlan, RoutineError } from "../src/plan.core.js";

const golden = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));

test("every routine and stretch begins with the same choices as in Python", () => {
  assert.ok(Object.keys(golden.choices_of).length >= 11);
  for (const [id, choices] of Object.entries(golden.choices_of)) assert.deepEqual(choicesOf(golden.catalog, id), choices);
});

test("every golden choice gives the same plan, or the same error, as in Python", () => {
  assert.ok(golden.vectors.some((vector) => vector.error) && golden.vectors.some((vector) => vector.plan));
  for (const { choices, plan, error } of golden.vectors) {
    if (error) assert.throws(() => compilePlan(golden.catalog, choices), new RoutineError(error));
    else assert.deepEqual(compilePlan(golden.catalog, choices), plan);
  }
});

test("a routine that nobody knows is refused by name", () => {
  assert.throws(() => choicesOf(golden.catalog, "splits"), /routine must be one of five_minutes, .*, got splits/);
});
