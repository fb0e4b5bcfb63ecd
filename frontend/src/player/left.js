// A session that was left: offered again while it is fresh, noted as ended once nobody takes it up any more.
import { isActive, reduce, restored } from "../session.core.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * `elsewhere`: another tab or panel leads this session. `resume`: it was left, and may be taken up again.
 * @typedef {{kind: "elsewhere", session: Session | null} | {kind: "resume", session: Session}} Offer
 */

/** A session that was left longer ago is not offered any more; what was held in it is noted. */
const STALE_MS = 6 * 3_600_000;

/**
 * @param {{kept: ReturnType<typeof import("./kept.js").createKept>, leader: ReturnType<typeof import("./leader.js").createLeader>,
 *   now(): number, isBusy(): boolean, onEnd(ended: Session): void, onChange(): void}} options
 *   isBusy: this panel has a session in hand; onEnd: the session is over, its rows are to be written
 */
export function createLeft({ kept, leader, now, isBusy, onEnd, onChange }) {
  /** @type {Offer | null} */
  let offer = null;
  return {
    offer: () => offer,
    /** @param {Offer | null} next */
    set(next) {
      offer = next;
    },
    /** Look whether a session was left, here or in another tab. */
    async look() {
      if (isBusy()) return;
      const found = kept.find();
      const open = found !== null && isActive(found);
      const elsewhere = open && (await leader.elsewhere());
      if (isBusy()) return;
      const before = [offer?.kind, offer?.session?.id].join();
      if (found && !elsewhere && (!open || now() - found.seenMs > STALE_MS)) {
        onEnd(reduce(restored(found), { type: "stop" }, found.seenMs));
        kept.remove();
        offer = null;
      } else offer = !open ? null : elsewhere ? { kind: "elsewhere", session: found } : { kind: "resume", session: restored(found) };
      if ([offer?.kind, offer?.session?.id].join() !== before) onChange();
    },
  };
}
