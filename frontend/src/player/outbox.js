// What is finished but not yet in the CSV: kept in the browser until Python says that it is written.
//
// Each row is an entry of its own under the workspace's random id, so that two players, or two tabs, never
// overwrite each other's list, another workspace on the same address never sees it, and whichever player of the
// workspace runs next brings home what an earlier one left behind. Python ignores an id it already has.

/**
 * @typedef {import("./rows.js").LogRow} LogRow
 * @typedef {{send(message: object): void}} Port
 */

const RESEND_MS = 5000;
/** Rows that have waited this long for any answer wait for somebody who does not hear. */
const UNHEARD_MS = 10_000;

/**
 * @param {{storage: Storage | null, workspaceId: string, port: Port}} options
 */
export function createOutbox({ storage, workspaceId, port }) {
  const prefix = `hipbook:${workspaceId}:row:`;
  /** Rows that the browser's storage refused; they live as long as the page. @type {Map<string, LogRow>} */
  const inPage = new Map();
  let lastSentMs = -Infinity;
  /** When it was sent first without any answer since. @type {number | null} */
  let unheardSinceMs = null;
  let refused = false;

  /** @param {string} key @returns {LogRow[]}  none when somebody else damaged the entry */
  const stored = (key) => {
    try {
      return [JSON.parse(storage?.getItem(key) ?? "")];
    } catch {
      return [];
    }
  };

  const waiting = () => {
    const keys = storage ? Object.keys(storage).filter((key) => key.startsWith(prefix)) : [];
    const rows = [...keys.flatMap(stored), ...inPage.values()];
    return rows.sort((a, b) => (String(a.row.id) < String(b.row.id) ? -1 : 1));
  };

  /** @param {LogRow} entry */
  const keep = (entry) => {
    try {
      if (!storage) throw new Error("no storage");
      storage.setItem(prefix + entry.row.id, JSON.stringify(entry));
      inPage.delete(String(entry.row.id));
    } catch {
      inPage.set(String(entry.row.id), entry);
    }
  };

  /** @param {number} nowMs */
  const flush = (nowMs) => {
    [...inPage.values()].forEach(keep); // there may be room by now
    const rows = waiting();
    if (!rows.length) return;
    lastSentMs = nowMs;
    unheardSinceMs ??= nowMs;
    try {
      port.send({ kind: "rows", rows });
      refused = false;
    } catch {
      refused = true; // the kernel is gone; the rows stay here, and the panel says that they wait
    }
  };

  return {
    /** @param {LogRow[]} entries @param {number} nowMs */
    add(entries, nowMs) {
      if (!entries.length) return;
      entries.forEach(keep);
      flush(nowMs);
    },
    /** @param {string[]} ids */
    acknowledge(ids) {
      for (const id of ids) {
        inPage.delete(id);
        storage?.removeItem(prefix + id);
      }
    },
    /** Somebody answered, whatever it was. */
    heard() {
      unheardSinceMs = null;
    },
    flush,
    /** Send again what has waited for an answer too long. @param {number} nowMs */
    retry(nowMs) {
      if (nowMs - lastSentMs >= RESEND_MS) flush(nowMs);
    },
    waiting,
    size: () => waiting().length,
    /** Whether some of it would be lost with the page. */
    isInPageOnly: () => inPage.size > 0,
    /** Of which tables something waits. */
    tables: () => new Set(waiting().map(({ table }) => table)),
    /** Whether nobody seems to hear: sending fails, or has had no answer for long. @param {number} nowMs */
    unheard: (nowMs) => refused || (unheardSinceMs !== null && nowMs - unheardSinceMs >= UNHEARD_MS),
  };
}
