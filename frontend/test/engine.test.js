// The engine with a fake clock: one clock however many views, none without a view, rows as they are finished.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, mock, test } from "node:test";
import { choicesOf } from "../src/plan.core.js";
import { createEngine } from "../src/player/engine.js";
import { catalog, FakeStorage } from "./drive.js";

const strings = JSON.parse(readFileSync(new URL("../../hipbook/strings/en.json", import.meta.url), "utf8"));
const { precautions } = JSON.parse(readFileSync(new URL("../golden/precautions.json", import.meta.url), "utf8"));

/** An engine of one short standing stretch, its messages, and its choices. */
function setUp({ saves = true, storage = null, workspace_id = "w1", locks = undefined, key = "no_floor", what = "no_floor" } = {}) {
  const sent = [];
  const messages = [];
  const choices = { ...choicesOf(catalog, what), ready_s: 0, switch_s: 0 };
  choices.items = [{ ...choices.items[0], hold_s: 5, repetitions: 1 }];
  const port = {
    send(message) {
      if (message.kind === "rows") sent.push(...message.rows);
      else messages.push(message);
    },
  };
  const data = {
    key, name: "No floor", place: "notebook", catalog, choices, precautions, routines: [], stops: {}, strings,
    language: "en", languages: [{ code: "en", name: "English" }], workspace_id, saves,
  };
  const engine = createEngine({ data, port, storage, locks });
  return { engine, sent, messages, choices };
}

const pass = (seconds) => {
  for (let tick = 0; tick < seconds * 10; tick += 1) mock.timers.tick(100);
};

/** Let promises that are ready go on. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A browser's storage in which a session was left after so many seconds, and what had been sent by then. */
async function leftAfter(seconds) {
  const storage = new FakeStorage();
  const { engine, sent } = await running({ storage });
  pass(seconds);
  engine.leave();
  engine.close();
  return { storage, sent };
}

/** An engine with a view, started. */
async function running(options) {
  const all = setUp(options);
  all.engine.watch(() => {});
  await all.engine.start();
  return all;
}

beforeEach(() => {
  globalThis[Symbol.for("hipbook.care")]?.clear();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"], now: 1_770_000_000_000 });
});

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

test("how it felt is a second row for the session's end, and a third replaces the second", async () => {
  const { engine, sent } = await running();
  engine.dispatch({ type: "stop" });
  engine.feel({ discomfort: 2, note: "" });
  engine.feel({ discomfort: 3, note: "more" });
  const ends = [...new Map(sent.filter((entry) => entry.table === "sessions").map((entry) => [entry.row.id, entry.row])).values()];
  assert.deepEqual(ends.map((row) => [row.discomfort_0_10, row.note, row.voids]), [["", "", ""], [2, "", ends[0].id], [3, "more", ends[1].id]]);
  engine.close();
});

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

test("what the checklist takes out is not planned, and its standing form comes in its place", async () => {
  const { engine } = setUp();
  engine.pick("five_minutes");
  engine.care.answer(["kneeling_hurts"]);
  assert.deepEqual(engine.choices().items.map((item) => item.stretch), ["hip_flexor_standing", "hip_rotator_crossed", "hip_mobilization_towel"]);
  engine.care.answer(["emergency_nerves"]);
  assert.deepEqual([engine.choices().items, engine.session().plan.phases], [[], []]);
  engine.close();
});

test("kneeling that hurts goes on standing, for what is left of it", async () => {
  const { engine } = setUp();
  engine.pick("hip_flexor");
  engine.watch(() => {});
  await engine.start();
  pass(15 + 10);
  engine.dispatch({ type: "pause", cause: "hurts" });
  engine.decide({ do: "leave", reason: "kneeling", substitute: "hip_flexor_standing", key: "kneeling" });
  assert.equal(engine.session().status, "leading_in");
  const left = engine.session().plan.phases.slice(engine.session().index).filter((phase) => phase.row !== null);
  assert.deepEqual(left.map((phase) => `${phase.stretch} ${phase.side} ${phase.repetition}`), [
    "hip_flexor_standing left 1", "hip_flexor_standing left 2", "hip_flexor_standing right 1", "hip_flexor_standing right 2",
  ]);
  engine.close();
});

