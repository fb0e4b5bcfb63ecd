// A person's own routines in the browser's storage, named as hipbook/stretching/own_routines.py names them.
import { compilePlan } from "../plan.core.js";
import { WORKSPACE_ID } from "./keeper.js";

/**
 * @typedef {import("../plan.core.js").Choices} Choices
 * @typedef {{id: string, name: string, choices: Choices}} OwnRoutine
 */

const KEY = `hipbook:${WORKSPACE_ID}:routines`;
const NAME_MAX = 60;

/** @param {{storage: Storage | null, catalog: import("../plan.core.js").Catalog}} options */
export function createOwnRoutines({ storage, catalog }) {
  /** @returns {OwnRoutine[]} */
  const read = () => {
    try {
      const found = JSON.parse(storage?.getItem(KEY) ?? "[]");
      return found.filter(canBePlanned);
    } catch {
      return []; // no storage, or not ours
    }
  };
  /** @param {OwnRoutine} own */
  const canBePlanned = (own) => {
    try {
      return typeof own.name === "string" && compilePlan(catalog, own.choices).phases.length > 0;
    } catch {
      return false; // made by another version
    }
  };
  /** @param {OwnRoutine[]} routines */
  const write = (routines) => {
    try {
      if (!storage) return false;
      storage.setItem(KEY, JSON.stringify(routines));
      return true;
    } catch {
      return false;
    }
  };

  return {
    /** By name. */
    listed: () => read().sort((a, b) => a.name.localeCompare(b.name)),
    /** One of the same name, upper and lower case being alike, is replaced; whether it is kept. @param {string} wanted @param {Choices} choices */
    save(wanted, choices) {
      const name = [...wanted.normalize("NFC").trim().replace(/\s+/g, " ")].slice(0, NAME_MAX).join("");
      const all = read();
      const same = all.find((own) => own.name.toLowerCase() === name.toLowerCase());
      const id = same?.id ?? freeId(name, all.map((own) => own.id));
      return write([...all.filter((own) => own !== same), { id, name, choices: { ...choices, routine: id } }]);
    },
    /** @param {string} id */
    remove: (id) => write(read().filter((own) => own.id !== id)),
  };
}

/** @param {string} name @param {string[]} taken */
function freeId(name, taken) {
  const plain = name.toLowerCase().normalize("NFKD").replace(/[^\0-\x7f]/g, "");
  const slug = plain.replace(/[^a-z0-9]+/g, "-").slice(0, NAME_MAX).replace(/^-|-$/g, "") || "routine";
  for (let count = 1; ; count += 1) {
    const id = `own:${slug}${count > 1 ? `-${count}` : ""}`;
    if (!taken.includes(id)) return id;
  }
}
