// The wake lock with a fake browser: held while wanted and seen, whatever the order of promises and events.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createWakeLock } from "../src/player/wake.js";

/** Let everything that was promised happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

class FakeLock extends EventTarget {
  released = false;
  async release() {
    if (this.released) return;
    this.released = true;
    await null;
    this.dispatchEvent(new Event("release"));
  }
}

function setUp({ refuses = false, supported = true } = {}) {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const states = [];
  const locks = [];
  const asked = [];
  const browser = {
    refuses,
    request() {
      return new Promise((grant, refuse) => {
        asked.push(() => {
          if (this.refuses || page.visibilityState !== "visible") return refuse(new Error("NotAllowedError"));
          const lock = new FakeLock();
          locks.push(lock);
          grant(lock);
        });
      });
    },
  };
  const wake = createWakeLock({ onState: (state) => states.push(state), wakeLock: supported ? browser : undefined, page });
  return {
    wake,
    states,
    browser,
    held: () => locks.filter((lock) => !lock.released).length,
    taken: () => locks.length,
    asked: () => asked.length,
    lock: () => locks.at(-1),
    /** The browser answers what it was asked. */
    answer: async () => {
      await settled();
      while (asked.length) {
        asked.shift()();
        await settled();
      }
    },
    /** The page is hidden (the browser lets go of its lock) or seen. */
    show: async (visibilityState) => {
      page.visibilityState = visibilityState;
      if (visibilityState === "hidden") for (const lock of locks) await lock.release();
      page.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

test("the screen stays on while that is wanted", async () => {
  const { wake, states, held, answer } = setUp();
  wake.want(true);
  await answer();
  assert.deepEqual([states, held()], [["on"], 1]);
  wake.want(false);
  await answer();
  assert.deepEqual([states, held()], [["on", "off"], 0]);
});

test("wanting it again and again takes one lock", async () => {
  const { wake, states, taken, answer } = setUp();
  for (let time = 0; time < 5; time += 1) wake.want(true);
  await answer();
  wake.want(true);
  await answer();
  assert.deepEqual([states, taken()], [["on"], 1]);
});

test("a page that comes back takes it again, and one that is paused meanwhile does not", async () => {
  const { wake, states, held, answer, show } = setUp();
  wake.want(true);
  await answer();
  await show("hidden");
  await answer();
  assert.deepEqual(states, ["on", "off"]);
  await show("visible");
  await answer();
  assert.deepEqual([states, held()], [["on", "off", "on"], 1]);
  await show("hidden");
  wake.want(false);
  await show("visible");
  await answer();
  assert.deepEqual([states.at(-1), held()], ["off", 0]);
});

test("a hidden page does not ask before it is seen", async () => {
  const { wake, states, asked, held, answer, show } = setUp();
  await show("hidden");
  wake.want(true);
  await settled();
  assert.deepEqual([states, asked()], [[], 0]);
  await show("visible");
  await answer();
  assert.deepEqual([states, held()], [["on"], 1]);
});

test("not wanted any more before the browser has answered: it is given back at once", async () => {
  const { wake, states, held, taken, answer } = setUp();
  wake.want(true);
  await settled();
  wake.want(false);
  await answer();
  assert.deepEqual([states, taken(), held()], [[], 1, 0]);
  wake.want(true);
  await settled();
  wake.want(false);
  wake.want(true);
  await answer();
  assert.deepEqual([states, held()], [["on"], 1]);
});

test("off and on at once ends with it held", async () => {
  const { wake, states, held, answer } = setUp();
  wake.want(true);
  await answer();
  wake.want(false);
  wake.want(true);
  await answer();
  assert.equal(held(), 1);
  assert.equal(states.at(-1), "on");
});

test("a browser that refuses is said to refuse, once, and asked again when somebody returns", async () => {
  const { wake, states, browser, answer, show } = setUp({ refuses: true });
  wake.want(true);
  await answer();
  wake.want(true);
  await answer();
  assert.deepEqual(states, ["refused"]);
  browser.refuses = false;
  await show("visible");
  await answer();
  assert.deepEqual(states, ["refused", "on"]);
});

test("a system that takes it from a page in sight is not fought with, but reported", async () => {
  const { wake, states, taken, lock, answer } = setUp();
  wake.want(true);
  await answer();
  await lock().release();
  await answer();
  assert.deepEqual([states, taken()], [["on", "refused"], 1]);
});

test("a browser without wake locks says so while one is wanted", async () => {
  const { wake, states, answer, show } = setUp({ supported: false });
  wake.want(true);
  await answer();
  await show("visible");
  wake.want(false);
  await answer();
  assert.deepEqual(states, ["unsupported", "off"]);
});

test("closed, it lets go and does not come back", async () => {
  const { wake, held, answer, show } = setUp();
  wake.want(true);
  await answer();
  wake.close();
  await show("visible");
  await answer();
  assert.equal(held(), 0);
});
