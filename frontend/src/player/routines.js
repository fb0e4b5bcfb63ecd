// Routines to choose from, and a person's own: saved by name in the workspace, taken up with one click.
import { h, setText, uniqueId } from "../common/dom.js";
import { selectField } from "./fields.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const NAME_MAX = 60;

/**
 * What a routine is called: a ready-made one, one of the person's own, or a single stretch.
 * @param {Engine} engine
 * @param {Translate} t
 * @param {string} id
 */
export function routineName(engine, t, id) {
  const own = engine.routines().find((routine) => routine.id === id);
  if (own) return own.name;
  return engine.catalog.routines.some((routine) => routine.id === id) ? t(`routine.${id}`) : t(`stretch.${id}.name`);
}

/** @param {Engine} engine @param {Translate} t */
export function routinePicker(engine, t) {
  const { routine } = engine.choices();
  const ready = engine.catalog.routines.map(({ id }) => [id, t(`routine.${id}`)]);
  const own = engine.routines().map(({ id, name }) => [id, name]);
  const single = engine.catalog.stretches.map(({ id }) => [id, t(`stretch.${id}.name`)]);
  const stretches = engine.data.place === "page" || single.some(([id]) => id === routine) ? single : [];
  const about = h("p", { class: "hb-about" }, aboutLine(t, routine));
  return h("div", { class: "hb-routine" },
    selectField(t("player.routine"), routine, [...ready, ...own, ...stretches], (id) => engine.pick(id)), about);
}

/** A routine that explains itself has no such line. @param {Translate} t @param {string} id */
function aboutLine(t, id) {
  try {
    return t(`routine.${id}.about`);
  } catch {
    return "";
  }
}

/** Save what is set up under a name; delete what was saved. @param {Engine} engine @param {Translate} t */
export function createOwnRoutines(engine, t) {
  const id = uniqueId("name");
  const name = h("input", { id, type: "text", maxlength: NAME_MAX, autocomplete: "off" });
  const said = h("p", { class: "hb-hint", role: "status" }, engine.routineTrouble());
  const save = h("button", {
    type: "button",
    onclick: () => {
      if (!name.value.trim()) return setText(said, t("player.own_name_missing"));
      try {
        engine.saveRoutine(name.value.trim());
        setText(said, t("player.own_saving"));
      } catch {
        setText(said, t("player.own_no_kernel"));
      }
    },
  }, t("player.own_save"));
  const list = engine.routines().map((own) => h("li", {}, h("span", {}, own.name), h("button", {
    type: "button", class: "hb-small", "aria-label": t("player.own_delete_name", { name: own.name }), onclick: () => engine.deleteRoutine(own.id),
  }, t("player.own_delete"))));
  return h("div", { class: "hb-own" },
    h("p", { class: "hb-hint" }, t("player.own_about")),
    list.length ? h("ul", {}, ...list) : null,
    h("div", { class: "hb-go" }, h("div", { class: "hb-field" }, h("label", { for: id }, t("player.own_name")), name), save), said);
}
