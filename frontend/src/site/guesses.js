// Guess first: what follows a prediction waits until the reader asks for it, and the guess stands by what was seen.
import { h, setText, uniqueId } from "../common/dom.js";

const KEY = "hipbook:guesses";
const SHOWN = "shown";
const PREDICTION = '[data-beat="predict"]';
const ENDS = `h2, ${PREDICTION}`;
const ASKED = `:scope > ${PREDICTION}:not([data-private])`;

/**
 * Give each prediction of a lesson its field and button. To be called before panels are built, since it moves their
 * places; what it returns hides what follows, to be called when all of it has its size.
 * @param {HTMLElement | null} article @param {Storage | null} storage @param {import("../common/translator.js").Translate} t
 * @returns {() => void}
 */
export function createGuesses(article, storage, t) {
  const guesses = [...(article?.querySelectorAll(ASKED) ?? [])].map((prediction) => createGuess(/** @type {HTMLElement} */ (prediction), t));
  if (!guesses.length) return () => {};
  const all = h("button", { type: "button", "aria-pressed": "false", onclick: () => show(all.getAttribute("aria-pressed") !== "true") }, t("site.guess.all"));
  article?.querySelector("h2")?.before(h("p", { class: "guess-all" }, `${t("site.guess.about")} `, all));

  /** @param {boolean} wanted */
  function show(wanted) {
    all.setAttribute("aria-pressed", String(wanted));
    for (const guess of guesses) guess.show(wanted);
    try {
      if (wanted) storage?.setItem(KEY, SHOWN);
      else storage?.removeItem(KEY);
    } catch {
      // Forbidden: the next page asks again.
    }
  }
  return () => show(wasShown(storage));
}

/** @param {Storage | null} storage */
function wasShown(storage) {
  try {
    return storage?.getItem(KEY) === SHOWN;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} prediction @param {import("../common/translator.js").Translate} t */
function createGuess(prediction, t) {
  const follows = h("div", { class: "follows" });
  for (let next = prediction.nextElementSibling; next && !next.matches(ENDS); next = prediction.nextElementSibling) follows.append(next);
  const id = uniqueId("guess");
  const typed = h("textarea", { id, rows: 1, autocomplete: "off" });
  const said = h("p", { class: "guessed", hidden: true });
  const button = h("button", { type: "button", onclick: () => show(Boolean(follows.hidden)) });
  const form = h("div", { class: "guess" }, h("label", { for: id }, t("site.guess.label")), typed, button);
  follows.querySelector('[data-beat="saw"]')?.before(said);
  prediction.after(form, follows);
  typed.addEventListener("input", () => {
    setText(said, t("site.guess.said", { guess: typed.value.trim() }));
    said.hidden = !typed.value.trim();
  });
  // Found by a search in the page, or led to by a link: the browser shows it, the button must say so.
  follows.addEventListener("beforematch", () => show(true));

  /** @param {boolean} wanted */
  function show(wanted) {
    if (wanted) follows.removeAttribute("hidden");
    else follows.setAttribute("hidden", "until-found");
    button.setAttribute("aria-expanded", String(wanted));
    setText(button, t(wanted ? "site.guess.hide" : "site.guess.show"));
  }
  show(true);
  return { show };
}
