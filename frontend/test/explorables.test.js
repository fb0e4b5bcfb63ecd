// The explorables' cores and sentences: the same numbers and the same words as Python's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { capsuleBand, femurOutline, glideMm, slack } from "../src/explorables/ball_and_socket.core.js";
import { createStore } from "../src/explorables/store.js";
import { createWalks, gainOf, laboratoriesAt } from "../src/explorables/walks.js";
import { laboratoriesSentence, number, socketSentence, speedSentence, speedWords } from "../src/explorables/words.js";
import { translator } from "../src/common/translator.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const golden = read("../golden/explorables.json");
const { reference } = read("../golden/motion.json");
const t = translator(read("../../hipbook/strings/en.json"));

const near = (actual, expected, what, path = "") => {
  if (typeof expected === "number") assert.ok(Math.abs(actual - expected) <= 1e-9, `${what}${path}: ${actual} ≠ ${expected}`);
  else {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), what);
    for (const key of Object.keys(expected)) near(actual[key], expected[key], what, `${path}.${key}`);
  }
};

test("the band loses slack steadily as the thigh goes back, and ends where it reaches the femur", () => {
  const strain = golden.measured.strain_at_end;
  let before = 1;
  for (let deg = -20; deg <= 20; deg += 0.5) {
    const left = slack(deg, strain), turn = (deg * Math.PI) / 180;
    assert.ok(left < before, `${deg}°: ${left} after ${before}`);
    before = left;
    near(capsuleBand(deg, strain).at(-1), [15 * Math.cos(turn) - 38 * Math.sin(turn), -38 * Math.cos(turn) - 15 * Math.sin(turn)], `${deg}°`);
  }
});

test("the joint is where Python puts it, and says the same", () => {
  const { measured } = golden;
  for (const { settings, glide_mm, slack: left, band, femur, sentence } of golden.ball_and_socket) {
    const deg = settings.hip_extension_deg, what = JSON.stringify(settings);
    near(glideMm(measured.glide, settings.force_n), glide_mm, what);
    near(slack(deg, measured.strain_at_end), left, what);
    near(capsuleBand(deg, measured.strain_at_end).filter((_, k) => k % 7 === 0), band, what);
    near(femurOutline(deg), femur, what);
    assert.equal(socketSentence(t, measured, settings), sentence);
  }
});

test("laboratories write what Python says they write", () => {
  const walkAt = createWalks(reference);
  for (const { settings, laboratories, sentence } of golden.laboratories) {
    const { peak } = walkAt(settings.speed);
    const labs = laboratoriesAt(peak, reference.standing_tilt_deg, settings);
    near(labs, laboratories, JSON.stringify(settings));
    assert.equal(laboratoriesSentence(t, labs, peak.thigh_behind_vertical_deg), sentence);
  }
});

test("hip and pelvis give what Python says they give", () => {
  const walkAt = createWalks(reference);
  for (const { settings: { slower, faster }, gain, sentence } of golden.speed_costs) {
    const gained = gainOf(walkAt(slower).peak, walkAt(faster).peak);
    near(gained, gain, `${slower} → ${faster}`);
    const [from, to] = [slower, faster].map((speed) => speedWords(t, reference.walking, speed));
    assert.equal(speedSentence(t, { from, to }, gained), sentence);
  }
});

test("a walk is computed once per speed, and its pose has the angles of its peak", () => {
  const walkAt = createWalks(reference);
  assert.equal(walkAt(0.5), walkAt(0.5));
  const { peak, pose } = walkAt(0.429);
  // One pelvis serves both legs of the figure, so it differs from the curve of one leg by up to 0.14°.
  assert.ok(Math.abs(pose().near_hip_extension_deg - peak.hip_extension_deg) < 0.15);
  assert.ok(Math.abs(pose().pelvis_tilt_deg - peak.anterior_pelvic_tilt_deg) < 0.15);
});

test("numbers are read by people: a true minus, no −0, half goes up", () => {
  assert.deepEqual([-3.25, -0.04, 0.05, 2.5].map((value) => number(value)), ["−3.2", "0.0", "0.1", "2.5"]);
  assert.equal(number(2.5, 0), "3");
});

test("every view hears of a change, and whether the hand has let go", () => {
  const store = createStore({ force_n: 0, direction: "forward" });
  const heard = [];
  const unwatch = store.watch((settled) => heard.push([store.settings().force_n, settled]));
  store.change({ force_n: 10 }, false);
  store.change({ force_n: 11 }, true);
  unwatch();
  store.change({ force_n: 12 }, true);
  assert.deepEqual(heard, [[10, false], [11, true]]);
  assert.equal(store.settings().direction, "forward");
});
