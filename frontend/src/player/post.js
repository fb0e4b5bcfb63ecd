// All that goes between the browser and Python: rows to the log, own routines, the words of another language.
import { createOutbox } from "./outbox.js";

/**
 * @typedef {import("../plan.core.js").Choices} Choices
 * `trouble` is why rows wait; `notice` is what Python had to say about a log that it could write.
 * @typedef {{saves: boolean, waiting: number, unheard: boolean, trouble: string, notice: string}} Saving
 */

/**
 * @param {{data: import("./engine.js").PlayerData, port: import("./outbox.js").Port, storage: Storage | null,
 *   settings: import("./settings.js").SettingsStore, now(): number, onChange(anew: boolean): void}} options
 *   `onChange` hears of every reply; `anew` when views have to be set up again, with other words or routines
 */
export function createPost({ data, port, storage, settings, now, onChange }) {
  const outbox = data.saves ? createOutbox({ storage, workspaceId: data.workspace_id, port }) : null;
  let { strings, language, routines } = data;
  let trouble = "";
  let notice = "";
  let routineTrouble = "";

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
    routineTrouble: () => routineTrouble,
    /** @returns {Saving} */
    saving: () => ({ saves: data.saves, waiting: outbox?.size() ?? 0, unheard: outbox?.unheard(now()) ?? false, trouble, notice }),
    /** Keep rows until they are written; they may be brought again. @param {import("./rows.js").LogRow[]} rows */
    write: (rows) => outbox?.add(rows, now()),
    /** Bring home what an earlier page left. */
    bringHome: () => outbox?.flush(now()),
    /** Send again what waits; whether anything does. */
    retry() {
      if (!outbox?.size()) return false;
      outbox.retry(now());
      return true;
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
        routineTrouble = "";
      }
      if (message.kind === "not_saved_routine") routineTrouble = message.why ?? "";
      onChange(["strings", "routines", "not_saved_routine"].includes(message.kind));
    },
    close: unwatch,
  };
}
