// Three trials with a phone on the thigh: every step, what goes wrong on the way, and what must never happen.
import assert from "node:assert/strict";
import { test } from "node:test";

import { GAP_MS, slopeDeg, STILL_MS, STILL_SD_DEG, steadiness, withSample } from "../src/inclination.core.js";
import { fromLevel, isGoing, newMeasuring, promptOf, READY_MS, reduce, REMIND_MS, START_MS, stillShare } from "../src/trials.core.js";

const TICK_MS = 100;

/** A measuring that is driven by samples, and all that was said on the way. */
function drive(position = "thomas", wanted = 3) {
  const here = {
    now: 1_000_000,
    state: newMeasuring(),
    prompts: [],
    send(event) {
      const before = here.state;
      here.state = reduce(before, event, here.now);
      const prompt = promptOf(before, here.state);
      if (prompt) here.prompts.push(prompt);
      return here;
    },
    /** Lie so for so long; `beta` may be a function of the time since. */
    lie(beta, ms) {
      for (let t = 0; t < ms; t += TICK_MS) {
        here.now += TICK_MS;
        here.send({ type: "sample", betaDeg: typeof beta === "function" ? beta(t) : beta });
      }
      return here;
    },
  };
  return here.send({ type: "begin", position, wanted });
}

/** Level, on the back: two degrees of the strap are taken away. */
const levelled = () => drive().lie(2, READY_MS + STILL_MS + 200);
const trial = (here, beta) => here.lie(95, START_MS + 200).lie((t) => Math.max(beta, 95 - t / 10), 1200).lie(beta, STILL_MS + 300);

test("the long edge's slope is the sine's: past the upright it comes down again", () => {
  for (const [beta, slope] of [[0, 0], [12.5, 12.5], [-90, -90], [100, 80], [170, 10], [-170, -10]]) {
    assert.ok(Math.abs(slopeDeg(beta) - slope) < 1e-9, `${beta}`);
  }
});

test("for any turn of the phone the slope is that of its long edge in the room", () => {
  let seed = 11;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 500; round += 1) {
    const [alpha, beta, gamma] = [360 * chance(), 360 * chance() - 180, 180 * chance() - 90];
    const [a, b, c] = [alpha, beta, gamma].map((deg) => (deg * Math.PI) / 180);
    // the browser's order, intrinsic Z, X', Y'': here applied to the long edge (0, 1, 0)
    const y = [0, 1, 0];
    const aboutY = [y[0] * Math.cos(c) + y[2] * Math.sin(c), y[1], -y[0] * Math.sin(c) + y[2] * Math.cos(c)];
    const aboutX = [aboutY[0], aboutY[1] * Math.cos(b) - aboutY[2] * Math.sin(b), aboutY[1] * Math.sin(b) + aboutY[2] * Math.cos(b)];
    const up = aboutX[2]; // alpha turns about the vertical
    assert.ok(Number.isFinite(a));
    assert.ok(Math.abs(slopeDeg(beta) - (Math.asin(up) * 180) / Math.PI) < 1e-9);
  }
});

test("still is a whole time without much scatter, drift or gap", () => {
  const over = (values, step = TICK_MS) => values.reduce((samples, deg, at) => withSample(samples, { atMs: at * step, deg }), []);
  const whole = Array.from({ length: 31 }, () => 7);
  assert.equal(steadiness(over(whole.slice(1))), null, "a tick is missing");
  assert.deepEqual(steadiness(over(whole)), { meanDeg: 7, sdDeg: 0, still: true });
  assert.equal(steadiness(over(whole.map((deg, at) => deg + (at % 2 ? 1.2 : -1.2) * STILL_SD_DEG))).still, false, "it trembles");
  assert.equal(steadiness(over(whole.map((deg, at) => deg + 0.055 * at))).still, false, "it sinks");
  assert.equal(steadiness(over(whole.map((deg, at) => deg + 0.2 * (at % 3)))).still, true, "it breathes");
  assert.equal(over([...whole, 9], GAP_MS + 1).length, 1, "a gap begins anew");
  assert.equal(withSample(over(whole), { atMs: 10, deg: 1 }).length, 1, "a clock that was set back begins anew");
  assert.ok(over(Array.from({ length: 500 }, () => 7)).length <= 32, "old samples are let go");
});