test("after the first of two, the standing form takes over the second and the other side", async () => {
  const { engine } = setUp();
  engine.pick("hip_flexor");
  engine.watch(() => {});
  await engine.start();
  pass(15 + 30 + 10 + 5);
  engine.decide({ do: "leave", reason: "kneeling", substitute: "hip_flexor_standing", key: "kneeling" });
  const { phases } = engine.session().plan;
  assert.deepEqual(phases.slice(engine.session().index).map((phase) => `${phase.kind} ${phase.side} ${phase.repetition}`), [
    "ready left 1", "hold left 2", "switch right 1", "hold right 1", "rest right 2", "hold right 2",
  ]);
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

test("a hold that was too strong is eased once; the next one begins anew", async () => {
  const { engine } = await running();
  pass(1);
  engine.dispatch({ type: "pause", cause: "hurts" });
  assert.equal(engine.wasEased(), false);
  engine.decide({ do: "resume", reason: null, substitute: null, key: "too_strong" });
  assert.equal(engine.wasEased(), true);
  pass(3 + 5);
  assert.equal(engine.wasEased(), false);
  engine.close();
});

test("what did not feel right stays out for today, in either form, and is back tomorrow", async () => {
  const { engine } = setUp();
  engine.pick("five_minutes");
  engine.watch(() => {});
  await engine.start();
  pass(16);
  engine.decide({ do: "leave", reason: "pinch_front_hip", substitute: null, key: "pinch_front_hip" });
  engine.dispatch({ type: "stop" });
  engine.pick("five_minutes");
  engine.again();
  assert.deepEqual(engine.choices().items.map((item) => item.stretch), ["hip_rotator_crossed", "hip_mobilization_towel"]);
  assert.deepEqual([engine.changes()[0].answers, engine.care.mayDo("hip_flexor_standing")], [["today"], false]);
  mock.timers.setTime(Date.now() + 24 * 3_600_000);
  engine.pick("five_minutes");
  assert.equal(engine.choices().items.length, 3);
  engine.close();
});

test("kneeling that hurt is done standing for the rest of the day", async () => {
  const { engine } = setUp();
  engine.pick("hip_flexor");
  engine.watch(() => {});
  await engine.start();
  pass(16);
  engine.decide({ do: "leave", reason: "kneeling", substitute: "hip_flexor_standing", key: "kneeling" });
  engine.dispatch({ type: "stop" });
  engine.again();
  assert.deepEqual(engine.choices().items.map((item) => item.stretch), ["hip_flexor_standing"]);
  engine.close();
});

for (const reason of ["numb_tingling", "unwell"]) {
  test(`${reason} ends the day: everything is left out in every panel, for that reason, and back tomorrow`, async () => {
    const { engine } = await running();
    const other = setUp({ key: "full" }).engine;
    pass(2);
    engine.decide({ do: "stop", reason, substitute: null, key: reason });
    other.pick("full");
    assert.equal(engine.session().status, "stopped");
    assert.deepEqual(other.choices().items, []);
    assert.deepEqual(other.changes().map(({ what, answers }) => [what, ...answers]), Array(3).fill(["left_out", reason]));
    assert.ok(catalog.stretches.every(({ id }) => !other.care.mayDo(id)));
    mock.timers.setTime(Date.now() + 24 * 3_600_000);
    other.pick("full");
    assert.equal(other.choices().items.length, 3);
    engine.close();
    other.close();
  });
}

test("a hold that is corrected to numbness afterwards ends the day, too", async () => {
  const { engine } = await running();
  pass(10);
  engine.dispatch({ type: "correct", serial: 1, heldMs: 2000, reason: "knee" });
  assert.equal(engine.care.mayDo("hip_rotator_crossed"), true);
  engine.dispatch({ type: "correct", serial: 2, heldMs: 2000, reason: "numb_tingling" });
  assert.equal(engine.care.mayDo("hip_rotator_crossed"), false);
  engine.close();
});

test("what was asked about does not come back on a day on which it did not feel right", async () => {
  const { engine } = setUp();
  engine.pick("five_minutes");
  engine.care.answer(["bones"]);
  engine.care.agree("hip_rotator_crossed", true);
  const changes = () => engine.changes().map(({ stretch, what }) => [stretch, what]);
  assert.deepEqual(changes(), [["hip_rotator_crossed", "put_back"], ["hip_mobilization_towel", "left_out"]]);
  engine.care.leaveOutToday("hip_rotator_crossed", null);
  assert.deepEqual(changes(), [["hip_mobilization_towel", "left_out"], ["hip_rotator_crossed", "left_out"]]);
  engine.close();
});

test("asked again, the answers given before are remembered, as long as the page", () => {
  const { engine } = setUp();
  engine.care.answer(["bones", "belly"]);
  engine.care.agree("hip_rotator_crossed", true);
  engine.care.ask();
  engine.care.ask();
  assert.deepEqual([engine.care.answered(), engine.care.told().before, engine.care.told().agreed], [false, ["bones", "belly"], []]);
  engine.close();
});

test("answers given in another panel do not set the end of a session up anew", async () => {
  const { engine } = await running();
  engine.dispatch({ type: "stop" });
  const before = engine.revision();
  engine.care.answer([]);
  assert.equal(engine.revision(), before);
  engine.again();
  engine.care.answer(["floor"]);
  assert.ok(engine.revision() > before);
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
