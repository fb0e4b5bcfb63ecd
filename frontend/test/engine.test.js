// The engine with a fake clock: one clock however many views, none without a view, rows as they are finished.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { catalog, FakeStorage } from "./drive.js";
import { fresh, pass, running, setUp } from "./playing.js";

beforeEach(fresh);

test("two views share one clock: five seconds last five seconds", async () => {
  const { engine } = setUp();
  engine.watch(() => {});
  engine.watch(() => {});
  await engine.start();
  pass(4.9);
  assert.equal(engine.session().index, 0);
  pass(0.1);
  assert.equal(engine.session().index, 1);
  engine.close();
});

test("a phase changes when it is due, not at the next tenth of a second", async () => {
  const { engine } = await running();
  mock.timers.tick(42);
  engine.dispatch({ type: "pause" });
  engine.dispatch({ type: "resume" });
  const moves = [];
  let before = engine.session();
  engine.watch(() => {
    const now = engine.session();
    if (now.index !== before.index) moves.push(Date.now() - now.stampMs);
    before = now;
  });
  for (let ms = 0; ms < 9000; ms += 1) mock.timers.tick(1);
  assert.equal(moves.length, 1);
  assert.ok(moves[0] <= 1, `${moves[0]} ms late`);
  engine.close();
});

test("each finished hold is sent at once, and the session when it ends", async () => {
  const { engine, sent } = await running();
  pass(5);
  assert.deepEqual(sent.map((entry) => [entry.table, entry.row.side]), [["holds", "left"]]);
  engine.receive({ kind: "saved", ids: [sent[0].row.id] });
  assert.equal(engine.saving().waiting, 0);
  pass(5);
  assert.equal(engine.session().status, "finished");
  assert.deepEqual(new Set(sent.slice(1).map((entry) => entry.table)), new Set(["holds", "sessions"]));
  assert.equal(engine.saving().waiting, 2);
  engine.close();
});

