// Ticks: a steady beat and one aimed moment, from the Worker's own source or, where there is none, from the page.
import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { afterEach, beforeEach, mock, test } from "node:test";
import { startTicks } from "../src/player/clock.js";

beforeEach(() => mock.timers.enable({ apis: ["setInterval", "setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  delete globalThis.Worker;
});

/** A Worker that runs its source here; what it posts arrives at once. */
class FakeWorker {
  static last;
  constructor(address) {
    FakeWorker.last = this;
    this.blob = resolveObjectURL(address);
    this.inside = {};
  }
  async run() {
    const post = (data) => this.alive && this.onmessage?.({ data });
    this.alive = true;
    new Function("postMessage", "self", `${await this.blob.text()}; self.take = onmessage;`)(post, this.inside);
    delete globalThis.onmessage;
  }
  postMessage(data) {
    this.inside.take({ data });
  }
  terminate() {
    this.alive = false;
  }
}

async function started(kind) {
  let count = 0;
  if (kind !== "page") globalThis.Worker = FakeWorker;
  const ticks = startTicks(() => (count += 1));
  if (kind === "worker") await FakeWorker.last.run();
  // A security policy that forbids it says so only afterwards.
  if (kind === "forbidden") FakeWorker.last.onerror();
  if (kind === "forbidden") assert.equal(FakeWorker.last.alive, false);
  return { ticks, count: () => count };
}

for (const kind of ["worker", "page", "forbidden"]) {
  test(`${kind}: ten ticks a second, none after the end`, async () => {
    const { ticks, count } = await started(kind);
    mock.timers.tick(1000);
    assert.equal(count(), 10);
    ticks.aim(50);
    ticks.stop();
    mock.timers.tick(1000);
    assert.equal(count(), 10);
  });

  test(`${kind}: an aim adds one tick at its moment, and never before it`, async () => {
    const { ticks, count } = await started(kind);
    ticks.aim(29.4);
    mock.timers.tick(29);
    assert.equal(count(), 0);
    mock.timers.tick(1);
    assert.equal(count(), 1);
    mock.timers.tick(60);
    assert.equal(count(), 1);
  });

  test(`${kind}: a new aim takes the place of the one before, and null takes it back`, async () => {
    const { ticks, count } = await started(kind);
    ticks.aim(20);
    ticks.aim(70);
    mock.timers.tick(69);
    assert.equal(count(), 0);
    mock.timers.tick(1);
    assert.equal(count(), 1);
    ticks.aim(20);
    ticks.aim(null);
    mock.timers.tick(29);
    assert.equal(count(), 1);
  });
}
