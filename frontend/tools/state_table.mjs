// Writes the player's state table into docs/player.md, between its markers, from src/states.core.js.
// `node frontend/tools/state_table.mjs --check` exits 1 when the document says something else.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MOTIFS } from "../src/player/listeners/tones.js";
import { MOMENTS, STATES } from "../src/states.core.js";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const sentences = JSON.parse(readFileSync(path("hipbook/strings/en.json"), "utf8"));
const DOCUMENT = path("docs/player.md");

const SITUATIONS = {
  leading_in: "going on after a pause", finished: "finished", stopped: "stopped",
  person: "paused by the person", hurts: "paused: it hurts", asleep: "paused: the machine slept",
  no_view: "paused: out of sight", left: "paused: the page was left",
};
const DIGITS = { left: "time left", lead_in: "3, 2, 1", waits: "no time runs", still: "time left, standing still", asked: "what you feel is asked", none: "what was held" };
const WRITTEN = {
  hold: "a row when the hold ends, is skipped or stopped: seconds held",
  set: "a row when the set ends, is skipped or stopped: seconds pulled",
  session: "a row of the session",
};
const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
const MOMENT = { half: "halfway", ten_left: "10 seconds before the end", count: "3, 2 and 1 seconds before the end" };

/** 440 → "A4". @param {number} hz */
function noteName(hz) {
  const key = Math.round(69 + 12 * Math.log2(hz / 440));
  return `${NOTES[key % 12]}${Math.floor(key / 12) - 1}`;
}
const heard = (/** @type {import("../src/states.core.js").Motif | ""} */ motif) => (motif ? MOTIFS[motif].map(([hz]) => noteName(hz)).join(" ") : "");
const spoken = (/** @type {string} */ key) => (key ? `“${sentences[key]}”` : "");
const row = (/** @type {string[]} */ cells) => `| ${cells.map((cell) => cell || "–").join(" | ")} |`;
const table = (/** @type {string[]} */ head, /** @type {string[][]} */ rows) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const states = STATES.map(({ status, of, word, digits, heard: motif, spoken: key, written }) => [
  status === "running" ? `\`${of}\`` : SITUATIONS[status === "paused" ? of : status],
  `**${sentences[word]}** (${DIGITS[digits]})`, heard(motif), spoken(key), WRITTEN[written],
]);
const moments = MOMENTS.map(({ kind, in: where, from_s, heard: motif, spoken: key }) => [
  MOMENT[kind], `${where === "hold" ? "holds" : "every phase"} of ${from_s} s or more`, heard(motif), spoken(key),
]);

const blocks = {
  states: table(["state", "shown", "heard", "spoken", "written"], states),
  moments: table(["moment", "in", "heard", "spoken"], moments),
};

const before = readFileSync(DOCUMENT, "utf8");
const after = Object.entries(blocks).reduce((text, [name, block]) => {
  const [head, rest] = text.split(`<!-- ${name} -->\n`);
  const end = `<!-- /${name} -->`;
  if (!rest?.includes(end)) throw new Error(`docs/player.md must have the markers ${name} and /${name}`);
  return `${head}<!-- ${name} -->\n${block}\n${rest.slice(rest.indexOf(end))}`;
}, before);

if (!process.argv.includes("--check")) writeFileSync(DOCUMENT, after);
else if (after !== before) {
  console.error("stale table in docs/player.md; run: node frontend/tools/state_table.mjs");
  process.exitCode = 1;
}