test("a second without any view pauses, and a view that comes back in time does not", async () => {
  const { engine } = setUp();
  let leave = engine.watch(() => {});
  await engine.start();
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

test("nothing is sent without a workspace", async () => {
  const { engine, sent } = await running({ saves: false });
  pass(10);
  assert.equal(engine.session().status, "finished");
  assert.deepEqual([sent, engine.saving()], [[], { saves: false, waiting: 0, unheard: false, trouble: "", notice: "", inPage: false }]);
  engine.close();
});

test("what could not be saved says why, until it could", async () => {
  const { engine, sent } = await running({ storage: new FakeStorage() });
  pass(5);
  engine.receive({ kind: "not_saved", why: "no idea" });
  assert.deepEqual(engine.saving(), { saves: true, waiting: 1, unheard: false, trouble: "it was refused. Details: no idea", notice: "", inPage: false });
  engine.receive({ kind: "saved", ids: [sent[0].row.id], notes: [{ why: "It was converted." }] });
  assert.deepEqual(engine.saving(), { saves: true, waiting: 0, unheard: false, trouble: "", notice: "Details: It was converted.", inPage: false });
  engine.close();
});

test("rows that another tab brought home wait here no longer, and the panel is told", async () => {
  const storage = new FakeStorage();
  const first = await running({ storage });
  pass(10);
  first.engine.close();
  const { engine, sent } = setUp({ storage });
  assert.equal(engine.saving().waiting, 3);
  const told = [];
  engine.watch(() => told.push(engine.saving().waiting));
  const other = setUp({ storage });
  other.engine.receive({ kind: "saved", ids: sent.map((entry) => entry.row.id) });
  pass(1);
  assert.deepEqual(told, [0]);
  pass(60);
  assert.deepEqual(told, [0]);
  assert.equal(engine.saving().unheard, false);
  engine.feel({ discomfort: 1, note: "" });
  assert.deepEqual([engine.saving().waiting, engine.saving().unheard], [1, false]);
  engine.close();
  other.engine.close();
});

test("ten seconds without any answer are told, and an answer ends that", async () => {
  const { engine, sent } = await running();
  pass(5 + 9);
  assert.equal(engine.saving().unheard, false);
  pass(2);
  assert.equal(engine.saving().unheard, true);
  engine.receive({ kind: "saved", ids: sent.map((entry) => entry.row.id) });
  assert.equal(engine.saving().unheard, false);
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

test("how it felt is a second row for the session's end, and a third replaces the second", async () => {
  const { engine, sent } = await running();
  engine.dispatch({ type: "stop" });
  engine.feel({ discomfort: 2, note: "" });
  engine.feel({ discomfort: 3, note: "more" });
  const ends = [...new Map(sent.filter((entry) => entry.table === "sessions").map((entry) => [entry.row.id, entry.row])).values()];
  assert.deepEqual(ends.map((row) => [row.discomfort_0_10, row.note, row.voids]), [["", "", ""], [2, "", ends[0].id], [3, "more", ends[1].id]]);
  engine.close();
});

test("ten seconds more stay within what set-up allows", async () => {
  const { engine } = await running();
  for (let press = 0; press < 30; press += 1) engine.extend(10);
  assert.equal(engine.session().plan.phases[0].duration_s, catalog.limits.hold_s.max);
  engine.close();
});

test("another language is asked for once it is chosen, and its words are taken over", () => {
  const { engine, messages } = setUp();
  const before = engine.revision();
  engine.settings.set({ language: "de" });
  assert.deepEqual(messages, [{ kind: "language", language: "de" }]);
  engine.receive({ kind: "strings", language: "de", strings: { "player.start": "Los" } });
  assert.deepEqual([engine.language(), engine.strings()["player.start"], engine.revision() > before], ["de", "Los", true]);
  engine.close();
});

test("a routine that was saved is the chosen one from then on, as it is set up, without setting the panel up anew", () => {
  const { engine, choices } = setUp();
  const before = engine.revision();
  const set = { ...choices, items: [{ ...choices.items[0], hold_s: 20 }] };
  engine.choose(set);
  engine.saveRoutine("Evening");
  const own = { id: "own:evening", name: "Evening", choices: { ...set, routine: "own:evening" } };
  engine.receive({ kind: "routines", routines: [own], saved: own.id });
  assert.deepEqual(engine.choices(), own.choices);
  assert.equal(engine.session().plan.routine, own.id);
  assert.deepEqual([engine.routineNews(), engine.revision()], [{ what: "saved" }, before]);
  engine.care.answer(["kneeling_hurts"]);
  assert.equal(engine.choices().items[0].hold_s, 20);
  engine.close();
});

test("in place of a chosen routine that is deleted comes a ready-made one; deleting another changes nothing", () => {
  const { engine, choices } = setUp();
  const routines = ["own:a", "own:b"].map((id) => ({ id, name: id, choices: { ...choices, routine: id } }));
  engine.receive({ kind: "routines", routines, saved: "own:a" });
  engine.receive({ kind: "routines", routines: routines.slice(0, 1), saved: null });
  assert.deepEqual([engine.choices().routine, engine.routineNews()], ["own:a", { what: "deleted" }]);
  engine.receive({ kind: "routines", routines: [], saved: null });
  assert.equal(engine.choices().routine, catalog.routines[0].id);
  assert.equal(engine.session().plan.routine, catalog.routines[0].id);
  engine.close();
});

test("a routine that was refused says why and leaves what is chosen", () => {
  const { engine, choices } = setUp();
  const refused = { kind: "not_saved_routine", key: "player.trouble.full", why: "the disk is full" };
  engine.receive(refused);
  assert.deepEqual([engine.routineNews(), engine.choices()], [{ what: "refused", why: refused }, choices]);
  engine.close();
});

test("a panel of a single stretch keeps to it when a routine is saved from it, for it offers none", () => {
  const { engine } = setUp({ key: "hip_flexor_standing", what: "hip_flexor_standing" });
  const { routine, ...rest } = engine.choices();
  engine.receive({ kind: "routines", routines: [{ id: "own:a", name: "A", choices: { ...rest, routine: "own:a" } }], saved: "own:a" });
  assert.deepEqual([engine.hasRoutines, engine.choices().routine, routine], [false, routine, "hip_flexor_standing"]);
  engine.close();
});
