// What goes between a panel and Python: rows to the log, and the words of another language.
import { createOutbox } from "./outbox.js";
import { worded, wordedNotes } from "./said.js";

/**
 * @typedef {import("./said.js").Said} Said
 * `trouble` is why rows wait; `notice` is what Python had to say about a log that it could write.
 * `inPage`: the browser did not keep all of it.
 * @typedef {{saves: boolean, waiting: number, unheard: boolean, trouble: string, notice: string, inPage: boolean}} Saving
 * @typedef {{saves: boolean, workspace_id: string, strings: Record<string, string>, language: string}} MailData
 */

/**
 * @param {{data: MailData, port: import("./outbox.js").Port, storage: Storage | null,
 *   settings: import("./settings.js").SettingsStore, now(): number, events?: EventTarget, onReply?(message: any): void,
 *   onChange(anew: boolean): void}} options
 *   `onReply` hears what Python says, for what is not of the mail itself; `onChange` hears of every reply, `anew`
 *   when views have to be set up again, with other words
 */
export function createMail({ data, port, storage, settings, now, events = globalThis.window, onReply = () => {}, onChange }) {
  const outbox = data.saves ? createOutbox({ storage, workspaceId: data.workspace_id, port }) : null;
  let { strings, language } = data;
  /** Why rows wait, by their table; "" is for what names none. @type {Map<string, Said>} */
  const troubles = new Map();
  /** @type {Said[]} */
  let notes = [];
  /** What waited when the panel was last told of it. */
  let told = 0;

  /** Only of tables of which something waits: another tab may have brought it home. */
  const trouble = () => {
    /** @type {Set<string>} */
    const tables = outbox?.tables() ?? new Set();
    const said = [...troubles].filter(([table]) => !table || tables.has(table)).map(([, one]) => worded(strings, one));
    return [...new Set(said)].join("; ");
  };

  const warn = (/** @type {Event} */ event) => event.preventDefault();
  /** Closing the page is asked about only while something would be lost. */
  const guard = () => events?.[outbox?.isInPageOnly() ? "addEventListener" : "removeEventListener"]("beforeunload", warn);

  const askForLanguage = () => {
    const chosen = settings.get().language;
    if (!chosen || chosen === language) return;
    try {
      port.send({ kind: "language", language: chosen });
    } catch {
      // Without a kernel the words stay as they are.
    }
  };
  const unwatch = settings.watch(askForLanguage);
  askForLanguage();

  return {
    strings: () => strings,
    language: () => language,
    /** @returns {Saving} */
    saving() {
      told = outbox?.size() ?? 0;
      return {
        saves: data.saves,
        waiting: told,
        unheard: outbox?.unheard(now()) ?? false,
        trouble: trouble(),
        notice: wordedNotes(strings, notes),
        inPage: outbox?.isInPageOnly() ?? false,
      };
    },
    /** Keep rows until they are written; they may be brought again. @param {import("./rows.js").LogRow[]} rows */
    write(rows) {
      outbox?.add(rows, now());
      guard();
    },
    /** Rows that are not known to be written. @returns {import("./rows.js").LogRow[]} */
    waiting: () => outbox?.waiting() ?? [],
    /** Bring home what an earlier page left. */
    bringHome: () => outbox?.flush(now()),
    /** Send again what waits; whether there is news of it. Another tab may have brought it home meanwhile. */
    look() {
      const waiting = outbox?.size() ?? 0;
      if (waiting) outbox?.retry(now());
      else outbox?.heard();
      guard();
      return waiting > 0 || told > 0;
    },
    /** @param {any} message */
    receive(message) {
      outbox?.heard();
      if (message.kind === "saved") {
        outbox?.acknowledge(message.ids ?? []);
        guard();
        if (message.table) troubles.delete(message.table);
        else troubles.clear();
        troubles.delete("");
        if (message.notes?.length) ({ notes } = message);
      }
      if (message.kind === "not_saved") troubles.set(message.table ?? "", message);
      if (message.kind === "strings") ({ strings, language } = message);
      onReply(message);
      onChange(message.kind === "strings");
    },
    close() {
      unwatch();
      events?.removeEventListener("beforeunload", warn);
    },
  };
}
