// Guess first: what follows a prediction waits until the reader asks for it, and the guess stands by what was seen.
import { h, setText, uniqueId } from "../common/dom.js";

const KEY = "hipbook:guesses";
const SHOWN = "shown";
const PREDICTION = '[data-beat="predict"]';
const ENDS = `h2, ${PREDICTION}`;
const ASKED = `:scope > ${PREDICTION}:not([data-private])`;
const GUESS_MAX = 500;

/**
 * What a tab keeps of one page, so that coming back to it finds it as it was.
 * @typedef {{open: boolean[], typed: string[]}} Kept
 */

/**
 * Give each prediction of a lesson its field and button. To be called before panels are built, since it moves their
 * places; what it returns hides what follows, to be called when all of it has its size.
 * @param {HTMLElement | null} article
 * @param {{lasting: Storage | null, tab: Storage | null}} storages  one for all pages, one for this page in this tab
 * @param {import("../common/translator.js").Translate} t
 * @returns {() => void}
 */
export function createGuesses(article, { lasting, tab }, t) {
  const page = `${KEY}:${location.pathname.split("/").pop()}`;
  const kept = keptOf(read(tab, page));
  const guesses = [...(article?.querySelectorAll(ASKED) ?? [])].map((prediction, place) =>
    createGuess(/** @type {HTMLElement} */ (prediction), kept.typed[place] ?? "", changed, t));
  if (!guesses.length) return () => {};
  const all = h("button", { type: "button", onclick: pressed });
  article?.querySelector("h2")?.before(h("p", { class: "guess-all" }, `${t("site.guess.about")} `, all));
  const isAllShown = () => guesses.every((guess) => guess.isShown());

  function pressed() {
    const wanted = !isAllShown();
    write(lasting, KEY, wanted ? SHOWN : null);
    for (const guess of guesses) guess.show(wanted);
    changed();
  }

  function changed() {
    setText(all, t(isAllShown() ? "site.guess.wait" : "site.guess.all"));
    write(tab, page, JSON.stringify({ open: guesses.map((guess) => guess.isShown()), typed: guesses.map((guess) => guess.typed()) }));
  }

  return () => {
    const isShown = read(lasting, KEY) === SHOWN;
    guesses.forEach((guess, place) => guess.show(kept.open[place] ?? isShown));
    changed();
  };
}

/** @param {string | null} text @returns {Kept} */
function keptOf(text) {
  try {
    const { open, typed } = JSON.parse(text ?? "");
    return { open: open.map(Boolean), typed: typed.map(String) };
  } catch {
    return { open: [], typed: [] };
  }
}

/** @param {Storage | null} storage @param {string} key */
function read(storage, key) {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** @param {Storage | null} storage @param {string} key @param {string | null} value */
function write(storage, key, value) {
  try {
    if (value === null) storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    // Forbidden or full: the next page asks again.
  }
}

/**
 * @param {HTMLElement} prediction @param {string} before  what was typed @param {() => void} onChange
 * @param {import("../common/translator.js").Translate} t
 */
function createGuess(prediction, before, onChange, t) {
  const follows = h("div", { class: "follows" });
  for (let next = prediction.nextElementSibling; next && !next.matches(ENDS); next = prediction.nextElementSibling) follows.append(next);
  const number = prediction.querySelector("strong") ?? prediction;
  number.id = uniqueId("number");
  prediction.id = uniqueId("prediction");
  const id = uniqueId("guess");
  const field = h("textarea", { id, rows: 1, maxlength: GUESS_MAX, dir: "auto", autocomplete: "off", "aria-describedby": prediction.id, oninput: typing });
  const button = h("button", { type: "button", "aria-describedby": number.id, onclick: () => {
    show(Boolean(follows.hidden));
    onChange();
  } });
  const box = h("div", { class: "guess", role: "group", "aria-labelledby": number.id });
  prediction.before(box, follows);
  box.append(prediction, h("div", { class: "ask" }, h("label", { for: id }, t("site.guess.label")), field, button));
  const said = h("p", { class: "guessed" });
  const seen = follows.querySelector('[data-beat="saw"]') ?? follows.querySelector('[data-beat="sure"]') ?? follows.firstElementChild;
  seen?.before(said);
  // Found by a search in the page, or led to by a link: the browser shows it, the button must say so.
  follows.addEventListener("beforematch", () => {
    show(true);
    onChange();
  });

  function repeat() {
    const guess = field.value.trim();
    setText(said, t("site.guess.said", { guess: `\u2068${guess}\u2069` })); // in the direction of its own script
    said.hidden = !guess;
  }

  function typing() {
    repeat();
    onChange();
  }

  /** @param {boolean} wanted */
  function show(wanted) {
    if (wanted) follows.removeAttribute("hidden");
    else follows.setAttribute("hidden", "until-found");
    button.setAttribute("aria-expanded", String(wanted));
    setText(button, t(wanted ? "site.guess.hide" : "site.guess.show"));
  }
  field.value = before;
  repeat();
  show(true);
  return { show, isShown: () => !follows.hidden, typed: () => field.value };
}
