// One session, one clock, one outbox per widget; views only look and send events.
import { endOfDay } from "../felt.core.js";
import { isActive, isGoing, newSession, nextMoveMs, reduce, restored } from "../session.core.js";
import { translator } from "../common/translator.js";
import { createCare } from "./care.js";
import { createChoosing } from "./choosing.js";
import { startTicks } from "./clock.js";
import { createConductor } from "./conductor.js";
import { createDeciding } from "./deciding.js";
import { createKept } from "./kept.js";
import { createLeader } from "./leader.js";
import { createLeft } from "./left.js";
import { createPost } from "./post.js";
import { holdRow, localDate, newSessionId, sessionRow } from "./rows.js";
import { createSettings } from "./settings.js";
import { createWatched } from "./watched.js";
import { sentence } from "./words.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @typedef {import("../session.core.js").SessionEvent} SessionEvent
 * @typedef {import("../plan.core.js").Catalog} Catalog
 * @typedef {import("../plan.core.js").Choices} Choices
 * @typedef {{id: string, name: string, choices: Choices}} OwnRoutine
 * What a player needs to know, as hipbook/guide.py gives it; `place` is where it runs, "notebook" or "page".
 * @typedef {{key: string, name: string, place: string, catalog: Catalog, choices: Choices, precautions: any,
 *   routines: OwnRoutine[], stops: import("./stops.js").Stops, strings: Record<string, string>, language: string,
 *   languages: {code: string, name: string}[], workspace_id: string, saves: boolean}} PlayerData
 * @typedef {{data: PlayerData, port: import("./outbox.js").Port, storage: Storage | null,
 *   locks?: import("./leader.js").Locks, now?: () => number}} EngineOptions
 */

/** How often outbox and kept session are looked after, and how often a running session is kept. */
const HEARTBEAT_MS = 1000;

