// Pages without Python: rows kept once, replies as Python gives them, nothing called kept that is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { choicesOf } from "../src/plan.core.js";
import { codeFrom, fileName } from "../src/site/hand_in.core.js";
import { createKeeper } from "../src/site/keeper.js";
import { createModel } from "../src/site/model.js";
import { createRecorder } from "../src/site/recorder.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
const { tables, vectors } = read("log");
const { catalog } = read("plan");
const { row: hold } = vectors.find(({ line }) => line);
const languages = { en: { "player.site.refused": "no room" }, de: { "player.site.refused": "kein Platz" } };

/** A browser's storage: keys are its own properties; `room` is how many it takes. */
function storageWith(room = Infinity) {
  const kept = {};
  const hidden = {
    getItem: (key) => kept[key] ?? null,
    setItem(key, value) {
      if (!(key in kept) && Object.keys(kept).length >= room) throw new Error("QuotaExceededError");
      kept[key] = String(value);
    },
    removeItem: (key) => void delete kept[key],
  };
  return new Proxy(kept, { get: (_, name) => hidden[name] ?? kept[name] });
}

function recorderWith(storage) {
  const keeper = createKeeper({ storage, tables, events: new EventTarget() });
  return { keeper, recorder: createRecorder({ storage, keeper, catalog, languages }) };
}
const rows = (...changes) => ({ kind: "rows", rows: changes.map((change) => ({ table: "holds", row: { ...hold, ...change } })) });

test("a row is kept once, however often it comes, and what came first stays", () => {
  const { keeper, recorder } = recorderWith(storageWith());
  assert.deepEqual(recorder.answer(rows({ id: "b" }, { id: "a" })), [{ kind: "saved", ids: ["b", "a"], notes: [], stops: {} }]);
  assert.deepEqual(recorder.answer(rows({ id: "a", held_s: 1 })), [{ kind: "saved", ids: ["a"], notes: [], stops: {} }]);
  assert.deepEqual(keeper.rows("holds").map(({ id, held_s: heldS }) => [id, heldS]), [["a", "39.9"], ["b", "39.9"]]);
});

test("what stopped earlier holds is told with each row that is kept, and when it is asked for", () => {
  const { recorder } = recorderWith(storageWith());
  const [{ stops }] = recorder.answer(rows({ id: "a", outcome: "stopped", reason: "knee" }, { id: "b" }));
  assert.deepEqual(stops, { a: "knee" });
  assert.deepEqual(recorder.answer({ kind: "stops" }), [{ kind: "stops", stops }]);
});

test("a row that breaks a rule is not kept, and the reply says which; the others are", () => {
  const { keeper, recorder } = recorderWith(storageWith());
  const [saved, refused] = recorder.answer(rows({ id: "a", side: "both" }, { id: "b" }));
  assert.deepEqual([saved.ids, refused.key, refused.why], [["b"], "player.trouble.row", "holds: side must be left or right"]);
  assert.equal(keeper.rows("holds").length, 1);
});

for (const [what, storage] of [["full", storageWith(1)], ["forbidden", null]]) {
  test(`a storage that is ${what} is never said to have kept a row`, () => {
    const { recorder } = recorderWith(storage);
    const replies = recorder.answer(rows({ id: "a" }, { id: "b" }));
    assert.deepEqual(replies.flatMap(({ ids }) => ids ?? []), storage ? ["a"] : []);
    assert.deepEqual(replies.at(-1), { kind: "not_saved", key: "player.site.refused", why: "no room" });
  });
}

test("why a row was not kept is said in the language that was asked for", () => {
  const { recorder } = recorderWith(null);
  assert.deepEqual(recorder.answer({ kind: "language", language: "de" }), [{ kind: "strings", language: "de", strings: languages.de }]);
  assert.equal(recorder.answer(rows({}))[0].why, "kein Platz");
  assert.equal(recorder.answer({ kind: "language", language: "toString" })[0].language, "en");
});

test("an entry that somebody damaged is passed over", () => {
  const storage = storageWith();
  const { keeper, recorder } = recorderWith(storage);
  recorder.answer(rows({ id: "a" }));
  storage.setItem("hipbook:pages:log:holds:b", "{");
  assert.deepEqual(keeper.rows("holds").map(({ id }) => id), ["a"]);
});

test("an own routine is saved by name, replaced by the same name, listed by name and forgotten", () => {
  const { recorder } = recorderWith(storageWith());
  const save = (name, holdS) => {
    const choices = choicesOf(catalog, "no_floor");
    choices.items[0].hold_s = holdS;
    return recorder.answer({ kind: "save_routine", name, choices })[0];
  };
  save("My  evening ", 30);
  save("Ähm", 30);
  const { kind, routines } = save("my evening", 40);
  assert.equal(kind, "routines");
  assert.deepEqual(routines.map(({ id, choices }) => [id, choices.routine, choices.items[0].hold_s]), [["own:ahm", "own:ahm", 30], ["own:my-evening", "own:my-evening", 40]]);
  assert.deepEqual(recorder.answer({ kind: "delete_routine", id: "own:ahm" })[0].routines.map(({ id }) => id), ["own:my-evening"]);
});

test("deleting forgets everything of these pages and nothing else", () => {
  const storage = storageWith();
  const { keeper, recorder } = recorderWith(storage);
  for (const key of ["hipbook:pages:settings", "hipbook:pages:row:x", "hipbook:another:settings", "theirs"]) storage.setItem(key, "{}");
  recorder.answer(rows({}));
  keeper.clear();
  assert.deepEqual(Object.keys(storage), ["hipbook:another:settings", "theirs"]);
});

test("a model double tells of changes, and brings replies a moment after the message", async () => {
  const heard = [];
  const model = createModel({ speed: 1 }, ({ n }) => [{ n: n + 1 }]);
  model.on("change:speed", () => heard.push(model.get("speed")));
  model.on("msg:custom", ({ n }) => heard.push(n));
  model.set("speed", 2);
  model.set("speed", 2);
  model.send({ n: 5 });
  assert.deepEqual(heard, [2]);
  await null;
  assert.deepEqual(heard, [2, 6]);
});

test("a code names the file that is handed in; a name with spaces or marks is none", () => {
  for (const code of ["K7M", "7a-12", "a", "x.y_z", "A".repeat(40)]) assert.equal(codeFrom(` ${code} `), code);
  for (const typed of ["", " ", "Anna M", "Änna", "-a", ".a", "_a", "a/b", "a\\b", "a:b", "~a", "a?", "A".repeat(41)]) assert.equal(codeFrom(typed), null, typed);
  assert.equal(fileName("K7M", { file: "holds.csv" }), "K7M-holds.csv");
});
