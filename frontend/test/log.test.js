// The log's twin passes the golden vectors that Python wrote; what it writes it reads back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cellsOf, csvOf, handInOf, readCsv, standing, troubleOf } from "../src/log.core.js";

const { tables, heads, vectors, handed_in: handedIn } = JSON.parse(readFileSync(new URL("../golden/log.json", import.meta.url), "utf8"));
const tableOf = (name) => tables.find((table) => table.name === name);
const good = vectors.filter(({ line }) => line !== undefined);

test("every golden row is accepted, or refused for the same column, as in Python", () => {
  assert.ok(good.length > 30 && vectors.length - good.length > 30);
  for (const { table: name, row, line, column } of vectors) {
    const table = tableOf(name);
    const found = troubleOf(table, cellsOf(table, row))?.column;
    assert.equal(found, line === undefined ? column : undefined, JSON.stringify(row).slice(0, 300));
  }
});

test("every golden row is written as the line that Python writes, below the same heading", () => {
  for (const { table: name, row, line } of good) {
    const table = tableOf(name);
    assert.equal(csvOf(table, [cellsOf(table, row)]), heads[name] + line);
  }
});

test("what was written is read back, whatever text is in it", () => {
  for (const table of tables) {
    const rows = good.filter((vector) => vector.table === table.name).map(({ row }) => cellsOf(table, row));
    assert.deepEqual(readCsv(tables, csvOf(table, rows)), { table, rows, rejected: [] });
  }
});

test("a file with a byte-order mark, moved and added columns and CRLF is read; bad rows are named beside the good", () => {
  const sessions = tableOf("sessions");
  const text = "\uFEFFnote,id,session_id,ended_at,local_date,extra\r\n'=x,a,s,2026-03-29T07:35:00Z,2026-03-29,1\r\n\r\nx,b,s,yesterday,2026-03-29,1\r\nshort,c\r\n";
  const { table, rows, rejected } = readCsv(tables, text);
  assert.equal(table, sessions);
  assert.deepEqual(rows.map(({ id, note, schema }) => [id, note, schema]), [["a", "=x", "1"]]);
  assert.deepEqual(rejected.map(({ row, column, value }) => [row, column, value]), [[3, "ended_at", "yesterday"], [4, "columns", "2"]]);
});

test("a half of a character is no text", () => {
  const table = tableOf("sessions");
  const { row } = good.find((vector) => vector.table === "sessions");
  assert.equal(troubleOf(table, cellsOf(table, { ...row, note: "\ud800" }))?.column, "note");
});

test("a file that is none of the tables is said to be none", () => {
  for (const text of ["", "a,b\n1,2\n", "id,started_at\n"]) assert.equal(readCsv(tables, text).table, null);
});

test("a hold counts unless it is voided, and a row that only voids never does", () => {
  const row = (id, voids = "", stretch = "x") => ({ id, voids, stretch });
  const rows = [row("a"), row("b"), row("c", "b"), row("d", "a", "")];
  assert.deepEqual(standing(rows).map(({ id }) => id), ["c"]);
});

test("what is handed in is what hipbook log export writes: the rows that count, nothing private", () => {
  const { rows, text } = handedIn;
  const holds = tableOf("holds");
  assert.equal(handInOf(holds, rows.map((row) => cellsOf(holds, row))), text);
  assert.ok(!/reason|pinch|unwell/.test(text));
});
