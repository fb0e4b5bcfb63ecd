// The motion model's twin: gait, compensation and walker held to Python's numbers, and what they refuse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compensate, LIMIT_DEG, PELVIS_MODES, SHARE, softExcessDeg, STIFF_SIDES, summarise } from "../src/compensation.core.js";
import { FRAMES, gaitCurves, peakOf, runningCurves, speedMPerS, STRIDE } from "../src/gait.core.js";
import { skeletonPoints } from "../src/skeleton.core.js";
import { FLIGHT_FROM, groundAt, LEG_LENGTH, walkerPose } from "../src/walker.core.js";

const golden = JSON.parse(readFileSync(new URL("../golden/motion.json", import.meta.url), "utf8"));
const { reference, leg_length_m: legLengthM } = golden;
const curvesAt = (speed, phases = STRIDE) =>
  speed === null ? runningCurves(reference, phases) : gaitCurves(reference, speed, phases);

/** Every number of `expected` is in `actual`, under the same name. */
const same = (actual, expected, what) => {
  if (typeof expected === "number") {
    assert.ok(Math.abs(actual - expected) <= 1e-7, `${what}: ${actual} ≠ ${expected}`);
  } else if (expected === null) {
    assert.equal(actual, null, what);
  } else {
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), what);
    for (const key of Object.keys(expected)) same(actual[key], expected[key], `${what}.${key}`);
  }
};

test("what both sides take for granted is the same", () => {
  same({ share: SHARE, limit_deg: LIMIT_DEG, frames: FRAMES, leg_length: LEG_LENGTH, flight_from: FLIGHT_FROM }, golden.constants, "constants");
});

test("every speed gives Python's curves, peak and metres a second", () => {
  assert.equal(golden.gait.length, 10);
  for (const { speed, curves, peak, m_per_s: mPerS } of golden.gait) {
    const actual = curvesAt(speed, golden.phases);
    for (const name of Object.keys(curves)) same(actual[name], curves[name], `${speed} ${name}`);
    same(peakOf(curvesAt(speed)), peak, `${speed} peak`);
    if (speed !== null) same(speedMPerS(speed, legLengthM), mPerS, "m/s");
  }
});

test("every walker comes to Python's summary, poses and floor", () => {
  const seen = { speed: new Set(), stiffSide: new Set(), pelvis: new Set(), limitDeg: new Set(), share: new Set() };
  for (const { speed, settings, summary, moments, ...lengths } of golden.walks) {
    const walk = compensate(curvesAt(speed), settings), what = JSON.stringify({ speed, ...settings });
    same(summarise(walk, legLengthM), summary, what);
    same({ stride_length: walk.stride_length, step_length: walk.step_length }, lengths, what);
    for (const { index, ground, pose } of moments) {
      same(walkerPose(walk, index), pose, `${what} frame ${index}`);
      same(groundAt(walk, index), ground, `${what} frame ${index}`);
    }
    for (const [name, value] of Object.entries({ speed, ...settings })) seen[name].add(value);
  }
  assert.deepEqual([seen.speed.size, seen.stiffSide.size, seen.pelvis.size], [10, STIFF_SIDES.length, PELVIS_MODES.length]);
  assert.ok(seen.limitDeg.size >= 6 && seen.share.size >= 5);
});

test("the identities hold and a hip keeps to its limit", () => {
  for (const pelvis of PELVIS_MODES) {
    for (const stiffSide of STIFF_SIDES) {
      const walk = compensate(curvesAt(0.5), { limitDeg: 3, stiffSide, share: 0.6, pelvis });
      for (const leg of [walk.right, walk.left]) {
        leg.thigh_behind_vertical_deg.forEach((thigh, k) => {
          const hip = leg.hip_extension_deg[k], tilt = walk.anterior_pelvic_tilt_deg[k];
          const lumbar = walk.lumbar_extension_deg[k];
          assert.ok(Math.abs(thigh - hip - tilt) < 1e-9);
          assert.ok(Math.abs(leg.thigh_behind_torso_deg[k] - hip - lumbar) < 1e-9);
          assert.ok(Math.abs(lumbar - tilt - walk.trunk_backward_lean_deg[k]) < 1e-9);
        });
      }
      const stiff = stiffSide === "left" ? walk.left : walk.right;
      assert.ok(Math.max(...stiff.hip_extension_deg) <= 3 + 1e-9);
    }
  }
});

test("the soft corner is smooth and exact outside half a degree", () => {
  assert.deepEqual([-3, -0.5, 0, 0.5, 7].map(softExcessDeg), [0, 0, 0.125, 0.5, 7]);
});

test("no foot sinks into the floor, at whole frames or between", () => {
  for (const speed of [0.172, 0.429, 0.694, null]) {
    const walk = compensate(curvesAt(speed), { limitDeg: 0, stiffSide: "right" });
    for (let index = 0; index < 200; index += 0.37) {
      const at = skeletonPoints(walkerPose(walk, index));
      for (const name of ["near_heel", "near_ball", "near_toe", "far_heel", "far_ball", "far_toe"]) {
        assert.ok(at[name][1] > -5e-4, `${speed} ${index} ${name} ${at[name][1]}`);
      }
    }
  }
});

test("a walker is made well within a frame of the screen", () => {
  const curves = curvesAt(0.429), started = performance.now();
  for (let k = 0; k < 20; k += 1) summarise(compensate(curves, { limitDeg: k - 5 }), legLengthM);
  assert.ok((performance.now() - started) / 20 < 16, "milliseconds for one change of a slider");
});

test("what makes no sense is refused, by name, range and value", () => {
  const curves = curvesAt(0.429);
  for (const [act, message] of [
    [() => gaitCurves(reference, 0.1), /^speed must be between 0.172 and 0.694 \(dimensionless\), got 0.1$/],
    [() => gaitCurves(reference, 0.7), /got 0.7$/],
    [() => gaitCurves(reference, NaN), /^speed must be a finite number, got NaN$/],
    [() => gaitCurves(reference, 0.4, [Infinity]), /^phase must be a finite number, got Infinity$/],
    [() => speedMPerS(0.4, 3), /^leg_length_m must be between 0.3 and 1.3, got 3$/],
    [() => compensate(curves, { limitDeg: 31 }), /^hip_extension_limit_deg must be between -10 and 30, got 31$/],
    [() => compensate(curves, { limitDeg: NaN }), /^hip_extension_limit_deg must be between -10 and 30, got NaN$/],
    [() => compensate(curves, { share: 1.1 }), /^share must be between 0 and 1, got 1.1$/],
    [() => compensate(curves, { stiffSide: "up" }), /^stiff_side must be one of left, right, both, got up$/],
    [() => compensate(curves, { pelvis: "loose" }), /^pelvis must be one of held, when_needed, got loose$/],
    [() => compensate(curvesAt(0.4, [0, 0.5]), {}), /^curves must hold a whole stride .* got 2 phases$/],
  ]) assert.throws(act, (error) => error instanceof RangeError && message.test(error.message), String(message));
});
