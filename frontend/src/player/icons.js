// The controls' signs, drawn: no font is sure to have them.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M6 5h2.4v14H6zM19 5v14L9.4 12z",
  skip: "M15.6 5H18v14h-2.4zM5 5l9.6 7L5 19z",
  stop: "M6.5 6.5h11v11h-11z",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "hb-icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
