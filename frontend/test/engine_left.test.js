// Sessions that a page left: taken up or ended once, under the same ids, and each said of itself how it felt.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { FakeStorage } from "./drive.js";
import { fresh, leftAfter, pass, running, settle, setUp } from "./playing.js";

beforeEach(fresh);

test("a session that the page left is offered again, paused, with the time that was left, and goes on after a lead-in", async () => {
  const { storage } = await leftAfter(5 + 2);
  pass(60);
  const { engine, sent } = setUp({ storage });
  engine.watch(() => {});
  await settle();
  assert.equal(engine.offer().kind, "resume");
  assert.equal(engine.session().status, "idle");
  await engine.takeUp();
  assert.equal(engine.session().status, "leading_in");
  pass(3 + 3);
  assert.equal(engine.session().status, "finished");
  const rows = sent.filter((entry) => entry.table === "holds").map((entry) => [entry.row.id.slice(-3), entry.row.side, entry.row.held_s, entry.row.outcome]);
  assert.deepEqual([...new Map(rows.map((row) => [row[0], row])).values()], [["001", "left", 5, "done"], ["002", "right", 5, "done"]]);
  engine.close();
});

test("a crash in a hold loses at most the second since it was last kept", async () => {
  const storage = new FakeStorage();
  const first = setUp({ storage });
  first.engine.watch(() => {});
  await first.engine.start();
  pass(3.5);
  const kept = storage.getItem("hipbook:w1:session:no_floor");
  first.engine.close();
  storage.setItem("hipbook:w1:session:no_floor", kept);
  const { engine } = setUp({ storage });
  engine.watch(() => {});
  await settle();
  assert.ok(engine.offer().session.elapsedMs >= 2500 && engine.offer().session.elapsedMs <= 3500);
  engine.close();
});

test("a session that was left is ended where it was left, when the person says so", async () => {
  const { storage } = await leftAfter(2);
  const { engine, sent } = setUp({ storage });
  engine.watch(() => {});
  await settle();
  pass(30);
  await engine.endLeft();
  assert.equal(engine.session().status, "stopped");
  assert.deepEqual(sent.filter((entry) => entry.table === "holds").map((entry) => [entry.row.held_s, entry.row.outcome]).at(-1), [2, "stopped"]);
  assert.equal(storage.getItem("hipbook:w1:session:no_floor"), null);
  engine.close();
});

test("Start, pressed before a session that was left is found, offers it instead of taking its place", async () => {
  const { storage } = await leftAfter(5 + 2);
  const before = storage.getItem("hipbook:w1:session:no_floor");
  const { engine } = setUp({ storage });
  await engine.start();
  assert.equal(engine.session().status, "idle");
  assert.equal(engine.offer().kind, "resume");
  assert.equal(storage.getItem("hipbook:w1:session:no_floor"), before);
  await engine.takeUp();
  pass(3 + 3);
  assert.equal(engine.session().status, "finished");
  engine.close();
});

test("Start, pressed twice, begins once", async () => {
  const { engine, sent } = setUp();
  engine.watch(() => {});
  const presses = [engine.start(), engine.start()];
  await presses[0];
  const { id } = engine.session();
  mock.timers.tick(1);
  await presses[1];
  assert.equal(engine.session().id, id);
  pass(10);
  assert.deepEqual([...new Set(sent.map((entry) => entry.row.session_id))], [id]);
  engine.close();
});

test("what was left yesterday is noted, not offered", async () => {
  const { storage } = await leftAfter(2);
  mock.timers.setTime(Date.now() + 20 * 3_600_000);
  const { engine, sent } = setUp({ storage });
  engine.watch(() => {});
  await settle();
  assert.equal(engine.offer(), null);
  const ids = new Map(sent.map((entry) => [entry.row.id, entry]));
  assert.deepEqual([...ids.values()].map((entry) => entry.row.held_s ?? entry.table), [2, "sessions"]);
  engine.close();
});

test("another workspace on the same address sees neither the session nor the rows", async () => {
  const { storage } = await leftAfter(7);
  const other = setUp({ storage, workspace_id: "w2" });
  other.engine.watch(() => {});
  await settle();
  pass(10);
  assert.deepEqual([other.sent, other.engine.offer(), other.engine.saving().waiting], [[], null, 0]);
  other.engine.close();
});

test("rows that were kept with the session are sent again when nobody had them: same ids, so once", async () => {
  const { storage, sent: before } = await leftAfter(6);
  const [id] = before.map((entry) => entry.row.id);
  storage.removeItem(`hipbook:w1:row:${id}`);
  const { engine, sent } = setUp({ storage });
  assert.deepEqual([...new Set(sent.map((entry) => entry.row.id))], [id]);
  engine.close();
});

for (const way of ["takeUp", "endLeft"]) {
  test(`how a session felt that another tab had begun replaces its own end (${way}), whatever was said of one before`, async () => {
    const { engine, sent, storage } = await running({ storage: new FakeStorage() });
    engine.dispatch({ type: "stop" });
    engine.feel({ discomfort: 2, note: "" });
    pass(1);
    const other = await running({ storage });
    pass(2);
    const { id } = other.engine.session();
    other.engine.leave();
    other.engine.close();
    engine.again();
    pass(1);
    await settle();
    await engine[way]();
    if (way === "takeUp") engine.dispatch({ type: "stop" });
    engine.feel({ discomfort: 3, note: "" });
    const ends = sent.filter((entry) => entry.table === "sessions" && entry.row.session_id === id).map(({ row }) => [row.id, row.voids]);
    assert.deepEqual([...new Map(ends)], [[`${id}-end`, ""], [`${id}-end-2`, `${id}-end`]]);
    engine.close();
  });
}
