// A lesson as a page: puts every panel where the page has a place for it, each with a model that needs no kernel.
import check from "../check/check.widget.js";
import explorable from "../explorables/explorables.widget.js";
import explorer from "../explorer/explorer.widget.js";
import measure from "../measure/measure.widget.js";
import player from "../player/player.widget.js";
import { storageOf } from "../common/storage.js";
import { translator } from "../common/translator.js";
import { createGuesses } from "./guesses.js";
import { createKeeper, WORKSPACE_ID } from "./keeper.js";
import { followScroll } from "./lessons_bar.js";
import { createLogPanel } from "./log_panel.js";
import { standingStops } from "./minutes.core.js";
import { createModel } from "./model.js";
import { createRecorder } from "./recorder.js";
import { createThemeButton } from "./theme_button.js";
import { createWeeksPanel } from "./weeks_panel.js";

/**
 * What hipbook.site writes into each page; a panel's traits are places in `values`, where each stands once.
 * @typedef {{kind: string, traits: Record<string, number>}} Panel
 * @typedef {{values: any[], panels: Record<string, Panel>, strings: Record<string, string>,
 *   languages: Record<string, number>, tables: import("../log.core.js").Table[]}} PageData
 */

/** @type {PageData} */
const page = JSON.parse(document.getElementById("hipbook-data")?.textContent ?? "{}");
const storage = storageOf("localStorage");
const tab = storageOf("sessionStorage");
const t = translator(page.strings);
const keeper = createKeeper({ storage, tables: page.tables });
const valueAt = (/** @type {Record<string, number>} */ places) => Object.fromEntries(Object.entries(places).map(([name, place]) => [name, page.values[place]]));

/** @param {any} module @param {ReturnType<typeof createModel>} model @param {HTMLElement} el */
function host(module, model, el) {
  const widget = typeof module === "function" ? module() : module;
  widget.initialize?.({ model });
  widget.render({ model, el });
}

/** @param {Record<string, any>} traits @param {HTMLElement} el */
function hostPlayer(traits, el) {
  const recorder = createRecorder({ storage, keeper, catalog: traits.catalog, languages: valueAt(page.languages) });
  const data = { ...traits, workspace_id: WORKSPACE_ID, routines: recorder.routines.listed(), stops: standingStops(keeper.rows("holds")) };
  host(player, createModel({ data }, recorder.answer), el);
}

/** @param {Record<string, any>} traits @param {HTMLElement} el */
function hostMeasure(traits, el) {
  const languages = valueAt(page.languages);
  const answer = (/** @type {any} */ { kind, language }) =>
    kind === "language" && Object.hasOwn(languages, language) ? [{ kind: "strings", language, strings: languages[language] }] : [];
  host(measure, createModel({ data: { ...traits, workspace_id: WORKSPACE_ID } }, answer), el);
}

/** @type {Record<string, (traits: Record<string, any>, el: HTMLElement) => void>} */
const HOSTS = {
  check: (traits, el) => host(check, createModel(traits), el),
  explorable: (traits, el) => host(explorable, createModel(traits), el),
  explorer: (traits, el) => host(explorer, createModel(traits), el),
  measure: hostMeasure,
  player: hostPlayer,
  log: (_traits, el) => el.append(createLogPanel(t, keeper)),
  weeks: (_traits, el) => el.append(createWeeksPanel(t, keeper)),
};

followScroll(document.querySelector(".bar-top nav"));
createThemeButton(document.getElementById("theme"), storage, t);
const hideWhatFollows = createGuesses(document.querySelector("article"), { lasting: storage, tab }, t);
for (const place of document.querySelectorAll("[data-panel-id]")) {
  const el = /** @type {HTMLElement} */ (place);
  const { kind, traits } = page.panels[el.dataset.panelId ?? ""];
  HOSTS[kind](valueAt(traits), el);
  // Only now: what could not be built leaves its still picture to be seen.
  el.closest(".panel")?.classList.add("is-live");
}
hideWhatFollows();
