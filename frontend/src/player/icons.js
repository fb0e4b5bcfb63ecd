// The controls' signs, drawn: no font is sure to have them.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  back: "M6 5h2.4v14H6zM19 5v14L9.4 12z",
  skip: "M15.6 5H18v14h-2.4zM5 5l9.6 7L5 19z",
  stop: "M6.5 6.5h11v11h-11z",
  more_time: "M12 4a8 8 0 1 0 8 8h-2.3A5.7 5.7 0 1 1 12 6.3zM11 8h2v3.2l2.4 1.9-1.2 1.6L11 12.2zM17.9 2h2.2v2.9H23v2.2h-2.9V10h-2.2V7.1H15V4.9h2.9z",
  hurts: "M10.7 3h2.6v11h-2.6zM10.7 17.2h2.6V20h-2.6z",
  full: "M4 4h6v2.4H6.4V10H4zM14 4h6v6h-2.4V6.4H14zM4 14h2.4v3.6H10V20H4zM17.6 14H20v6h-6v-2.4h3.6z",
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
