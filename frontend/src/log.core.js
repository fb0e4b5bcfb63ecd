// The log's tables as CSV, by the rules and in the form of hipbook/progress (tables.py, rows.py, records.py).
import { csvFormatRows, csvParseRows } from "d3-dsv";

/**
 * @typedef {{name: string, kind: string, required: boolean, minimum: number | null, maximum: number | null,
 *   choices: string[], private: boolean, rule: string}} Column
 * @typedef {{name: string, file: string, schema: number, instant: string, columns: Column[]}} Table
 *   as hipbook.site.panels.tables_data returns; `instant` names the column that says when
 * @typedef {Record<string, string>} Cells  every column of a table, blank where nothing is known
 * @typedef {{column: string, rule: string, value: string}} Trouble
 * @typedef {Trouble & {row: number}} Rejected  `row` counts the rows below the heading, from 1
 */

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(?:Z|[+-](\d\d):(\d\d))$/;
const TEXT_MAX = 10_000;
const DAY_MS = 86_400_000;
/** First characters of a text that a spreadsheet might run (or hide): such a text gets a leading apostrophe. */
const GUARDED = /^[=+\-@\t\r\n']/;

/** @type {Record<string, (cell: string, column: Column) => boolean>} */
const ACCEPTS = {
  code: (cell) => /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}$/.test(cell),
  choice: (cell, { choices }) => choices.includes(cell),
  integer: (cell, column) => /^-?\d{1,9}$/.test(cell) && isWithin(cell, column),
  number: (cell, column) => /^-?\d{1,9}(\.\d{1,15})?$/.test(cell) && isWithin(cell, column),
  instant: isInstant,
  day: isDay,
  text: isText,
  json: (cell) => isText(cell) && isJsonObject(cell),
};

/** @param {string} cell @param {Column} column */
const isWithin = (cell, { minimum, maximum }) => Number(cell) >= (minimum ?? -Infinity) && Number(cell) <= (maximum ?? Infinity);

