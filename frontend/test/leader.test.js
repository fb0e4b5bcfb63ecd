// Leadership with a fake LockManager that keeps the order of the real one: one leads, whoever is asked first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLeader } from "../src/player/leader.js";

/** Let everything that was promised happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Requests are served later than asked, callbacks called later than served, and a lock is free later than let go. */
class FakeLocks {
  held = new Map();
  async request(name, { ifAvailable = false, steal = false }, callback) {
    await settled();
    if (steal) this.held.get(name)?.break();
    if (ifAvailable && this.held.has(name)) return callback(null);
    assert.ok(!this.held.has(name), "only ifAvailable and steal are served here");
    const broken = new Promise((_, reject) => {
      this.held.set(name, { break: () => (this.held.delete(name), reject(new DOMException("stolen", "AbortError"))) });
    });
    const entry = this.held.get(name);
    await settled();
    try {
      return await Promise.race([broken, Promise.resolve(callback({ name })).then(settled).then(settled).then(settled)]);
    } finally {
      if (this.held.get(name) === entry) this.held.delete(name);
    }
  }
  async query() {
    await settled();
    await settled();
    return { held: [...this.held.keys()].map((name) => ({ name })), pending: [] };
  }
}

/** Two tabs of one player. */
function setUp() {
  const locks = new FakeLocks();
  const [a, b] = [createLeader({ locks, name: "w1:player" }), createLeader({ locks, name: "w1:player" })];
  const lost = [];
  a.onLost(() => lost.push("a"));
  b.onLost(() => lost.push("b"));
  return { locks, a, b, lost };
}

test("the first leads, the second sees that somebody else does", async () => {
  const { a, b } = setUp();
  assert.deepEqual([await a.lead(), await b.lead()], [true, false]);
  assert.deepEqual([a.leads(), b.leads()], [true, false]);
  assert.deepEqual([await a.elsewhere(), await b.elsewhere()], [false, true]);
});

test("players of other names do not meet", async () => {
  const { locks, a } = setUp();
  const other = createLeader({ locks, name: "w1:other" });
  assert.deepEqual([await a.lead(), await other.elsewhere(), await other.lead()], [true, false, true]);
});

test("asking twice is leading once", async () => {
  const { locks, a, lost } = setUp();
  assert.deepEqual(await Promise.all([a.lead(), a.lead(), a.lead({ steal: true })]), [true, true, true]);
  await settled();
  assert.deepEqual([locks.held.size, lost], [1, []]);
});

test("what this panel asks for, or has just let go, is not elsewhere", async () => {
  const { a, b } = setUp();
  const answer = a.lead();
  await settled(); // asked, not answered
  assert.deepEqual([await a.elsewhere(), await answer], [false, true]);
  a.release();
  assert.equal(await a.elsewhere(), false);
  assert.deepEqual(await Promise.all([b.elsewhere(), b.lead()]), [false, true]);
});

test("who releases is free, and so is the next", async () => {
  const { a, b, lost } = setUp();
  await a.lead();
  a.release();
  assert.equal(a.leads(), false);
  assert.equal(await a.elsewhere(), false);
  assert.deepEqual([await b.elsewhere(), await b.lead(), lost], [false, true, []]);
});

test("who releases can lead again at once", async () => {
  const { a } = setUp();
  await a.lead();
  a.release();
  assert.equal(await a.lead(), true);
});

test("released before the answer: it does not lead, and holds nothing", async () => {
  const { locks, a } = setUp();
  const answer = a.lead();
  a.release();
  assert.equal(await answer, false);
  await settled();
  await settled();
  assert.deepEqual([a.leads(), locks.held.size], [false, 0]);
  const late = a.lead();
  await Promise.resolve();
  await Promise.resolve();
  a.release();
  assert.deepEqual([await late, await a.lead()], [false, true]);
});

test("a takeover that is taken back in time takes nothing over", async () => {
  const { a, b, lost } = setUp();
  await a.lead();
  const answer = b.lead({ steal: true });
  b.release();
  assert.deepEqual([await answer, a.leads(), lost], [false, true, []]);
});

test("a takeover is told to the one who led, and to nobody else", async () => {
  const { a, b, lost } = setUp();
  await a.lead();
  assert.equal(await b.lead({ steal: true }), true);
  await settled();
  assert.deepEqual([a.leads(), b.leads(), lost], [false, true, ["a"]]);
  assert.equal(await a.lead({ steal: true }), true);
  await settled();
  assert.deepEqual([a.leads(), b.leads(), lost], [true, false, ["a", "b"]]);
});

test("who has released loses nothing to a takeover", async () => {
  const { a, b, lost } = setUp();
  await a.lead();
  a.release();
  await b.lead({ steal: true });
  await settled();
  assert.deepEqual([b.leads(), lost], [true, []]);
});

test("a listener that has left hears nothing", async () => {
  const { a, b } = setUp();
  let heard = 0;
  a.onLost(() => (heard += 1))();
  await a.lead();
  await b.lead({ steal: true });
  await settled();
  assert.deepEqual([a.leads(), heard], [false, 0]);
});

test("without locks, or where they are forbidden, everyone leads", async () => {
  const alone = createLeader({ locks: undefined, name: "w1:player" });
  assert.deepEqual([await alone.elsewhere(), await alone.lead(), alone.leads()], [false, true, true]);
  alone.release();
  assert.equal(alone.leads(), false);
  const denied = () => Promise.reject(new DOMException("no", "SecurityError"));
  const forbidden = createLeader({ locks: { request: denied, query: denied }, name: "w1:player" });
  assert.deepEqual([await forbidden.elsewhere(), await forbidden.lead(), forbidden.leads()], [false, true, true]);
  forbidden.release();
  const late = forbidden.lead();
  await Promise.resolve();
  await Promise.resolve();
  forbidden.release();
  assert.equal(await late, false);
});
