// Judging: right, wrong with the reason that fits, and nothing given yet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, moved, numberFrom } from "../src/check/check.core.js";

const base = { title: "", ask: "", options: [], why: "why", hint: "hint", label: "", tolerance: null, slips: [], shown: "", reason: "" };
const option = (key) => ({ key, label: key, why: `why ${key}` });
const single = { ...base, kind: "single", options: ["a", "b"].map(option), answer: "b" };
const number = { ...base, kind: "number", answer: 17.7, tolerance: 0.3, slips: [{ value: 5.8, why: "slip" }] };
const order = { ...base, kind: "order", options: ["b", "a", "c"].map(option), answer: ["a", "b", "c"] };

test("an option is judged with its own reason", () => {
  assert.deepEqual(judge(single, "b"), { verdict: "right", why: "why b", inPlace: null });
  assert.deepEqual(judge(single, "a"), { verdict: "wrong", why: "why a", inPlace: null });
});

test("a number counts up to its tolerance, both ends included, and no further", () => {
  for (const given of [17.4, 17.7, 18.0]) assert.equal(judge(number, given).verdict, "right", String(given));
  for (const given of [17.39, 18.01, -17.7, 0]) assert.equal(judge(number, given).verdict, "wrong", String(given));
});

test("a slip that is known gets its own reason, any other number the hint", () => {
  assert.equal(judge(number, 5.8).why, "slip");
  assert.equal(judge(number, 99).why, "hint");
  assert.equal(judge(number, 17.7).why, "why");
});

test("an order is right as a whole; a wrong one says how many are in place", () => {
  assert.deepEqual(judge(order, ["a", "b", "c"]), { verdict: "right", why: "why", inPlace: null });
  assert.deepEqual(judge(order, ["b", "a", "c"]), { verdict: "wrong", why: "hint", inPlace: 1 });
  assert.equal(judge(order, ["c", "a", "b"]).inPlace, 0);
});

test("no answer is not a wrong answer", () => {
  for (const question of [single, number, order]) assert.equal(judge(question, null).verdict, "missing");
  assert.equal(judge(number, NaN).verdict, "missing");
});

test("a number is read as people type it", () => {
  const read = { "17,7": 17.7, " 17.7° ": 17.7, "−5": -5, "-5": -5, "+3": 3, "17 °": 17, ".5": 0.5, "17.": 17, "58 %": 58, "-3.5 deg": -3.5 };
  for (const [typed, value] of Object.entries(read)) assert.equal(numberFrom(typed), value, typed);
  for (const typed of ["", " ", "seven", "1.2.3", "1e3", "--1", "°", "17 °C", "1 2", "5 %%"]) assert.equal(numberFrom(typed), null, typed);
});

test("moving swaps two neighbours, keeps the rest, and stops at the ends", () => {
  const keys = ["a", "b", "c"];
  assert.deepEqual(moved(keys, "b", -1), ["b", "a", "c"]);
  assert.deepEqual(moved(keys, "b", 1), ["a", "c", "b"]);
  assert.equal(moved(keys, "a", -1), keys);
  assert.equal(moved(keys, "c", 1), keys);
  assert.equal(moved(keys, "x", 1), keys);
  assert.deepEqual(keys, ["a", "b", "c"]);
});
