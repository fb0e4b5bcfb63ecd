// One session, one clock, one outbox per widget; views only look and send events.
import { upcomingCues } from "../cues.core.js";
import { compilePlan } from "../plan.core.js";
import { isActive, isGoing, newSession, reduce } from "../session.core.js";
import { startTicks } from "./clock.js";
import { createOutbox } from "./outbox.js";
import { holdRow, newSessionId, sessionRow } from "./rows.js";
import { createTones } from "./tones.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../session.core.js").SessionEvent} SessionEvent
 * @typedef {import("../plan.core.js").Catalog} Catalog
 * @typedef {import("../plan.core.js").Choices} Choices
 * `trouble` is why rows wait; `notice` is what Python had to say about a log that it could write.
 * @typedef {{saves: boolean, waiting: number, trouble: string, notice: string}} Saving
 * @typedef {{catalog: Catalog, choices: Choices, workspaceId: string, saves: boolean,
 *   port: import("./outbox.js").Port, storage: Storage | null, now?: () => number}} EngineOptions
 */

/** Without a view for this long (a re-run cell, a closed tab of the lab) nobody is watching: pause. */
const NO_VIEW_MS = 1000;
/** How often the outbox is looked after. */
const HEARTBEAT_MS = 1000;

/** @param {EngineOptions} options */
export function createEngine({ catalog, choices, workspaceId, saves, port, storage, now = Date.now }) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const outbox = saves ? createOutbox({ storage, workspaceId, port }) : null;
  const tones = createTones(now);
  let picked = structuredClone(choices);
  let session = newSession("", compilePlan(catalog, picked));
  let trouble = "";
  let notice = "";
  let views = 0;
  /** @type {(() => void) | null} */
  let stopTicks = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;

  const tell = () => listeners.forEach((listener) => listener());

  /** @param {Session} next */
  const adopt = (next) => {
    const before = session;
    session = next;
    for (const finished of next.rows.slice(before.rows.length)) outbox?.add(holdRow(next, finished), now());
    if (isActive(before) && !isActive(next)) outbox?.add(sessionRow(next), now());
    if (isGoing(next) && !stopTicks) stopTicks = startTicks(() => dispatch({ type: "tick" }));
    if (!isGoing(next)) {
      stopTicks?.();
      stopTicks = null;
    }
    const moved = ["status", "index", "stampMs"].some((key) => before[/** @type {"index"} */ (key)] !== next[/** @type {"index"} */ (key)]);
    if (moved) tones.schedule(upcomingCues(next, now()));
    tell();
  };

  /** @param {SessionEvent} event */
  const dispatch = (event) => adopt(reduce(session, event, now()));

  const heartbeat = outbox ? setInterval(() => views && outbox.size() && (outbox.retry(now()), tell()), HEARTBEAT_MS) : 0;
  outbox?.flush(now());

  return {
    catalog,
    now,
    session: () => session,
    choices: () => picked,
    /** @returns {Saving} */
    saving: () => ({ saves, waiting: outbox?.size() ?? 0, trouble, notice }),
    /**
     * Take other choices; only before Start. Throws a RoutineError for choices that cannot be planned.
     * @param {Choices} next
     */
    choose(next) {
      const plan = compilePlan(catalog, next);
      picked = next;
      session = newSession("", plan);
      tell();
    },
    /** Begin; call it inside a click so that sound is allowed. */
    start() {
      tones.unlock();
      session = newSession(newSessionId(now()), compilePlan(catalog, picked));
      dispatch({ type: "start" });
    },
    /** Back to set-up after the end. */
    again() {
      session = newSession("", compilePlan(catalog, picked));
      tell();
    },
    dispatch,
    tones,
    /** @param {{kind: string, ids?: string[], notes?: string[], why?: string}} message */
    receive(message) {
      if (message.kind === "saved") {
        outbox?.acknowledge(message.ids ?? []);
        trouble = "";
        notice = message.notes?.join(" ") || notice;
      }
      if (message.kind === "not_saved") trouble = message.why ?? "";
      tell();
    },
    /** @param {() => void} listener */
    watch(listener) {
      listeners.add(listener);
      views += 1;
      clearTimeout(leaving);
      return () => {
        listeners.delete(listener);
        views -= 1;
        if (!views) leaving = setTimeout(() => dispatch({ type: "pause", cause: "no_view" }), NO_VIEW_MS);
      };
    },
    close() {
      stopTicks?.();
      clearInterval(heartbeat);
      clearTimeout(leaving);
      tones.silence();
    },
  };
}
