// Light, dark, or as the system has it: a button that all panels of the page follow.
import { setText } from "../common/dom.js";

const KEY = "hipbook:theme";

/**
 * The panels look where JupyterLab says its theme (see theme.js); pages say theirs in the same place.
 * @param {Storage | null} storage
 */
function applyTheme(storage) {
  const wanted = read(storage);
  if (wanted) document.documentElement.dataset.theme = wanted;
  else delete document.documentElement.dataset.theme;
  if (wanted) document.body.dataset.jpThemeLight = String(wanted === "light");
  else delete document.body.dataset.jpThemeLight;
}

/** @param {Storage | null} storage @returns {"light" | "dark" | null} */
function read(storage) {
  try {
    const found = storage?.getItem(KEY);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}

/** @param {HTMLElement | null} button @param {Storage | null} storage @param {import("../common/translator.js").Translate} t */
export function createThemeButton(button, storage, t) {
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (read(storage) ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    applyTheme(storage);
    setText(button, t(isDark() ? "site.theme.light" : "site.theme.dark"));
  };
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    const bySystem = (next === "dark") === system.matches;
    try {
      if (bySystem) storage?.removeItem(KEY);
      else storage?.setItem(KEY, next);
    } catch {
      // Forbidden: the page stays as the system has it.
    }
    show();
  });
  system.addEventListener("change", show);
  button.hidden = storage === null;
  show();
}
