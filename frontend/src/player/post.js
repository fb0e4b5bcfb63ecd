// All that goes between the browser and Python: rows to the log, own routines, the words of another language.
import { createOutbox } from "./outbox.js";

/**
 * @typedef {import("../plan.core.js").Choices} Choices
 * What became of a routine that was to be kept or deleted; `why` it was not.
 * @typedef {{what: "saved" | "deleted" | "refused", why: string}} RoutineNews
 * `trouble` is why rows wait; `notice` is what Python had to say about a log that it could write.
 * @typedef {{saves: boolean, waiting: number, unheard: boolean, trouble: string, notice: string}} Saving
 */

/**
 * @param {{data: import("./engine.js").PlayerData, port: import("./outbox.js").Port, storage: Storage | null,
 *   settings: import("./settings.js").SettingsStore, now(): number, onRoutines(saved: string | null): void,
 *   onChange(anew: boolean): void}} options
 *   `onRoutines` hears which routine was saved, or null when one was deleted; `onChange` hears of every reply, `anew`
 *   when views have to be set up again, with other words
 */
export function createPost({ data, port, storage, settings, now, onRoutines, onChange }) {
  const outbox = data.saves ? createOutbox({ storage, workspaceId: data.workspace_id, port }) : null;
  let { strings, language, routines } = data;
  let trouble = "";
  let notice = "";
  /** @type {RoutineNews | null} */
  let routineNews = null;
  /** What waited when the panel was last told of it. */
  let told = 0;

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
    routines: () => routines,
    routineNews: () => routineNews,
    /** @returns {Saving} */
    saving() {
      told = outbox?.size() ?? 0;
      return { saves: data.saves, waiting: told, unheard: outbox?.unheard(now()) ?? false, trouble, notice };
    },
    /** Keep rows until they are written; they may be brought again. @param {import("./rows.js").LogRow[]} rows */
    write: (rows) => outbox?.add(rows, now()),
    /** Bring home what an earlier page left. */
    bringHome: () => outbox?.flush(now()),
    /** Send again what waits; whether there is news of it. Another tab may have brought it home meanwhile. */
    look() {
      const waiting = outbox?.size() ?? 0;
      if (waiting) outbox?.retry(now());
      else outbox?.heard();
      return waiting > 0 || told > 0;
    },
    /** Throws when nobody can hear. @param {string} name @param {Choices} choices */
    saveRoutine: (name, choices) => port.send({ kind: "save_routine", name, choices }),
    /** @param {string} id */
    deleteRoutine: (id) => port.send({ kind: "delete_routine", id }),
    /** @param {any} message */
    receive(message) {
      outbox?.heard();
      if (message.kind === "saved") {
        outbox?.acknowledge(message.ids ?? []);
        trouble = "";
        notice = message.notes?.join(" ") || notice;
      }
      if (message.kind === "not_saved") trouble = message.why ?? "";
      if (message.kind === "strings") ({ strings, language } = message);
      if (message.kind === "routines") {
        ({ routines } = message);
        routineNews = { what: message.saved ? "saved" : "deleted", why: "" };
        onRoutines(message.saved ?? null);
      }
      if (message.kind === "not_saved_routine") routineNews = { what: "refused", why: message.why ?? "" };
      onChange(message.kind === "strings");
    },
    close: unwatch,
  };
}
