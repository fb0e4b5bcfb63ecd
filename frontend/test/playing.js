// The engine for tests: a short stretch, what it sends, and a clock that is moved on by hand.
import { readFileSync } from "node:fs";
import { mock } from "node:test";
import { choicesOf } from "../src/plan.core.js";
import { createEngine } from "../src/player/engine.js";
import { catalog, FakeStorage } from "./drive.js";

const strings = JSON.parse(readFileSync(new URL("../../hipbook/strings/en.json", import.meta.url), "utf8"));
export const { precautions } = JSON.parse(readFileSync(new URL("../golden/precautions.json", import.meta.url), "utf8"));

/** An engine of one short standing stretch, its messages, and its choices. */
export function setUp({ saves = true, storage = null, workspace_id = "w1", locks = undefined, key = "no_floor", what = "no_floor", stops = {} } = {}) {
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
    key, name: "No floor", place: "notebook", catalog, choices, precautions, routines: [], stops, strings,
    language: "en", languages: [{ code: "en", name: "English" }], workspace_id, saves,
  };
  const engine = createEngine({ data, port, storage, locks });
  return { engine, sent, messages, choices, storage };
}

export const pass = (seconds) => {
  for (let tick = 0; tick < seconds * 10; tick += 1) mock.timers.tick(100);
};

/** Let promises that are ready go on. */
export const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A browser's storage in which a session was left after so many seconds, and what had been sent by then. */
export async function leftAfter(seconds) {
  const storage = new FakeStorage();
  const { engine, sent } = await running({ storage });
  pass(seconds);
  engine.leave();
  engine.close();
  return { storage, sent };
}

/** An engine with a view, started. */
export async function running(options) {
  const all = setUp(options);
  all.engine.watch(() => {});
  await all.engine.start();
  return all;
}

/** A page that was just opened, and a clock that stands. */
export function fresh() {
  for (const name of ["care", "stops"]) globalThis[Symbol.for(`hipbook.${name}`)]?.clear();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"], now: 1_770_000_000_000 });
}
