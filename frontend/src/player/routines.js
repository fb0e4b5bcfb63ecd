// Routines to choose from, and a person's own: saved by name in the workspace, taken up with one click.
import { choicesOf, stretchOf } from "../plan.core.js";
import { h, setText, uniqueId } from "../common/dom.js";
import { selectField } from "./fields.js";
import { worded } from "./said.js";

/**
 * @typedef {import("./run.js").Engine} Engine
 * @typedef {import("../common/translator.js").Translate} Translate
 */

const NAME_MAX = 60;
/** Where the focus goes when the entry that it was in is deleted. */
const KEEP = "own";

/**
 * What a routine is called: a ready-made one, one of the person's own, or a single stretch.
 * @param {Engine} engine
 * @param {Translate} t
 * @param {string} id
 */
export function routineName(engine, t, id) {
  const own = engine.routines().find((routine) => routine.id === id);
  if (own) return own.name;
  if (engine.catalog.routines.some((routine) => routine.id === id)) return t(`routine.${id}`);
  // One of the person's own may have been deleted since.
  return engine.catalog.stretches.some((stretch) => stretch.id === id) ? t(`stretch.${id}.name`) : t("player.own");
}

/** @param {Engine} engine @param {Translate} t */
export function createRoutinePicker(engine, t) {
  const about = h("p", { class: "hb-about" });
  const field = selectField(t("player.routine"), "", [], (id) => engine.pick(id), "routine");
  const element = h("div", { class: "hb-routine" }, field, about);
  let drawn = "";
  /** Also for a routine that was saved or deleted meanwhile. @param {string} time  how long all takes */
  const update = (time) => {
    const { routine } = engine.choices();
    const ready = engine.catalog.routines.map(({ id }) => [id, t(`routine.${id}`)]);
    const own = engine.routines().map(({ id, name }) => [id, name]);
    const stretches = engine.data.place === "page" ? engine.catalog.stretches.map(({ id }) => [id, t(`stretch.${id}.name`)]) : [];
    const key = JSON.stringify([routine, own]);
    setText(about, aboutLine(engine, t, time));
    if (key === drawn) return;
    drawn = key;
    const options = [...ready, ...own, ...stretches].map(([id, name]) => h("option", { value: id, selected: id === routine }, name));
    field.querySelector("select").replaceChildren(...options);
  };
  return { element, update };
}

/**
 * What a routine is, as long as it is set up so; else what is missing, and how long it is then.
 * @param {Engine} engine @param {Translate} t @param {string} time
 */
function aboutLine(engine, t, time) {
  const { routine, items } = engine.choices();
  const whole = (engine.routines().find(({ id }) => id === routine)?.choices ?? choicesOf(engine.catalog, routine)).items;
  const formsOf = (/** @type {string} */ id) => [id, stretchOf(engine.catalog, id).alternate];
  const missing = whole.filter(({ stretch }) => !items.some((item) => formsOf(stretch).includes(item.stretch)));
  if (missing.length) {
    const stretches = missing.map(({ stretch }) => t(`stretch.${stretch}.short`)).join(", ");
    return items.length ? t("player.about_without", { stretches, time }) : "";
  }
  const about = sentenceIf(t, `routine.${routine}.about`);
  const isSo = items.every(({ stretch, sides, repetitions }, at) =>
    stretch === whole[at].stretch && sides === whole[at].sides && repetitions === whole[at].repetitions);
  return about && !isSo ? t("player.about_changed", { time }) : about;
}

/** A routine that explains itself has no such line. @param {Translate} t @param {string} key */
function sentenceIf(t, key) {
  try {
    return t(key);
  } catch {
    return "";
  }
}

/**
 * Save what is set up under a name; delete what was saved, once that was asked again.
 * @param {Engine} engine
 * @param {Translate} t
 * @param {{heard: import("./post.js").RoutineNews | null}} kept  the news that was told, also by such a panel before this one
 */
export function createOwnRoutines(engine, t, kept) {
  const id = uniqueId("name");
  const name = h("input", { id, type: "text", maxlength: NAME_MAX, autocomplete: "off", "data-keep": KEEP });
  const said = h("p", { class: "hb-hint", role: "status" });
  /** @param {() => void} send */
  const ask = (send) => {
    try {
      setText(said, t("player.own_saving"));
      send();
    } catch {
      setText(said, t("player.own_no_kernel"));
    }
  };
  const save = h("button", {
    type: "button",
    onclick: () => {
      const typed = name.value.trim();
      if (typed) ask(() => engine.saveRoutine(typed));
      else setText(said, t("player.own_name_missing"));
    },
  }, t("player.own_save"));
  const list = h("ul");
  const element = h("div", { class: "hb-own" },
    h("p", { class: "hb-hint" }, t("player.own_about")), list,
    h("div", { class: "hb-go" }, h("div", { class: "hb-field" }, h("label", { for: id }, t("player.own_name")), name), save), said);

  let drawn = "";
  const update = () => {
    const routines = engine.routines();
    const key = JSON.stringify(routines.map((own) => [own.id, own.name]));
    if (key !== drawn) {
      const hadFocus = list.contains(document.activeElement);
      list.replaceChildren(...routines.map((own) => createEntry(t, own, () => ask(() => engine.deleteRoutine(own.id)))));
      list.hidden = !routines.length;
      if (hadFocus) name.focus({ preventScroll: true });
      drawn = key;
    }
    const news = engine.routineNews();
    if (news === kept.heard || !news) return;
    kept.heard = news;
    setText(said, news.why ? t("player.own_refused", { why: worded(engine.strings(), news.why) }) : t(`player.own_${news.what}`));
  };
  return { element, update };
}

/**
 * One routine of the person's own, and its Delete, which asks once more in its place.
 * @param {Translate} t @param {import("./engine.js").OwnRoutine} own @param {() => void} onDelete
 */
function createEntry(t, own, onDelete) {
  const element = h("li");
  /** @param {string} text @param {() => void} onclick @param {Record<string, string>} [more] */
  const button = (text, onclick, more = {}) => h("button", { type: "button", class: "hb-small", onclick, ...more }, text);
  const remove = button(t("player.own_delete"), () => sure(), { "aria-label": t("player.own_delete_name", { name: own.name }) });
  const rest = () => element.replaceChildren(h("span", {}, own.name), remove);
  const sure = () => {
    const id = uniqueId("sure");
    const no = button(t("player.no"), () => {
      rest();
      remove.focus({ preventScroll: true });
    });
    element.replaceChildren(h("span", { id }, t("player.own_delete_sure", { name: own.name })),
      h("div", { class: "hb-sure", role: "group", "aria-labelledby": id }, button(t("player.yes"), onDelete, { "data-keep": KEEP }), no));
    no.focus({ preventScroll: true });
  };
  rest();
  return element;
}
