// What the checklist and what was felt leave out: for how long, in which panels, and how a mistake is taken back.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { createCare } from "../src/player/care.js";
import { localDate } from "../src/player/rows.js";
import { catalog, FakeStorage } from "./drive.js";
import { fresh, pass, precautions, running, setUp } from "./playing.js";

beforeEach(fresh);

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

test("what is felt while getting ready is written of the stretch to come, also when it was the only one", async () => {
  for (const what of ["five_minutes", "hip_rotator_crossed"]) {
    const { engine, sent } = setUp({ key: what });
    engine.pick(what);
    engine.watch(() => {});
    await engine.start();
    const { stretch } = engine.session().plan.phases[0];
    pass(2);
    engine.decide({ do: "leave", reason: "knee", substitute: null, key: "knee" });
    assert.deepEqual(sent.filter(({ table }) => table === "holds").map(({ row }) => [row.stretch, row.side, row.held_s, row.outcome])[0], [stretch, "left", 0, "stopped"]);
    engine.close();
    fresh();
  }
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

/** A reload: what the page itself knew is gone. */
const reloaded = () => globalThis[Symbol.for("hipbook.care")].clear();

test("a day that is over stays over after a reload and in every panel, without a word of why, and is back tomorrow", async () => {
  const storage = new FakeStorage();
  const { engine } = await running({ storage });
  pass(2);
  engine.decide({ do: "stop", reason: "unwell", substitute: null, key: "unwell" });
  engine.close();
  assert.deepEqual(JSON.parse(storage.getItem("hipbook:w1:day")), { day: localDate(Date.now()), ended: true });
  reloaded();
  for (const key of ["no_floor", "full"]) {
    const { engine: again } = setUp({ storage, key });
    assert.deepEqual([again.choices().items, again.session().plan.phases, again.care.dayIsOver()], [[], [], true]);
    assert.deepEqual(again.changes().map(({ what, answers }) => [what, ...answers]), [["left_out", "ended"]]);
    again.close();
  }
  assert.equal(setUp({ storage, workspace_id: "w2" }).engine.care.dayIsOver(), false);
  mock.timers.setTime(Date.now() + 24 * 3_600_000);
  const { engine: tomorrow } = setUp({ storage });
  assert.deepEqual([tomorrow.choices().items.length, tomorrow.care.dayIsOver(), storage.getItem("hipbook:w1:day")], [1, false, null]);
  tomorrow.close();
});

test("a day that was ended by mistake is taken back, for good; what did not feel right before stays out", async () => {
  const storage = new FakeStorage();
  const { engine } = await running({ storage });
  engine.care.leaveOutToday("hip_mobilization_towel", null);
  engine.decide({ do: "stop", reason: "numb_tingling", substitute: null, key: "numb_tingling" });
  assert.equal(engine.care.dayIsOver(), true);
  engine.again();
  engine.care.takeBack();
  assert.deepEqual([engine.care.dayIsOver(), storage.getItem("hipbook:w1:day"), engine.choices().items.length], [false, null, 1]);
  assert.deepEqual(["hip_flexor_standing", "hip_mobilization_towel"].map(engine.care.mayDo), [true, false]);
  engine.close();
  reloaded();
  assert.equal(setUp({ storage }).engine.care.dayIsOver(), false);
});

test("another tab hears at once that the day is over, and that it is not", () => {
  const storage = new FakeStorage();
  const page = new EventTarget();
  const care = createCare({ precautions, catalog, workspaceId: "w1", storage, page, today: () => "2026-02-02" });
  const told = [];
  const unwatch = care.watch(() => told.push(care.dayIsOver()));
  const hear = (newValue, key = "hipbook:w1:day") => {
    if (newValue === null) storage.removeItem(key);
    else storage.setItem(key, newValue);
    page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
  };
  hear("{}", "hipbook:w1:settings");
  hear(JSON.stringify({ day: "2026-02-02", ended: true }));
  care.endToday("unwell");
  hear(null);
  unwatch();
  hear(JSON.stringify({ day: "2026-02-02", ended: true }));
  assert.deepEqual(told, [true, true, false]);
});

for (const damaged of ["{", "null", "5", '{"day":"2026-02-02"}', '{"ended":true}']) {
  test(`a day that somebody damaged in the storage (${damaged}) ends nothing`, () => {
    const storage = new FakeStorage();
    storage.setItem("hipbook:w1:day", damaged);
    const { engine } = setUp({ storage });
    assert.equal(engine.care.dayIsOver(), false);
    engine.close();
  });
}

test("where the storage refuses, the day is over as long as the page", () => {
  const storage = { getItem: () => null, removeItem() {}, setItem() { throw new Error("full"); } };
  const { engine } = setUp({ storage });
  engine.care.endToday("unwell");
  assert.equal(engine.care.dayIsOver(), true);
  engine.care.takeBack();
  assert.equal(engine.care.dayIsOver(), false);
  engine.close();
});

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
