// The explorer's engine with a clock in hand: one clock for all views, which stops when nobody looks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createEngine, FRAMES } from "../src/explorer/engine.js";
import { walker } from "../src/explorer/walk.js";
import { rounded } from "../src/explorer/words.js";

const { reference } = JSON.parse(readFileSync(new URL("../golden/motion.json", import.meta.url), "utf8"));
const SETTINGS = /** @type {any} */ ({
  gait: "walking", speed: 0.429, hip_extension_limit_deg: 20, stiff_side: "both", share: 0.75, pelvis: "held", leg_length_m: 0.9,
});

/** An engine, a screen that asks it for frames, and what it saved. */
function made({ playing = true, settings = SETTINGS } = {}) {
  const waiting = [], saved = [];
  const engine = createEngine({ reference, settings, playing, save: (now) => saved.push(now), requestFrame: (draw) => waiting.push(draw) });
  const frame = (nowMs) => waiting.splice(0).forEach((draw) => draw(nowMs));
  const view = { drawn: 0, settled: 0, draw() { this.drawn += 1; }, settle() { this.settled += 1; } };
  const close = engine.watch(view);
  return { engine, waiting, saved, frame, view, close };
}

test("a stride takes its time, slowed down by the rate, however many views there are", () => {
  const { engine, frame, view } = made();
  const other = { draw() {}, settle() {} };
  engine.watch(other);
  engine.see(view, true);
  engine.see(other, true);
  engine.setRate(0.5);
  const begun = engine.moment();
  for (let ms = 0; ms <= 500; ms += 20) frame(ms);
  const gone = (engine.moment() - begun + 1) % 1;
  assert.ok(Math.abs(gone - (0.5 * 0.5) / engine.walk().strideS) < 1e-9);
});

test("nobody looks, nothing is asked for; whoever looks again finds the walker where it was", () => {
  const { engine, waiting, frame, view } = made();
  assert.equal(waiting.length, 0);
  engine.see(view, true);
  frame(0);
  frame(16);
  engine.see(view, false);
  frame(32);
  const left = engine.moment();
  assert.equal(waiting.length, 0);
  engine.see(view, true);
  frame(60_000);
  assert.ok(Math.abs(engine.moment() - left) < 0.01);
});

test("after a while in a hidden tab the walker goes on as if it had blinked", () => {
  const { engine, frame, view } = made();
  engine.see(view, true);
  frame(0);
  frame(16);
  const left = engine.moment();
  const stride = engine.walk().strideS;
  frame(16 + 1000 * stride * 2); // at a quarter of the speed this would be half a stride
  const gone = (engine.moment() - left + 1) % 1;
  assert.ok(gone > 0 && gone <= 0.1 / stride, String(gone));
});

test("standing still asks for one frame a change, and none between", () => {
  const { engine, waiting, frame, view } = made({ playing: false });
  engine.see(view, true);
  frame(0);
  assert.equal(waiting.length, 0);
  engine.change({ hip_extension_limit_deg: 3 });
  engine.change({ hip_extension_limit_deg: 2 });
  assert.equal(waiting.length, 1);
  frame(16);
  assert.equal(view.drawn, 2);
  assert.equal(engine.walk().summary.peak_hip_extension_deg.right.toFixed(3), "2.000");
});

test("only what a hand has let go of is saved and said", () => {
  const { engine, saved, view } = made();
  engine.change({ speed: 0.5 });
  assert.deepEqual([saved.length, view.settled], [0, 0]);
  engine.change({ speed: 0.6 }, { settled: true });
  assert.deepEqual([saved.length, view.settled], [1, 1]);
  assert.equal(saved[0].speed, 0.6);
  engine.hear({ ...SETTINGS, speed: 0.2 });
  assert.deepEqual([saved.length, view.settled], [1, 2]);
});

test("frames step from a standing walker, around the stride and back", () => {
  const { engine } = made();
  engine.goTo(0);
  assert.equal(engine.playing(), false);
  engine.step(-1);
  assert.equal(engine.moment().toFixed(6), ((FRAMES - 1) / FRAMES).toFixed(6));
  engine.step(2);
  assert.equal(engine.moment().toFixed(6), (1 / FRAMES).toFixed(6));
});

test("the floor goes backwards by whole strides and never jumps", () => {
  const { engine, frame, view } = made();
  engine.see(view, true);
  engine.setRate(1);
  let last = engine.ground();
  for (let ms = 0; ms < 4000; ms += 16) {
    frame(ms);
    const next = engine.ground();
    assert.ok(next >= last - 1e-9 && next - last < 0.06, `${last} → ${next} at ${ms} ms`);
    last = next;
  }
  assert.ok(last > 2 * engine.walk().strideStatures);
});

test("a stiff left hip shows the left leg, half a stride on", () => {
  const walkFor = walker(reference);
  const right = walkFor({ ...SETTINGS, hip_extension_limit_deg: 5, stiff_side: "right" });
  const left = walkFor({ ...SETTINGS, hip_extension_limit_deg: 5, stiff_side: "left" });
  assert.deepEqual([right.leg, left.leg], ["right", "left"]);
  const [a, b] = [right, left].map((walk) => walk.curve("hip_extension_deg"));
  a.forEach((value, k) => assert.ok(Math.abs(value - b[k]) < 1e-9));
  assert.ok(Math.abs(right.values(0.3).hip_extension_deg - left.values(0.8).hip_extension_deg) < 1e-9);
});

test("a limit beyond what the gait uses changes nothing, and no ghost is needed", () => {
  const walkFor = walker(reference);
  assert.equal(walkFor(SETTINGS).restricted, false);
  assert.equal(walkFor({ ...SETTINGS, hip_extension_limit_deg: 10 }).restricted, true);
  assert.equal(walkFor({ ...SETTINGS, hip_extension_limit_deg: 10, share: 0 }).restricted, true);
});

test("numbers are said with half up and a true minus", () => {
  assert.deepEqual([2.5, -0.4, -0.5, -3.25].map((value) => rounded(value)), ["3", "0", "0", "−3"]);
  assert.equal(rounded(-3.25, 1), "−3.2");
});
