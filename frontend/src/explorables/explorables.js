// Any of the explorables by its kind, without a kernel: data and strings come from Python or from a page.
import { translator } from "../common/translator.js";
import { ballAndSocket } from "./ball_and_socket.view.js";
import { createCard } from "./card.js";
import { whyLaboratoriesDisagree } from "./laboratories.view.js";
import { speedCosts } from "./speed_costs.view.js";
import { createStore } from "./store.js";

const KINDS = { ball_and_socket: ballAndSocket, laboratories: whyLaboratoriesDisagree, speed_costs: speedCosts };

/** @typedef {keyof typeof KINDS} Kind */

export { createStore };

/**
 * @param {{kind: Kind, data: any, strings: Record<string, string>}} what
 * @param {import("./store.js").Settings | ReturnType<typeof createStore>} settings  to begin with, or shared by views
 * @returns {{element: HTMLElement, close(): void}}
 */
export function createExplorable({ kind, data, strings }, settings) {
  const t = translator(strings);
  const store = /** @type {ReturnType<typeof createStore>} */ ("watch" in settings ? settings : createStore(settings));
  return createCard(kind, t, store, KINDS[kind](data, t, store));
}
