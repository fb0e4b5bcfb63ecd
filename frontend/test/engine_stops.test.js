// What stopped earlier holds: counted as the log stands, each row once, in every panel.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FakeStorage } from "./drive.js";
import { fresh, leftAfter, pass, running, setUp } from "./playing.js";

beforeEach(fresh);

test("reasons are written only with consent, and then count towards the third", async () => {
  const { engine, sent } = await running();
  engine.dispatch({ type: "stop", reason: "knee" });
  assert.equal(sent[0].row.reason, "");
  assert.deepEqual(engine.stops(), {});
  engine.settings.set({ keep_reasons: true });
  pass(1);
  await engine.start();
  engine.dispatch({ type: "stop", reason: "knee" });
  assert.equal(sent.findLast((entry) => entry.table === "holds").row.reason, "knee");
  assert.deepEqual(engine.stops(), { knee: 1 });
  engine.close();
});

test("a stop that is corrected counts once, by the reason that stands", async () => {
  const { engine } = await running();
  engine.settings.set({ keep_reasons: true });
  pass(10);
  for (const [serial, reason] of [[1, "knee"], [3, "knee"], [2, "knee"]]) engine.dispatch({ type: "correct", serial, heldMs: 2000, reason });
  assert.deepEqual(engine.stops(), { knee: 2 });
  engine.dispatch({ type: "correct", serial: 4, heldMs: 1000, reason: "lower_back" });
  assert.deepEqual(engine.stops(), { knee: 1, lower_back: 1 });
  engine.close();
});

test("what stopped a hold in one panel counts in those that were open already, saved or waiting, and never twice", async () => {
  const storage = new FakeStorage();
  const stops = { "s0-001": "knee" };
  const other = setUp({ key: "full", storage, stops }).engine;
  const { engine, sent } = await running({ storage, stops });
  engine.settings.set({ keep_reasons: true });
  engine.dispatch({ type: "stop", reason: "knee" });
  const [{ row }] = sent;
  assert.deepEqual([engine, other].map((one) => one.stops()), [{ knee: 2 }, { knee: 2 }]);
  engine.receive({ kind: "saved", ids: [], stops: { ...stops, [row.id]: "knee" } });
  assert.deepEqual([engine, other].map((one) => one.stops()), [{ knee: 2 }, { knee: 2 }]);
  engine.receive({ kind: "saved", ids: [row.id], stops: { ...stops, [row.id]: "knee" } });
  assert.deepEqual([engine, other].map((one) => one.stops()), [{ knee: 2 }, { knee: 2 }]);
  engine.dispatch({ type: "correct", serial: 1, heldMs: 0, reason: "let_go" });
  assert.deepEqual([engine, other].map((one) => one.stops()), [{ knee: 1, let_go: 1 }, { knee: 1, let_go: 1 }]);
  engine.close();
  other.close();
});

test("a session that begins or goes on asks what the log has by now, unless it is practice", async () => {
  const { engine, messages } = await running();
  assert.deepEqual(messages, [{ kind: "stops" }]);
  engine.receive({ kind: "stops", stops: { "s0-001": "knee", "s0-002": "knee" } });
  assert.deepEqual(engine.stops(), { knee: 2 });
  engine.close();
  const { storage } = await leftAfter(2);
  const again = setUp({ storage });
  await again.engine.takeUp();
  assert.deepEqual(again.messages, [{ kind: "stops" }]);
  again.engine.close();
  const practice = await running({ saves: false });
  assert.deepEqual(practice.messages, []);
  practice.engine.close();
});
