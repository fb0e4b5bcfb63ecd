// The checklist's twin passes the golden vectors that Python wrote.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf } from "../src/plan.core.js";
import { allows, apply, PrecautionError, verdict } from "../src/precautions.core.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
const { catalog } = read("plan");
const { precautions, choices, vectors } = read("precautions");

test("every golden answer and pair of answers gives the same verdict, or the same error, as in Python", () => {
  const pairs = (precautions.answers.length * (precautions.answers.length - 1)) / 2;
  assert.ok(vectors.filter(({ answers, agreed }) => answers.length === 2 && !agreed.length).length >= pairs);
  assert.ok(vectors.some(({ error }) => error));
  for (const { answers, agreed, verdict: wanted, error } of vectors) {
    if (error) assert.throws(() => verdict(precautions, catalog, answers, agreed), new PrecautionError(error));
    else assert.deepEqual(verdict(precautions, catalog, answers, agreed), wanted);
  }
});

test("every golden verdict leaves the same of a routine, and names the same changes, as in Python", () => {
  for (const vector of vectors.filter(({ error }) => !error)) {
    for (const [name, wanted] of Object.entries(vector.applied)) {
      const { choices: left, changes } = apply(catalog, choices[name], vector.verdict);
      assert.deepEqual(left.items.map(({ stretch }) => stretch), wanted.items);
      assert.deepEqual(changes.map(({ stretch, what, by }) => [stretch, what, by]), wanted.changes);
    }
  }
});

test("a change says which answers made it, whom to ask and whether asking can undo it, as the verdict does", () => {
  const judged = verdict(precautions, catalog, ["bones", "belly"]);
  const { changes } = apply(catalog, choicesOf(catalog, "full"), judged);
  const said = changes.map(({ answers, ask, askable }) => [answers, ask, askable]);
  assert.deepEqual(said, [[["bones"], ["doctor"], true], [["bones", "belly"], ["doctor"], false]]);
});

test("a replaced form keeps sides, dose and place, and the choices given are left alone", () => {
  const before = choicesOf(catalog, "full");
  const { choices: after } = apply(catalog, before, verdict(precautions, catalog, ["kneeling_hurts"]));
  assert.equal(before.items[0].stretch, "hip_flexor_half_kneeling");
  assert.deepEqual(after, { ...before, items: [{ ...before.items[0], stretch: "hip_flexor_standing" }, ...before.items.slice(1)] });
});

test("a stretch is allowed unless an answer takes it out, and again once it was agreed", () => {
  const allowed = (answers, agreed) => allows(verdict(precautions, catalog, answers, agreed), "hip_rotator_crossed");
  assert.deepEqual([allowed([]), allowed(["bones"]), allowed(["bones"], ["hip_rotator_crossed"])], [true, false, true]);
});
