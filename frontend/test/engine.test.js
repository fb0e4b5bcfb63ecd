// The engine with a fake clock: one clock however many views, none without a view, rows as they are finished.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, mock, test } from "node:test";
import { choicesOf } from "../src/plan.core.js";
import { createEngine } from "../src/player/engine.js";

const { catalog } = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));

/** An engine of one short standing stretch, its messages, and its choices. */
function setUp({ saves = true } = {}) {
  const sent = [];
  const choices = { ...choicesOf(catalog, "no_floor"), ready_s: 0, switch_s: 0 };
  choices.items = [{ ...choices.items[0], hold_s: 5, repetitions: 1 }];
  const port = { send: (message) => sent.push(...message.rows) };
  const engine = createEngine({ catalog, choices, workspaceId: "w1", saves, port, storage: null });
  return { engine, sent, choices };
}

const pass = (seconds) => {
  for (let tick = 0; tick < seconds * 10; tick += 1) mock.timers.tick(100);
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"], now: 1_770_000_000_000 });
});

test("two views share one clock: five seconds last five seconds", () => {
  const { engine } = setUp();
  engine.watch(() => {});
  engine.watch(() => {});
  engine.start();
  pass(4.9);
  assert.equal(engine.session().index, 0);
  pass(0.1);
  assert.equal(engine.session().index, 1);
  engine.close();
});

test("each finished hold is sent at once, and the session when it ends", () => {
  const { engine, sent } = setUp();
  engine.watch(() => {});
  engine.start();
  pass(5);
  assert.deepEqual(sent.map((entry) => [entry.table, entry.row.side]), [["holds", "left"]]);
  engine.receive({ kind: "saved", ids: [sent[0].row.id] });
  assert.equal(engine.saving().waiting, 0);
  pass(5);
  assert.equal(engine.session().status, "finished");
  assert.deepEqual(sent.map((entry) => entry.table), ["holds", "holds", "holds", "sessions"]);
  assert.equal(engine.saving().waiting, 2);
  engine.close();
});

test("a second without any view pauses, and a view that comes back in time does not", () => {
  const { engine } = setUp();
  let leave = engine.watch(() => {});
  engine.start();
  pass(1);
  leave();
  pass(0.5);
  leave = engine.watch(() => {});
  pass(1);
  assert.equal(engine.session().status, "running");
  leave();
  pass(1.1);
  assert.equal(engine.session().status, "paused");
  assert.equal(engine.session().cause, "no_view");
  engine.close();
});

test("nothing is sent without a workspace", () => {
  const { engine, sent } = setUp({ saves: false });
  engine.watch(() => {});
  engine.start();
  pass(10);
  assert.equal(engine.session().status, "finished");
  assert.deepEqual([sent, engine.saving()], [[], { saves: false, waiting: 0, trouble: "", notice: "" }]);
  engine.close();
});

test("what could not be saved says why, until it could", () => {
  const { engine, sent } = setUp();
  engine.watch(() => {});
  engine.start();
  pass(5);
  engine.receive({ kind: "not_saved", why: "the disk is full" });
  assert.deepEqual(engine.saving(), { saves: true, waiting: 1, trouble: "the disk is full", notice: "" });
  engine.receive({ kind: "saved", ids: [sent[0].row.id], notes: ["It was converted."] });
  assert.deepEqual(engine.saving(), { saves: true, waiting: 0, trouble: "", notice: "It was converted." });
  engine.close();
});

test("other choices make another plan, bad ones are refused and change nothing", () => {
  const { engine, choices } = setUp();
  engine.choose({ ...choices, items: [{ ...choices.items[0], hold_s: 20 }] });
  assert.equal(engine.session().plan.total_s, 40);
  assert.throws(() => engine.choose({ ...choices, ready_s: 999 }), /ready_s must be/);
  assert.equal(engine.session().plan.total_s, 40);
  engine.close();
});
