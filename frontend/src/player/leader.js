// Of all panels of one session, in whatever tab, one leads: it holds a Web Lock that goes when the tab goes.

/** @typedef {Pick<LockManager, "request" | "query">} Locks */

/**
 * @param {{locks?: Locks, name: string}} options  without `locks` (a page that is not secure) everyone leads
 */
export function createLeader({ locks, name }) {
  /** @type {Set<() => void>} */
  const lostListeners = new Set();
  let leading = false;
  /** Ends the lock in hand. */
  let letGo = () => {};
  /** Counts the releases: a lock that arrives after one is not wanted any more. */
  let releases = 0;
  /** Who asks waits for the answer to whoever asked before. @type {Promise<unknown>} */
  let queue = Promise.resolve();
  /** The end of the lock in hand: only then is a released lock free. @type {Promise<unknown>} */
  let ended = Promise.resolve();

  /** @param {Locks} manager @param {boolean} steal @param {number} asked @returns {Promise<boolean>} */
  const ask = async (manager, steal, asked) => {
    await ended;
    if (asked !== releases) return false;
    return new Promise((answer) => {
      const request = manager.request(name, steal ? { steal } : { ifAvailable: true }, (lock) => {
        leading = lock !== null && asked === releases;
        answer(leading);
        return leading ? new Promise((resolve) => (letGo = () => resolve(undefined))) : undefined;
      });
      ended = request.catch((/** @type {unknown} */ error) => {
        const lost = leading;
        // Where locks are forbidden altogether nobody can be asked, as where there are none.
        leading = asked === releases && /** @type {Error} */ (error)?.name === "SecurityError";
        answer(leading);
        if (lost) lostListeners.forEach((listener) => listener());
      });
    });
  };

  return {
    leads: () => leading,
    /**
     * Lead, if nobody else does; with `steal`, whoever does.
     * @param {{steal?: boolean}} [how]
     * @returns {Promise<boolean>} whether this one leads now
     */
    lead({ steal = false } = {}) {
      if (!locks) leading = true;
      const asked = releases;
      const answer = queue.then(() => leading || (locks ? ask(locks, steal, asked) : false));
      queue = answer;
      return answer;
    },
    release() {
      releases += 1;
      leading = false;
      letGo();
    },
    /** Whether somebody else leads. */
    async elsewhere() {
      await queue;
      if (!locks || leading) return false;
      await ended;
      const { held = [] } = await locks.query().catch(() => ({ held: [] }));
      await queue; // the lock that was seen may be the one that this panel has asked for meanwhile
      return !leading && held.some((lock) => lock.name === name);
    },
    /** @param {() => void} listener  called when another took over @returns {() => void} */
    onLost(listener) {
      lostListeners.add(listener);
      return () => void lostListeners.delete(listener);
    },
  };
}
