// The player, or the panel that measures, on a page of its own: it hosts the same widget that Jupyter does, over HTTP.
import { setText } from "../common/dom.js";
import { translator } from "../common/translator.js";

/** @typedef {(reply: object) => void} Listener */

const about = document.getElementById("player-data");
const data = JSON.parse(about?.textContent ?? "{}");
/** @type {Set<Listener>} */
const listeners = new Set();

/** Browsers carry at most 64 kB for a page that is going away. */
const CARRIED_BYTES = 60_000;

/**
 * Send a message and pass on the replies. When nobody answers nothing happens here: what is not acknowledged
 * stays in the browser, and is sent again.
 * @param {object} message
 */
async function send(message) {
  const body = JSON.stringify(message);
  /** @type {object[]} */
  let replies = [];
  try {
    const answer = await fetch("messages", {
      method: "POST",
      // Not "same-origin": such requests hide where they come from on a page without referrers.
      mode: "cors",
      headers: {
        "Content-Type": "application/json",
        // Which log it is for: meanwhile another workspace may be served here.
        "Hipbook-Workspace": data.workspace_id,
        // Should it be refused, the panel says why in its own words.
        "Accept-Language": document.documentElement.lang,
      },
      body,
      keepalive: body.length < CARRIED_BYTES,
    });
    replies = await answer.json();
  } catch {
    // The server is gone: the player says so once it has waited.
  }
  for (const reply of replies) listeners.forEach((listener) => listener(reply));
}

/** What stands around the player is in the player's language. @param {any} reply */
function follow({ kind, language, strings }) {
  if (kind !== "strings") return;
  const t = translator(strings);
  const name = data.tests
    ? t("measuring.title")
    : strings[`routine.${data.key}`] ?? strings[`stretch.${data.key}.name`] ?? data.name;
  document.documentElement.lang = language;
  document.title = t("page.title", { name });
  setText(/** @type {Element} */ (document.querySelector("body > main > h2")), t(data.tests ? "measuring.title" : "page.heading"));
  setText(/** @type {Element} */ (document.querySelector("body > footer > p")), t("safety.education"));
}
listeners.add(follow);

const model = {
  /** @param {string} name */
  get: (name) => (name === "data" ? data : undefined),
  send,
  /** @param {string} event @param {Listener} listener */
  on: (event, listener) => event === "msg:custom" && listeners.add(listener),
  /** @param {string} _event @param {Listener} listener */
  off: (_event, listener) => listeners.delete(listener),
};

const { default: createWidget } = await import(new URL(about?.dataset.widget ?? "player.js", import.meta.url).href);
const widget = createWidget();
widget.initialize({ model });
widget.render({ model, el: document.getElementById("player") });
