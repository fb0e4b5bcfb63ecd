// What the person answered to the checklist, and what did not feel right today: for all panels of this page alike,
// and never written anywhere.
import { stretchOf } from "../plan.core.js";
import { allows, apply, verdict } from "../precautions.core.js";

/**
 * `answers` null: not asked yet, or asked again; `before`: what was ticked then.
 * @typedef {{answers: string[] | null, before: string[], agreed: string[]}} Told
 * @typedef {Told & {host: string | null, felt: Record<string, {day: string, why: string, instead: string | null}>}} Shared
 *   `host`: the panel that asks; the others would only repeat it. `felt`: stretches that are left out on a day, and why
 * @typedef {import("../plan.core.js").Choices} Choices
 */

/** The panels of a page are modules of their own; only the page itself is common to them. */
const EVENT = "hipbook-care";

/** @returns {Map<string, Shared>} */
const shared = () => (/** @type {any} */ (globalThis)[Symbol.for("hipbook.care")] ??= new Map());

/**
 * @param {{precautions: any, catalog: import("../plan.core.js").Catalog, workspaceId: string, page?: EventTarget,
 *   today(): string}} options  `today` is the person's calendar day
 */
export function createCare({ precautions, catalog, workspaceId, today, page = globalThis.window ?? new EventTarget() }) {
  /** @returns {Shared} */
  const told = () => shared().get(workspaceId) ?? { answers: null, before: [], agreed: [], host: null, felt: {} };
  /** @param {Partial<Shared>} next */
  const set = (next) => {
    shared().set(workspaceId, { ...told(), ...next });
    page.dispatchEvent(new Event(EVENT));
  };
  /** @param {string[]} out  ids of stretches @param {string} why @param {string | null} [instead] */
  const leaveOut = (out, why, instead = null) =>
    set({ felt: { ...told().felt, ...Object.fromEntries(out.map((id) => [id, { day: today(), why, instead }])) } });
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
    mayDo: (id) => allows(judge(), id) && told().felt[id]?.day !== today(),
    /**
     * It did not feel right: left out for today, with its other form unless that is what comes in its place.
     * @param {string} stretch
     * @param {string | null} instead
     */
    leaveOutToday(stretch, instead) {
      const { alternate } = stretchOf(catalog, stretch);
      leaveOut(instead || !alternate ? [stretch] : [stretch, alternate], "today", instead);
    },
    /** What was felt ends the day: everything is left out. @param {string} reason  as the log names it */
    endToday: (reason) => leaveOut(catalog.stretches.map(({ id }) => id), reason),
    /** The choices as far as they may be done, and what is changed in them. @param {Choices} choices */
    apply(choices) {
      const answered = apply(catalog, choices, judge());
      const isOut = (/** @type {string} */ id) => told().felt[id]?.day === today();
      // "Back in" is not said of what stays out all the same.
      const changes = answered.changes.filter(({ what, stretch }) => what !== "put_back" || !isOut(stretch));
      const items = answered.choices.items.flatMap((item) => {
        const felt = told().felt[item.stretch];
        if (!isOut(item.stretch)) return [item];
        const by = felt.instead && allows(judge(), felt.instead) ? felt.instead : null;
        changes.push({ stretch: item.stretch, what: by ? "replaced" : "left_out", by, answers: [felt.why], ask: [], askable: false });
        return by ? [{ ...item, stretch: by }] : [];
      });
      return { choices: { ...answered.choices, items }, changes };
    },
    /** @param {() => void} listener @returns {() => void} */
    watch(listener) {
      page.addEventListener(EVENT, listener);
      return () => page.removeEventListener(EVENT, listener);
    },
  };
}
