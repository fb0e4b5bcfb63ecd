// The log of a page without Python: rows in the browser's storage, an entry each, so that two tabs never overwrite each other.
import { cellsOf } from "../log.core.js";

/**
 * @typedef {import("../log.core.js").Table} Table
 * @typedef {import("../log.core.js").Cells} Cells
 * @typedef {ReturnType<typeof createKeeper>} Keeper
 */

/** Stands where a workspace's random id stands in JupyterLab: of pages, one browser has one log. */
export const WORKSPACE_ID = "pages";
const PREFIX = `hipbook:${WORKSPACE_ID}:log:`;

/** @param {{storage: Storage | null, tables: Table[], events?: EventTarget}} options */
export function createKeeper({ storage, tables, events = globalThis.window }) {
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const tell = () => watchers.forEach((watcher) => watcher());
  const keys = (/** @type {string} */ prefix) => (storage ? Object.keys(storage).filter((key) => key.startsWith(prefix)) : []);

  /** @param {Table} table @param {string} key @returns {Cells[]}  none when somebody else damaged the entry */
  const stored = (table, key) => {
    try {
      return [cellsOf(table, JSON.parse(storage?.getItem(key) ?? ""))];
    } catch {
      return [];
    }
  };
  events?.addEventListener("storage", (event) => {
    const { key } = /** @type {StorageEvent} */ (event);
    if (key === null || key.startsWith(PREFIX)) tell();
  });

  return {
    tables,
    /** @param {string} name @returns {Table | undefined} */
    table: (name) => tables.find((table) => table.name === name),
    /**
     * Keep a row, once by its id; whether the browser has it now.
     * @param {Table} table @param {Cells} cells
     */
    keep(table, cells) {
      const key = `${PREFIX}${table.name}:${cells.id}`;
      try {
        if (!storage) return false;
        if (storage.getItem(key) === null) storage.setItem(key, JSON.stringify(cells));
        return true;
      } catch {
        return false; // full, or forbidden
      }
    },
    /** Whether a row is kept already. @param {Table} table @param {string} id */
    has: (table, id) => Boolean(storage) && storage?.getItem(`${PREFIX}${table.name}:${id}`) !== null,
    /** All rows of a table, by id, which is in time. @param {string} name @returns {Cells[]} */
    rows(name) {
      const table = tables.find((one) => one.name === name);
      const found = table ? keys(`${PREFIX}${name}:`).flatMap((key) => stored(table, key)) : [];
      return found.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    /** Forget all: rows, those that wait, sessions in hand, own routines, settings. */
    clear() {
      for (const key of keys(`hipbook:${WORKSPACE_ID}:`)) storage?.removeItem(key);
      tell();
    },
    /** Rows have come. */
    tell,
    /** @param {() => void} watcher */
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