test("level, start, end and still, three times: three readings from the level, and a sentence at each step", () => {
  const here = levelled();
  assert.equal(here.state.status, "starting");
  for (const beta of [-6, -5.4, -6.6]) trial(here, beta);
  assert.equal(here.state.status, "finished");
  const values = here.state.trials.map(({ rawDeg, levelDeg }) => levelDeg - rawDeg);
  [8, 7.4, 8.6].forEach((deg, at) => assert.ok(Math.abs(values[at] - deg) < 0.05, `${values}`));
  assert.deepEqual(here.prompts, ["getting_ready", "levelling", "starting", "settling", "starting", "settling", "starting", "settling", "finished"]);
});

test("a leg that does not come down to the level gives a negative reading", () => {
  const here = trial(levelled(), 17);
  assert.ok(Math.abs(fromLevel(here.state, here.state.trials[0].rawDeg) + 15) < 0.05);
});

test("nothing counts while one still gets into place", () => {
  const here = drive().lie(2, READY_MS - TICK_MS);
  assert.equal(here.state.status, "getting_ready");
  assert.equal(here.lie(2, TICK_MS).state.status, "levelling");
});

test("each trial begins from the start: who just lies there has one reading, not three", () => {
  const here = trial(levelled(), -6).lie(-6, 20_000);
  assert.equal(here.state.trials.length, 1);
  here.lie(95, START_MS - 3 * TICK_MS).lie(-6, 8000);
  assert.equal(here.state.trials.length, 1, "the knee was at the chest for too short a time");
});

test("the start alone is no end: a thigh that is held at the chest is not read", () => {
  const here = levelled().lie(50, 12_000);
  assert.deepEqual([here.state.status, here.state.trials.length], ["settling", 0]);
});

test("a thigh that is not flat sets no zero, and the person hears so once, then as a reminder", () => {
  const here = drive().lie(40, READY_MS + 5000);
  assert.deepEqual([here.state.status, here.state.levelDeg, here.state.notice], ["levelling", null, "tilted"]);
  assert.deepEqual(here.prompts, ["getting_ready", "levelling", "tilted"]);
  here.lie(40, REMIND_MS);
  assert.deepEqual(here.prompts.slice(3), ["tilted"]);
  assert.equal(here.lie(1, 5000).state.status, "starting");
  assert.equal(here.state.notice, "");
});

test("a phone that lies the wrong way round is noticed at the chest, and takes a new level", () => {
  const here = drive().lie(-2, READY_MS + STILL_MS + 200).lie(-80, STILL_MS + 300);
  assert.deepEqual([here.state.status, here.state.levelDeg, here.prompts.at(-1)], ["getting_ready", null, "turned"]);
  here.lie(2, READY_MS + STILL_MS + 200);
  assert.deepEqual([here.state.status, here.state.notice], ["starting", ""]);
  assert.deepEqual(here.prompts.slice(-3), ["turned", "levelling", "starting"]);
});

test("face down: from flat, lifted, still; upside down it is noticed", () => {
  const here = drive("prone").lie(3, READY_MS + STILL_MS + 200).lie(3, START_MS + 200);
  assert.equal(here.state.status, "settling");
  here.lie(3, 8000);
  assert.equal(here.state.trials.length, 0, "still flat is not lifted");
  here.lie(15, STILL_MS + 300);
  assert.ok(Math.abs(fromLevel(here.state, here.state.trials[0].rawDeg) - 12) < 0.05);
  here.lie(15, 6000);
  assert.equal(here.state.trials.length, 1);
  const wrong = drive("prone").lie(-3, READY_MS + STILL_MS + 200).lie(-3, START_MS + 200).lie(-15, STILL_MS + 300);
  assert.equal(wrong.prompts.at(-1), "turned");
});

test("a page that was hidden has seen nothing: stillness is counted anew", () => {
  const here = drive().lie(2, READY_MS + STILL_MS - 3 * TICK_MS).send({ type: "unseen" }).lie(2, STILL_MS - TICK_MS);
  assert.equal(here.state.status, "levelling");
  assert.equal(here.lie(2, 5 * TICK_MS).state.status, "starting");
});

test("after a gap in the samples stillness is counted anew", () => {
  const here = drive().lie(2, READY_MS + STILL_MS - 3 * TICK_MS);
  here.now += 60_000;
  assert.equal(here.lie(2, 5 * TICK_MS).state.status, "levelling");
});

