// The outbox: what is not acknowledged is kept, whatever happens to page, kernel or storage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutbox } from "../src/player/outbox.js";
import { FakeStorage } from "./drive.js";

const entry = (id) => ({ table: "holds", row: { id, held_s: 30 } });

function setUp({ storage = new FakeStorage(), workspaceId = "w1", dead = false } = {}) {
  const sent = [];
  const port = {
    dead,
    send(message) {
      if (this.dead) throw new Error("no kernel");
      sent.push(message.rows.map((waiting) => waiting.row.id));
    },
  };
  return { storage, port, sent, outbox: createOutbox({ storage, workspaceId, port }) };
}

test("a row is sent at once and waits until it is acknowledged", () => {
  const { outbox, sent } = setUp();
  outbox.add([entry("a")], 0);
  assert.deepEqual(sent, [["a"]]);
  assert.equal(outbox.size(), 1);
  outbox.acknowledge(["a"]);
  assert.equal(outbox.size(), 0);
});

test("without an answer it is sent again, with everything else that waits, oldest first", () => {
  const { outbox, sent } = setUp();
  outbox.add([entry("b")], 0);
  outbox.add([entry("a")], 100);
  outbox.retry(200);
  assert.equal(sent.length, 2);
  outbox.retry(5100);
  assert.deepEqual(sent.at(-1), ["a", "b"]);
});

test("a dead kernel loses nothing: the next player of the workspace brings the rows home", () => {
  const { outbox, storage } = setUp({ dead: true });
  outbox.add([entry("a")], 0);
  outbox.add([entry("b")], 0);
  assert.equal(outbox.size(), 2);
  const next = setUp({ storage });
  next.outbox.flush(0);
  assert.deepEqual(next.sent, [["a", "b"]]);
});

test("another workspace at the same address never sees the rows", () => {
  const { outbox, storage } = setUp({ dead: true });
  outbox.add([entry("a")], 0);
  const other = setUp({ storage, workspaceId: "w2" });
  other.outbox.flush(0);
  assert.deepEqual(other.sent, []);
  assert.equal(other.outbox.size(), 0);
});

test("two players of one workspace do not overwrite each other's rows", () => {
  const first = setUp();
  const second = setUp({ storage: first.storage });
  first.outbox.add([entry("a")], 0);
  second.outbox.add([entry("b")], 0);
  first.outbox.acknowledge(["a"]);
  assert.equal(second.outbox.size(), 1);
});

test("when the storage refuses, the row lives as long as the page and is still sent again", () => {
  const storage = new FakeStorage();
  storage.setItem = () => {
    throw new Error("full");
  };
  Object.defineProperty(storage, "setItem", { enumerable: false });
  const { outbox, sent } = setUp({ storage });
  outbox.add([entry("a")], 0);
  outbox.retry(5000);
  assert.deepEqual(sent, [["a"], ["a"]]);
  assert.equal(outbox.size(), 1);
  outbox.acknowledge(["a"]);
  assert.equal(outbox.size(), 0);
});

test("no storage at all is like a storage that refuses", () => {
  const { outbox, sent } = setUp({ storage: null });
  outbox.add([entry("a")], 0);
  assert.deepEqual([sent, outbox.size()], [[["a"]], 1]);
  outbox.acknowledge(["a"]);
  assert.equal(outbox.size(), 0);
});

test("an entry that somebody else damaged does not keep the others from being sent", () => {
  const { outbox, storage, sent } = setUp();
  storage.setItem("hipbook:w1:row:x", "{not json");
  outbox.add([entry("a")], 0);
  assert.deepEqual(sent, [["a"]]);
  assert.equal(outbox.size(), 1);
});

test("a row that found no room in the storage goes there once there is some", () => {
  const storage = new FakeStorage();
  const { outbox } = setUp({ storage });
  const put = storage.setItem;
  Object.defineProperty(storage, "setItem", { configurable: true, value: () => { throw new Error("full"); } });
  outbox.add([entry("a")], 0);
  assert.equal(outbox.isInPageOnly(), true);
  Object.defineProperty(storage, "setItem", { value: put });
  outbox.retry(5000);
  assert.deepEqual([outbox.isInPageOnly(), outbox.size(), Object.keys(storage)], [false, 1, ["hipbook:w1:row:a"]]);
});