/** @param {EngineOptions} options */
export function createEngine({ data, port, storage, locks, now = Date.now }) {
  const { catalog } = data;
  const watched = createWatched({
    onNobody: () => {
      dispatch({ type: "pause", cause: "no_view" });
      leader.release();
    },
  });
  const { tell } = watched;
  const kept = createKept({ storage, workspaceId: data.workspace_id, key: data.key });
  const settings = createSettings({ storage, workspaceId: data.workspace_id });
  const leader = createLeader({ locks, name: kept.name });
  const care = createCare({ precautions: data.precautions, catalog, workspaceId: data.workspace_id, storage, today: () => localDate(now()) });
  /** Of which session it was said how it felt, and how often. */
  let said = { id: "", times: 0 };
  let revision = 0;
  let keptMs = 0;
  /** @type {import("./wake.js").WakeState} */
  let wakeState = "off";
  /** @type {import("./clock.js").Ticks | null} */
  let ticks = null;

  const post = createPost({
    data,
    port,
    storage,
    settings,
    now,
    onRoutines: (saved) => {
      if (saved && hasRoutines) choosing.named(saved);
      else if (!saved) revision += choosing.forget() ? 1 : 0;
      if (session.status === "idle") session = newSession("", choosing.plan());
    },
    onChange: (anew) => {
      revision += anew ? 1 : 0;
      tell();
    },
  });
  const conductor = createConductor({
    settings,
    now,
    language: post.language,
    session: () => session,
    positionOf: (id) => /** @type {any} */ (catalog.stretches.find((stretch) => stretch.id === id))?.position ?? null,
    wordsOf: (cue, at) => sentence(translator(post.strings()), cue, at),
    onWake: (state) => {
      wakeState = state;
      tell();
    },
  });

  const choosing = createChoosing({ catalog, choices: data.choices, care, routines: post.routines });
  const hasRoutines = data.place === "page" || !catalog.stretches.some(({ id }) => id === data.choices.routine);
  let session = newSession("", choosing.plan());

  /** Other choices make another plan, until the session has begun. */
  const replan = () => {
    if (session.status === "idle") {
      revision += 1;
      session = newSession("", choosing.plan());
    }
    tell();
  };

  /** @param {Session} of @param {import("../session.core.js").FinishedRow[]} rows */
  const holdRows = (of, rows) => rows.map((row) => holdRow(of, row, settings.get().keep_reasons));

  /** @param {Session} next */
  const adopt = (next) => {
    const before = session;
    session = next;
    const fresh = next.rows.slice(before.rows.length);
    const ended = isActive(before) && !isActive(next);
    const at = now();
    // Kept before it is sent: should the page die in between, what is kept is sent again, under the same ids.
    if (leader.leads() && (fresh.length || ended || before.status !== next.status || before.index !== next.index || at - keptMs >= HEARTBEAT_MS)) {
      kept.save(next);
      keptMs = at;
    }
    post.write([...holdRows(next, fresh), ...(ended ? [sessionRow(next)] : [])]);
    if (ended) {
      kept.remove();
      leader.release();
    }
    if (isGoing(next)) {
      ticks ??= startTicks(() => dispatch({ type: "tick" }));
      const due = nextMoveMs(next, at);
      ticks.aim(due === null ? null : due - at);
    } else {
      ticks?.stop();
      ticks = null;
    }
    conductor.follow(before, next);
    const reason = endOfDay(catalog, fresh);
    if (reason) care.endToday(reason);
    tell();
  };

  /** @param {SessionEvent} event */
  const dispatch = (event) => {
    if (event.type === "resume" && !leader.leads()) void lead().then((leads) => leads && adopt(reduce(session, event, now())));
    else adopt(reduce(session, event, now()));
  };

  /** Lead, and stand where the session was last left, by whomever. @param {boolean} [steal] */
  const lead = async (steal = false) => {
    if (!(await leader.lead({ steal }))) {
      drop({ kind: "elsewhere", session: kept.find() });
      return false;
    }
    const found = kept.find();
    if (isActive(session) && !found) drop(null);
    else if (found && (found.id !== session.id || found.seenMs > session.seenMs)) session = restored(found);
    return isActive(session);
  };

  /** This panel has no session any more. @param {import("./left.js").Offer | null} next */
  const drop = (next) => {
    ticks?.stop();
    ticks = null;
    conductor.hush();
    session = newSession("", choosing.plan());
    left.set(next);
    tell();
  };
  leader.onLost(() => drop({ kind: "elsewhere", session: kept.find() }));

  const left = createLeft({
    kept,
    leader,
    now,
    isBusy: () => isActive(session),
    onEnd: (ended) => post.write([...holdRows(ended, ended.rows), sessionRow(ended)]),
    onChange: tell,
  });

  const heartbeat = setInterval(() => {
    if (!watched.isWatched()) return;
    void left.look();
    if (post.look()) tell();
  }, HEARTBEAT_MS);

  const unwatchCare = care.watch(() => {
    choosing.again();
    replan();
  });
  const unwatchSettings = settings.watch(tell);

  const found = kept.find();
  if (found) post.write(holdRows(found, found.rows));
  else post.bringHome();
  void left.look();

  return {
    data,
    catalog,
    now,
    care,
    settings,
    conductor,
    session: () => session,
    choices: choosing.choices,
    changes: choosing.changes,
    strings: post.strings,
    language: post.language,
    /** What a control of the language needs. */
    languageChoice: {
      language: post.language,
      languages: data.languages,
      onLanguage: (/** @type {string} */ code) => settings.set({ language: code }),
    },
    saving: post.saving,
    routines: post.routines,
    /** Whether this panel offers routines to choose from; in a notebook one of a single stretch does not. */
    hasRoutines,
    routineNews: post.routineNews,
    offer: left.offer,
    wakeState: () => wakeState,
    stops: post.stops,
    /** Grows when a view has to be set up anew: other words, another routine, other answers. */
    revision: () => revision,
    /** Other times, sides or forms; only before Start. @param {Choices} next */
    choose(next) {
      choosing.choose(next);
      session = newSession("", choosing.plan());
      tell();
    },
    /** Another routine. @param {string} id */
    pick(id) {
      choosing.pick(id);
      replan();
    },
    /** @param {string} name */
    saveRoutine: (name) => post.saveRoutine(name, choosing.choices()),
    deleteRoutine: post.deleteRoutine,
    /** Begin; call it inside a click so that sound is allowed. */
    async start() {
      conductor.unlock();
      if (!(await leader.lead())) return drop({ kind: "elsewhere", session: kept.find() });
      // Nothing takes the place of what was left, nor of what another press has begun.
      await left.look();
      if (isActive(session)) return;
      if (left.offer()) return leader.release();
      session = newSession(newSessionId(now()), choosing.plan());
      left.set(null);
      post.askForStops();
      dispatch({ type: "start" });
    },
    /** Take up a session that was left, or (steal) that another tab leads; inside a click. */
    async takeUp({ steal = false } = {}) {
      conductor.unlock();
      if (!(await lead(steal))) return;
      left.set(null);
      post.askForStops();
      adopt(reduce(session, { type: "resume" }, now()));
    },
    /** End a session that was left, where it was left. */
    async endLeft() {
      if (!(await lead())) return;
      left.set(null);
      adopt(reduce(session, { type: "stop" }, session.seenMs));
    },
    /** Back to set-up after the end. */
    again() {
      session = newSession("", choosing.plan());
      tell();
    },
    dispatch,
    ...createDeciding({ catalog, care, choices: choosing.choices, session: () => session, dispatch }),
    /** How the session felt; may be said again, and then replaces what was said. @param {{discomfort: number | null, note: string}} feel */
    feel(feel) {
      said = { id: session.id, times: said.id === session.id ? said.times + 1 : 1 };
      post.write([sessionRow(session, feel, said.times + 1)]);
      tell();
    },
    /** The page goes away: what is in hand is kept, paused. */
    leave() {
      if (isGoing(session)) dispatch({ type: "pause", cause: "left" });
    },
    receive: post.receive,
    /** @param {() => void} listener */
    watch(listener) {
      const unwatch = watched.watch(listener);
      void left.look();
      return unwatch;
    },
    close() {
      ticks?.stop();
      clearInterval(heartbeat);
      watched.close();
      unwatchCare();
      unwatchSettings();
      post.close();
      settings.close();
      conductor.close();
      leader.release();
    },
  };
}
