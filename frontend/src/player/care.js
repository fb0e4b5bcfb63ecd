// What the person answered to the checklist, and what did not feel right today: for all panels of this page alike,
// and never written anywhere, but for this: that the day is over.
import { stretchOf } from "../plan.core.js";
import { allows, apply, verdict } from "../precautions.core.js";
import { createDay } from "./day.js";

/**
 * `answers` null: not asked yet, or asked again; `before`: what was ticked then.
 * @typedef {{answers: string[] | null, before: string[], agreed: string[]}} Told
 * @typedef {Told & {host: string | null, felt: Record<string, {day: string, instead: string | null}>,
 *   over: {day: string, why: string} | null}} Shared
 *   `host`: the panel that asks; the others would only repeat it. `felt`: stretches that are left out on a day. `over`:
 *   the day that was ended, and why, as the log names it
 * @typedef {import("../plan.core.js").Choices} Choices
 */

/** The panels of a page are modules of their own; only the page itself is common to them. */
const EVENT = "hipbook-care";

/** @returns {Map<string, Shared>} */
const shared = () => (/** @type {any} */ (globalThis)[Symbol.for("hipbook.care")] ??= new Map());

/**
 * @param {{precautions: any, catalog: import("../plan.core.js").Catalog, workspaceId: string, page?: EventTarget,
 *   storage: Storage | null, today(): string}} options  `today` is the person's calendar day
 */
export function createCare({ precautions, catalog, workspaceId, storage, today, page = globalThis.window ?? new EventTarget() }) {
  const day = createDay({ storage, workspaceId, today });
  /** @returns {Shared} */
  const told = () => shared().get(workspaceId) ?? { answers: null, before: [], agreed: [], host: null, felt: {}, over: null };
  /** @param {Partial<Shared>} next */
  const set = (next) => {
    shared().set(workspaceId, { ...told(), ...next });
    page.dispatchEvent(new Event(EVENT));
  };
  /** Why the day is over: of another page only the storage knows, and not why. @returns {string | null} */
  const over = () => {
    const { over: here } = told();
    return here?.day === today() ? here.why : day.isOver() ? "ended" : null;
  };
  const judge = () => verdict(precautions, catalog, told().answers ?? [], told().agreed);
  return {
    told,
    answered: () => told().answers !== null,
    /** Whether this panel is the one that shows the questions unasked: the first of the page. @param {string} key */
    isHost(key) {
      const { host, ...rest } = told();
      if (host === null) shared().set(workspaceId, { ...rest, host: key });
      return (host ?? key) === key;
    },
    /** @param {string[]} answers */
    answer: (answers) => set({ answers, agreed: [] }),
    /** Ask again, for somebody else, or on another day. */
    ask: () => set({ answers: null, before: told().answers ?? told().before, agreed: [] }),
    /** @param {string} stretch @param {boolean} on */
    agree(stretch, on) {
      const others = told().agreed.filter((id) => id !== stretch);
      set({ ...told(), agreed: on ? [...others, stretch] : others });
    },
    verdict: judge,
    /** Whether a stretch may be done: by the answers, and by how it felt today. @param {string} id */
    mayDo: (id) => allows(judge(), id) && over() === null && told().felt[id]?.day !== today(),
    /**
     * It did not feel right: left out for today, with its other form unless that is what comes in its place.
     * @param {string} stretch
     * @param {string | null} instead
     */
    leaveOutToday(stretch, instead) {
      const { alternate } = stretchOf(catalog, stretch);
      const out = instead || !alternate ? [stretch] : [stretch, alternate];
      set({ felt: { ...told().felt, ...Object.fromEntries(out.map((id) => [id, { day: today(), instead }])) } });
    },
    dayIsOver: () => over() !== null,
    /** What was felt ends the day: everything is left out. @param {string} why  as the log names it */
    endToday(why) {
      day.end();
      set({ over: { day: today(), why } });
    },
    /** That the day was ended was a mistake. */
    takeBack() {
      day.forget();
      set({ over: null });
    },
    /** The choices as far as they may be done, and what is changed in them. @param {Choices} choices */
    apply(choices) {
      const answered = apply(catalog, choices, judge());
      const why = over();
      const isOut = (/** @type {string} */ id) => why !== null || told().felt[id]?.day === today();
      // "Back in" is not said of what stays out all the same.
      const changes = answered.changes.filter(({ what, stretch }) => what !== "put_back" || !isOut(stretch));
      const items = answered.choices.items.flatMap((item) => {
        if (!isOut(item.stretch)) return [item];
        const instead = why === null ? told().felt[item.stretch].instead : null;
        const by = instead && allows(judge(), instead) ? instead : null;
        changes.push({ stretch: item.stretch, what: by ? "replaced" : "left_out", by, answers: [why ?? "today"], ask: [], askable: false });
        return by ? [{ ...item, stretch: by }] : [];
      });
      return { choices: { ...answered.choices, items }, changes };
    },
    /** @param {() => void} listener @returns {() => void} */
    watch(listener) {
      /** Another tab ended the day, or took that back. @param {Event} event */
      const follow = (event) => {
        const { key, newValue } = /** @type {StorageEvent} */ (event);
        if (key !== day.name) return;
        if (newValue === null) shared().set(workspaceId, { ...told(), over: null });
        listener();
      };
      page.addEventListener(EVENT, listener);
      page.addEventListener("storage", follow);
      return () => {
        page.removeEventListener(EVENT, listener);
        page.removeEventListener("storage", follow);
      };
    },
  };
}
