// From lengths, angles and typed numbers to degrees: Python's numbers, and nothing that cannot be.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readingRow, undoRow } from "../src/measure/rows.js";
import { degrees, signedDegrees } from "../src/measure/words.js";
import { readingOf, tenths } from "../src/reading.core.js";
import { numberIn } from "../src/typed.core.js";

const { tests, limits, vectors } = JSON.parse(readFileSync(new URL("../golden/measure.json", import.meta.url), "utf8"));
const named = (name) => tests.find((one) => one.name === name);
const TAPE = { hip_height_cm: 84, knee_height_cm: 80, thigh_length_cm: 41.5 };

test("every vector gives Python's degrees, or is refused where Python refuses", () => {
  const given = vectors.filter(({ deg }) => deg !== null).length;
  assert.ok(given > 100 && vectors.length - given > 100);
  for (const { test: name, inputs, deg } of vectors) {
    const read = readingOf(named(name), inputs, limits);
    const what = `${name} ${JSON.stringify(inputs)}`;
    if (deg === null) assert.ok("refused" in read, what);
    else assert.ok("deg" in read && Math.abs(read.deg - deg) < 1e-9, `${what}: ${read.deg} ≠ ${deg}`);
  }
});

test("a refusal names the input, and a drop that no thigh allows says how much it may be", () => {
  assert.deepEqual(readingOf(named("thomas_trig"), { ...TAPE, knee_height_cm: null }, limits), { refused: "knee_height_cm" });
  const steep = readingOf(named("thomas_trig"), { ...TAPE, knee_height_cm: 20 }, limits);
  assert.equal(steep.refused, "drop");
  assert.ok(Math.abs(steep.most - 35.94) < 0.01);
  assert.equal(readingOf(named("thomas_phone"), { angle_deg: 5, knee: "beside" }, limits).refused, "knee");
});

test("on the back the knee extends downwards, face down it extends upwards, and level is a plain zero", () => {
  const typed = (name, knee, angle_deg = 12) => readingOf(named(name), { angle_deg, knee }, limits).deg;
  assert.deepEqual([typed("thomas_phone", "below"), typed("thomas_phone", "above")], [12, -12]);
  assert.deepEqual([typed("prone_phone", "below"), typed("prone_phone", "above")], [-12, 12]);
  assert.ok(Object.is(typed("thomas_phone", "above", 0), 0));
  assert.ok(Object.is(tenths(-0.04), 0));
});

test("a number is understood with point or comma, and with its unit; anything else is none", () => {
  for (const [text, number] of [["84", 84], [" 41,5 ", 41.5], ["41.55", 41.55], ["84 cm", 84], ["12°", 12]]) assert.equal(numberIn(text), number);
  for (const text of ["", "-3", "1e2", "4 1", "41,5,5", "1.234", "abc", "1000", "٣"]) assert.equal(numberIn(text), null, text);
});

test("degrees are written as the language writes them, with a real minus", () => {
  assert.equal(signedDegrees("en", 8.25), "+8.3°");
  assert.equal(signedDegrees("de", -3), "−3,0°");
  assert.equal(signedDegrees("fr", 0), "0,0°");
  assert.equal(degrees("es", 5), "5°");
});

test("a reading becomes a row of the log on the person's own day, and its undo names it", () => {
  const at = new Date(2026, 10, 23, 23, 59).getTime();
  const { table, row } = readingRow({ test: "thomas_trig", side: "left", trial: 2, deg: 5.5, inputs: TAPE }, at);
  assert.equal(table, "measurements");
  assert.match(row.id, /^2026112\dT\d{9}Z-[0-9a-f]{10}-m$/);
  assert.deepEqual([row.local_date, row.test, row.side, row.trial, row.value_deg], ["2026-11-23", "thomas_trig", "left", 2, 5.5]);
  assert.deepEqual(JSON.parse(row.inputs), TAPE);
  assert.notEqual(readingRow({ inputs: {} }, at).row.id, row.id);
  const undo = undoRow(row.id, at).row;
  assert.deepEqual([undo.id, undo.voids, undo.local_date], [`${row.id}.void`, row.id, "2026-11-23"]);
  assert.deepEqual(Object.keys(undo).sort(), ["id", "local_date", "measured_at", "schema", "voids"]);
});
