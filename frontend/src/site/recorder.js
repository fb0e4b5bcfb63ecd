// Answers what a player sends where there is no Python: the browser's side of hipbook.guide.Recorder.
import { cellsOf, troubleOf } from "../log.core.js";
import { translator } from "../common/translator.js";
import { standingStops } from "./minutes.core.js";
import { createOwnRoutines } from "./own_routines.js";

/**
 * @typedef {{storage: Storage | null, keeper: import("./keeper.js").Keeper, catalog: import("../plan.core.js").Catalog,
 *   languages: Record<string, Record<string, string>>}} RecorderOptions  `languages`: the player's sentences by code
 */

/** @param {RecorderOptions} options */
export function createRecorder({ storage, keeper, catalog, languages }) {
  const routines = createOwnRoutines({ storage, catalog });
  let language = "en";
  const noRoom = () => said("player.site.refused", translator(languages[language])("player.site.refused"));

  const stops = () => standingStops(keeper.rows("holds"));

  /** @param {{table: string, row: Record<string, unknown>}[]} entries @returns {object[]} */
  const keepRows = (entries) => {
    /** @type {string[]} */
    const ids = [];
    /** @type {ReturnType<typeof said>[]} */
    const refused = [];
    for (const { table: name, row } of entries) {
      const table = keeper.table(name);
      if (!table) continue;
      const cells = cellsOf(table, row);
      const trouble = troubleOf(table, cells);
      if (trouble) refused.push(said("player.trouble.row", `${name}: ${trouble.column} ${trouble.rule}`));
      else if (keeper.keep(table, cells)) ids.push(cells.id);
      else refused.push(noRoom());
    }
    if (ids.length) keeper.tell();
    const why = refused.filter((one, at) => refused.findIndex((other) => other.why === one.why) === at).map((reason) => ({ kind: "not_saved", ...reason }));
    return ids.length ? [{ kind: "saved", ids, notes: [], stops: stops() }, ...why] : why;
  };

  /** @param {boolean} kept @returns {object} */
  const routineReply = (kept) =>
    kept ? { kind: "routines", routines: routines.listed() } : { kind: "not_saved_routine", ...noRoom() };

  return {
    routines,
    /** @param {any} message @returns {object[]} */
    answer(message) {
      switch (message.kind) {
        case "rows":
          return keepRows(message.rows);
        case "stops":
          return [{ kind: "stops", stops: stops() }];
        case "language":
          language = Object.hasOwn(languages, message.language) ? message.language : "en";
          return [{ kind: "strings", language, strings: languages[language] }];
        case "save_routine":
          return [routineReply(routines.save(message.name, message.choices))];
        case "delete_routine":
          return [routineReply(routines.remove(message.id))];
        default:
          return [];
      }
    },
  };
}

/** Why not: which sentence of the panel, and the words of it. @param {string} key @param {string} why */
const said = (key, why) => ({ key, why });
