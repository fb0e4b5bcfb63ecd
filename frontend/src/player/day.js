// That the day is over, after what was felt: kept in the browser until tomorrow, by workspace, without any reason.

/** @param {{storage: Storage | null, workspaceId: string, today(): string}} options */
export function createDay({ storage, workspaceId, today }) {
  const name = `hipbook:${workspaceId}:day`;
  const forget = () => {
    try {
      storage?.removeItem(name);
    } catch {
      // It was never there.
    }
  };
  return {
    name,
    forget,
    isOver() {
      try {
        const found = JSON.parse(storage?.getItem(name) ?? "null");
        if (found?.day < today()) forget();
        return found?.ended === true && found.day === today();
      } catch {
        return false; // no storage allowed, or somebody else damaged it
      }
    },
    end() {
      try {
        storage?.setItem(name, JSON.stringify({ day: today(), ended: true }));
      } catch {
        // Full or forbidden: the day is over as long as the page.
      }
    },
  };
}