/** @param {string} cell */
function isDay(cell) {
  const [, year, month, day] = (DAY.exec(cell) ?? []).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 2200 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/** @param {string} cell */
function isInstant(cell) {
  const found = INSTANT.exec(cell);
  if (!found) return false;
  const [hour, minute, second, offsetHour, offsetMinute] = found.slice(2).map((part) => Number(part ?? 0));
  return isDay(found[1]) && hour < 24 && minute < 60 && second < 60 && offsetHour < 24 && offsetMinute < 60;
}

/** @param {string} cell */
function isText(cell) {
  return (cell.length <= TEXT_MAX || [...cell].length <= TEXT_MAX) && !/\0|\p{Surrogate}/u.test(cell);
}

/** @param {string} cell */
function isJsonObject(cell) {
  try {
    const value = JSON.parse(cell);
    return value !== null && typeof value === "object" && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Days since 1970 in UTC. @param {string} instant */
const utcDay = (instant) => Math.floor(Date.parse(instant.replace(/\.\d+/, "")) / DAY_MS);

/**
 * A row as cells; numbers keep three decimals.
 * @param {Table} table
 * @param {Record<string, unknown>} row
 * @returns {Cells}
 */
export function cellsOf(table, row) {
  const cells = Object.fromEntries(table.columns.map(({ name }) => [name, cellOf(row[name])]));
  return { ...cells, schema: cells.schema || String(table.schema) };
}

/** @param {unknown} value */
function cellOf(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(Number(value.toFixed(3)) + 0) : String(value);
}

/**
 * Which rule a row breaks first; null when it breaks none.
 * @param {Table} table
 * @param {Cells} cells
 * @returns {Trouble | null}
 */
export function troubleOf(table, cells) {
  const keptByUndo = ["id", table.instant, "local_date", "voids", "schema"];
  const isUndo = cells.voids !== "" && table.columns.every(({ name }) => keptByUndo.includes(name) || cells[name] === "");
  for (const column of table.columns) {
    const value = cells[column.name];
    const mayBeBlank = !column.required || (isUndo && !keptByUndo.includes(column.name));
    if (value === "" && !mayBeBlank) return { column: column.name, rule: "must not be blank", value };
    if (value !== "" && !ACCEPTS[column.kind](value, column)) return { column: column.name, rule: column.rule, value };
  }
  return togetherTrouble(table, cells);
}

/** @param {Table} table @param {Cells} cells @returns {Trouble | null} */
function togetherTrouble(table, cells) {
  const broken = (/** @type {string} */ column, /** @type {string} */ rule) => ({ column, rule, value: cells[column] });
  if (Number(cells.schema) > table.schema) return broken("schema", `must be at most ${table.schema}: a newer hipbook wrote this row`);
  if (cells.voids === cells.id) return broken("voids", "must name another row");
  const days = Date.parse(cells.local_date) / DAY_MS - utcDay(cells[table.instant]);
  if (Math.abs(days) > 1) return broken("local_date", `must be the day of ${table.instant}, or next to it`);
  if (cells.reason && cells.outcome === "done") return broken("reason", "must be blank when outcome is done");
  return null;
}

/** @param {Column} column */
const isFreeText = ({ kind }) => kind === "text" || kind === "json";

/**
 * The file of a table: UTF-8, RFC 4180, safe to open in a spreadsheet.
 * @param {Table} table
 * @param {Cells[]} rows
 * @param {Column[]} columns  those that are in it
 */
export function csvOf(table, rows, columns = table.columns) {
  const guarded = (/** @type {Column} */ column, /** @type {string} */ cell) => (isFreeText(column) && GUARDED.test(cell) ? `'${cell}` : cell);
  const lines = rows.map((cells) => columns.map((column) => guarded(column, cells[column.name])));
  return `${csvFormatRows([columns.map(({ name }) => name), ...lines])}\n`;
}

/**
 * The file to hand in, as hipbook/progress/exporting.py writes it: the rows that count, without what is private.
 * @param {Table} table  that of the holds
 * @param {Cells[]} rows
 */
export const handInOf = (table, rows) => csvOf(table, standing(rows), table.columns.filter((column) => !column.private));

/**
 * Read a file that hipbook wrote; columns may have changed places, and others may have come along.
 * @param {Table[]} tables
 * @param {string} text
 * @returns {{table: Table | null, rows: Cells[], rejected: Rejected[]}}  null: it is none of the tables
 */
export function readCsv(tables, text) {
  const [head = [], ...lines] = csvParseRows(text.replace(/^\uFEFF/, ""));
  const isIn = (/** @type {Column} */ { name, required }) => !required || name === "schema" || head.includes(name);
  const table = tables.find(({ columns }) => columns.every(isIn)) ?? null;
  /** @type {Cells[]} */
  const rows = [];
  /** @type {Rejected[]} */
  const rejected = [];
  lines.forEach((line, at) => {
    if (!table || (line.length === 1 && line[0] === "")) return;
    const cells = cellsOf(table, rowOf(table, head, line));
    const trouble = line.length === head.length ? troubleOf(table, cells) : { column: "columns", rule: `must be ${head.length}`, value: String(line.length) };
    if (trouble) rejected.push({ row: at + 1, ...trouble });
    else rows.push(cells);
  });
  return { table, rows, rejected };
}

/** @param {Table} table @param {string[]} head @param {string[]} line */
function rowOf(table, head, line) {
  const entries = table.columns.map((column) => {
    const cell = line[head.indexOf(column.name)] ?? "";
    const isGuarded = isFreeText(column) && cell.startsWith("'") && GUARDED.test(cell.slice(1));
    return [column.name, isGuarded ? cell.slice(1) : cell];
  });
  return Object.fromEntries(entries);
}

/**
 * The holds that count: neither voided nor only there to void.
 * @param {Cells[]} holds
 */
export function standing(holds) {
  const voided = new Set(holds.map(({ voids }) => voids));
  return holds.filter(({ id, stretch }) => stretch !== "" && !voided.has(id));
}
