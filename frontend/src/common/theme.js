// Light or dark, as the page around a widget is: `element.dataset.theme`.

/**
 * Light or dark by the page's own theme: JupyterLab's where it is, else the system's.
 * @param {HTMLElement} element
 */
export function followTheme(element) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const lab = document.body.dataset.jpThemeLight;
    const dark = lab === undefined ? system.matches : lab === "false";
    element.dataset.theme = dark ? "dark" : "light";
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  system.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  };
}
