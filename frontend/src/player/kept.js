// The session in hand, kept in the browser's storage: it survives a reload, a crash and a cell that is run again.

/** @typedef {import("../session.core.js").Session} Session */

/** @param {{storage: Storage | null, workspaceId: string, key: string}} options */
export function createKept({ storage, workspaceId, key }) {
  const name = `hipbook:${workspaceId}:session:${key}`;
  /** What the storage refused lives as long as the page. @type {Session | null} */
  let inPage = null;
  return {
    name,
    /** @param {Session} session */
    save(session) {
      inPage = null;
      try {
        if (!storage) throw new Error("no storage");
        storage.setItem(name, JSON.stringify(session));
      } catch {
        inPage = session;
      }
    },
    /** @returns {Session | null} */
    find() {
      if (inPage) return inPage;
      try {
        const session = JSON.parse(storage?.getItem(name) ?? "null");
        return session?.schema === 1 && Array.isArray(session.rows) && session.plan?.phases?.[0] ? session : null;
      } catch {
        return null; // somebody else damaged it
      }
    },
    remove() {
      inPage = null;
      try {
        storage?.removeItem(name);
      } catch {
        // It was never there.
      }
    },
  };
}