test("a helper takes a reading of a leg that trembles, from anywhere but not before the time is covered", () => {
  const tremble = (t) => -6 + (t % 200 ? 2 : -2);
  const here = levelled().lie(tremble, 1000).send({ type: "take" });
  assert.equal(here.state.trials.length, 0);
  here.lie(tremble, STILL_MS).send({ type: "take" });
  assert.equal(here.state.trials.length, 1);
  assert.ok(Math.abs(here.state.trials[0].rawDeg + 6) < 0.3 && here.state.trials[0].sdDeg > 1);
});

test("a helper may shorten the wait, and take the level; never one that is not level", () => {
  const tremble = (mean) => (t) => mean + (t % 200 ? 2 : -2);
  const here = drive().send({ type: "take" });
  assert.equal(here.state.status, "levelling");
  here.lie(tremble(40), STILL_MS + 200).send({ type: "take" });
  assert.deepEqual([here.state.levelDeg, here.state.notice], [null, "tilted"]);
  here.lie(tremble(0), STILL_MS + 200).send({ type: "take" });
  assert.equal(here.state.status, "starting");
});

test("what no hip can be is not taken", () => {
  const here = levelled().lie(80, STILL_MS + 200).send({ type: "take" });
  assert.equal(here.state.trials.length, 0);
});

test("who does not get there is told again, every quarter of a minute", () => {
  const here = levelled().lie(30, 2 * REMIND_MS + 500);
  assert.deepEqual(here.prompts, ["getting_ready", "levelling", "starting", "starting", "starting"]);
});

test("stop stops, says so, and keeps what was read; then all begins anew", () => {
  const here = trial(levelled(), -6).send({ type: "stop" });
  assert.deepEqual([here.state.status, here.state.trials.length, here.prompts.at(-1)], ["idle", 1, "idle"]);
  const before = here.state;
  here.lie(2, 5000).send({ type: "take" }).send({ type: "stop" });
  assert.equal(here.state, before, "idle hears nothing");
  here.send({ type: "begin", position: "thomas", wanted: 2 });
  assert.deepEqual([here.state.status, here.state.trials.length, here.state.levelDeg], ["getting_ready", 0, null]);
});

test("begin while it goes on changes nothing", () => {
  const here = levelled();
  const before = here.state;
  assert.equal(here.send({ type: "begin", position: "prone", wanted: 9 }).state, before);
});

test("how much of the stillness is there goes from 0 to 1, and back when the leg moves", () => {
  const here = drive().lie(2, READY_MS + 100);
  const shares = [];
  for (let tick = 0; tick < 20; tick += 1) shares.push(stillShare(here.lie(2, TICK_MS).state));
  assert.ok(shares.every((share, at) => at === 0 || share > shares[at - 1]) && shares.at(-1) < 1);
  assert.ok(stillShare(here.lie(20, TICK_MS).state) < 0.1);
  assert.equal(stillShare(newMeasuring()), 0);
});

test("whatever comes in whatever order: readings only grow, each has a level, none is beyond a hip, one end of all", () => {
  let seed = 5;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  let finished = 0, readings = 0;
  for (let round = 0; round < 300; round += 1) {
    const here = drive(chance() < 0.5 ? "thomas" : "prone", 1 + Math.floor(chance() * 3));
    let beta = 0;
    for (let step = 0; step < 60 && isGoing(here.state); step += 1) {
      const before = here.state;
      const roll = chance();
      if (roll < 0.03) here.send({ type: "stop" });
      else if (roll < 0.1) here.send({ type: "take" });
      else if (roll < 0.15) here.send({ type: "unseen" });
      else if (roll < 0.2) here.now += chance() * 30_000;
      else {
        if (chance() < 0.6) beta = [0, 1, 95, 70, -8, 12, -100, 360 * chance() - 180][Math.floor(chance() * 8)];
        const shake = chance() < 0.2 ? 2 : 0.1;
        here.lie((t) => beta + shake * Math.sin(t), chance() * 8000);
      }
      const { trials, status } = here.state;
      assert.ok(trials.length >= before.trials.length && trials.length <= here.state.wanted);
      assert.equal(status === "finished", trials.length === here.state.wanted);
      for (const { rawDeg, levelDeg } of trials) {
        assert.ok(Math.abs(levelDeg) <= 25 && Math.abs(rawDeg - levelDeg) <= 60, `${rawDeg} from ${levelDeg}`);
      }
      assert.ok(Object.isFrozen(here.state));
    }
    finished += here.state.status === "finished" ? 1 : 0;
    readings += here.state.trials.length;
  }
  assert.ok(finished > 10 && readings > 50, `${finished} finished, ${readings} readings`);
});
