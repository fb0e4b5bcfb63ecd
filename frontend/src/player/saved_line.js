// The line that says whether what was done is in the log: never more than is true.
import { setText } from "../common/dom.js";

/**
 * @param {HTMLElement} line
 * @param {import("../common/translator.js").Translate} t
 * @param {import("./mail.js").Saving} saving
 * @param {{begun: boolean, place: string}} of  whether there is anything to be saved, and where Python is
 */
export function showSaved(line, t, { saves, waiting, unheard, trouble, notice, inPage }, { begun, place }) {
  const state = !saves ? "practice" : waiting ? "waiting" : begun ? "saved" : "idle";
  line.dataset.state = state;
  const words = {
    practice: () => t("player.not_saving"),
    waiting: () => (waiting === 1 ? t("player.waiting_one") : t("player.waiting", { n: waiting })),
    saved: () => [t("player.saved"), notice].filter(Boolean).join(". "),
    idle: () => t("player.saved_idle"),
  };
  const why = trouble ? [t("player.trouble", { why: trouble })] : [];
  if (inPage && (trouble || unheard)) why.push(t(`player.in_page.${place}`));
  else if (unheard && !trouble) why.push(t(`player.unheard.${place}`));
  setText(line, [words[state](), ...(state === "waiting" ? why : [])].join(". "));
}
