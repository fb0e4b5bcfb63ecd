// In which language the player speaks: offered where reading begins, and with the sounds.
import { selectField } from "./fields.js";

/**
 * @typedef {{language(): string, languages: {code: string, name: string}[], onLanguage(code: string): void}} Languages
 *   `language` is the one in use, `languages` are all there are
 */

/**
 * Nothing where there is no choice.
 * @param {import("../common/translator.js").Translate} t
 * @param {Languages} options
 */
export function createLanguage(t, { language, languages, onLanguage }) {
  const names = languages.map(({ code, name }) => [code, name]);
  const element = names.length > 1 ? selectField(t("player.language"), language(), names, onLanguage, "language") : null;
  return {
    element,
    update() {
      if (element) element.querySelector("select").value = language();
    },
  };
}
