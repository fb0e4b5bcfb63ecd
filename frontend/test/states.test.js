// The state table cannot lie: what it says is what the session does, what the tones play and what the strings say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { cuesOfPhase } from "../src/cues.core.js";
import { choicesOf, compilePlan } from "../src/plan.core.js";
import { MOTIFS } from "../src/player/listeners/tones.js";
import { phaseWord, sentence } from "../src/player/words.js";
import { isActive, newSession, phaseInHand, reduce } from "../src/session.core.js";
import { MOMENTS, motifOf, STATES } from "../src/states.core.js";
import { translator } from "../src/common/translator.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const { catalog } = read("../golden/plan.json");
const strings = read("../../hipbook/strings/en.json");
const t = translator(strings);
/** A sentence with its gaps, as the table names it. */
const open = (key) => strings[key];
const CAUSES = ["person", "hurts", "asleep", "no_view", "left"];
const of = (status, name = "") => STATES.find((state) => state.status === status && state.of === name);

/** A session in the first phase of a kind, on the left side. */
function inPhase(kind) {
  const choices = { ...choicesOf(catalog, "full"), wait_for_me: kind === "wait" };
  choices.items = choices.items.map((item) => ({ ...item, repetitions: 2 }));
  choices.first_side = kind === "switch" ? "right" : "left";
  const plan = compilePlan(catalog, choices);
  let session = reduce(newSession("s", plan), { type: "start" }, 0);
  for (let atMs = 0; phaseInHand(session).kind !== kind; atMs += 1000) {
    session = reduce(session, { type: session.plan.phases[session.index].duration_s === null ? "next" : "tick" }, atMs);
  }
  return session;
}
const KINDS = [...new Set(["ready", "hold", "pull", "release", "switch", "rest", "wait"])];

/** Whether words are a sentence of the strings with its gaps filled. */
const isSaying = (words, key) => {
  const parts = open(key).split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(words);
};

test("every phase kind and every cause of a pause has one row, and no row is of nothing", () => {
  const names = STATES.map((state) => [state.status, state.of].filter(Boolean).join(" "));
  const wanted = [...KINDS.map((kind) => `running ${kind}`), ...CAUSES.map((cause) => `paused ${cause}`), "leading_in", "finished", "stopped"];
  assert.deepEqual([...names].sort(), wanted.sort());
});

test("every sentence of the table is there, and every motif has notes of its own", () => {
  for (const { word, spoken } of STATES) assert.ok(strings[word] && strings[spoken], `${word} ${spoken}`);
  for (const { spoken } of MOMENTS) assert.ok(spoken === "" || strings[spoken], spoken);
  const heard = [...STATES, ...MOMENTS].map((entry) => entry.heard).filter(Boolean);
  assert.deepEqual([...new Set(heard)].sort(), Object.keys(MOTIFS).sort());
  assert.equal(new Set(Object.values(MOTIFS).map(String)).size, Object.keys(MOTIFS).length);
});

for (const kind of KINDS) {
  test(`${kind}: shown, heard, spoken and written as the table says`, () => {
    const session = inPhase(kind);
    const state = of("running", kind);
    const cue = cuesOfPhase(phaseInHand(session), "rest")[0];
    assert.equal(phaseWord(t, session), t(state.word));
    assert.equal(state.digits === "waits", phaseInHand(session).duration_s === null);
    assert.equal(motifOf(cue), state.heard);
    const words = sentence(t, { ...cue, atMs: session.stampMs }, session);
    assert.ok(isSaying(words, state.spoken), words);
    // Whatever ends it, a phase that counts leaves a row, and no other does.
    const rows = (event) => reduce(session, event, session.seenMs + 100).rows.length - session.rows.length;
    const isCounted = ["hold", "set"].includes(state.written);
    assert.deepEqual([rows({ type: "skip" }), rows({ type: "stop" })], isCounted ? [1, 1] : [0, 0]);
  });
}

test("a hold that runs to its end leaves its row there, a set with its last easing off", () => {
  for (const [kind, written] of [["hold", "hold"], ["release", "set"]]) {
    let session = inPhase(kind);
    const { row } = phaseInHand(session);
    let last = "";
    for (let atMs = session.seenMs; phaseInHand(session)?.row === row; atMs += 500) {
      last = phaseInHand(session).kind;
      session = reduce(session, { type: "tick" }, atMs);
    }
    assert.deepEqual([last, session.rows.at(-1).row, of("running", last).written], [kind, row, written]);
  }
});

for (const cause of CAUSES) {
  test(`paused, ${cause}: shown, heard and spoken as the table says, and nothing is written`, () => {
    const hold = inPhase("hold");
    const session = reduce(hold, { type: "pause", cause }, hold.seenMs + 100);
    const state = of("paused", cause);
    const cue = { atMs: session.stampMs, kind: "pause", of: cause };
    // "It hurts" has a panel of its own.
    const word = cause === "hurts" ? t("hurts.title") : phaseWord(t, session);
    assert.deepEqual([word, motifOf(cue)], [t(state.word), state.heard]);
    assert.ok(isSaying(sentence(t, cue, session), state.spoken));
    assert.deepEqual([session.rows.length, state.written], [hold.rows.length, ""]);
  });
}

test("going on, the end and a stop are heard, spoken and written as the table says", () => {
  const hold = inPhase("hold");
  const paused = reduce(hold, { type: "pause" }, hold.seenMs + 100);
  const leading = reduce(paused, { type: "resume" }, hold.seenMs + 200);
  for (const [kind, status, session] of [
    ["lead_in", "leading_in", leading],
    ["finish", "finished", hold],
    ["stop", "stopped", reduce(hold, { type: "stop" }, hold.seenMs)],
  ]) {
    const state = of(status);
    assert.equal(motifOf({ kind, of: "" }), state.heard);
    assert.equal(sentence(t, { atMs: 0, kind, of: "" }, session), t(state.spoken));
    assert.equal(state.written, isActive({ ...hold, status }) ? "" : "session");
  }
  assert.equal(phaseWord(t, leading), t(of("leading_in").word));
  assert.equal(motifOf({ kind: "begin", of: "end" }), of("finished").heard);
});

test("the moments inside a phase are heard and spoken as the table says", () => {
  const hold = inPhase("hold");
  const kindsAt = (phaseKind, seconds) => cuesOfPhase({ ...phaseInHand(hold), kind: phaseKind, duration_s: seconds }, "rest").map((cue) => cue.kind);
  for (const { kind, in: where, from_s, heard, spoken } of MOMENTS) {
    assert.deepEqual([from_s - 1, from_s].map((seconds) => kindsAt("hold", seconds).includes(kind)), [false, true]);
    assert.equal(kindsAt("rest", from_s).includes(kind), where === "");
    assert.equal(motifOf({ kind, of: "rest" }), heard);
    assert.equal(sentence(t, { atMs: 0, kind, of: "rest" }, hold), spoken && t(spoken));
  }
});

test("the table in docs/player.md is what the sources give", () => {
  const tool = fileURLToPath(new URL("../tools/state_table.mjs", import.meta.url));
  execFileSync(process.execPath, [tool, "--check"], { stdio: "pipe" });
});
