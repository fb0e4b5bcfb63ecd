// Runs in the page: what reaches over an edge, is cut, too small to touch, or lies over something else.
(() => {
  const CUT = "button, p, h3, h4, input, td, th, legend, label, summary";
  const CONTROLS = "button, summary, select, textarea, input";
  const LARGE = ["word", "ring", "side", "do", "strip", "next", "left", "figure", "letgo", "title", "saved"];
  const LEAST_PX = 44;

  const box = (element) => element.getBoundingClientRect();
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`;
  /** The words alone, without the empty rest of their line. */
  const words = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  /** The label of a box belongs to what can be pressed. */
  const target = (one) => (one.matches("[type=checkbox]") ? one.closest("label") : one);
  const isOver = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

  globalThis.measures = {
    outOfPlace(panel) {
      const all = [...panel.querySelectorAll("*")].filter((one) => shown(one) && !one.closest("svg, option, .hb-sr"));
      const edge = box(panel);
      const reaches = (one) => box(one).width > 0 && (box(one).right > edge.right + 1 || box(one).left < edge.left - 1);
      const controls = [...panel.querySelectorAll(CONTROLS)].filter(shown).map(target);
      return {
        outside: all.filter(reaches).map(name),
        cut: all.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.matches(CUT)).map(name),
        small: controls.filter((one) => Math.min(box(one).width, box(one).height) < LEAST_PX - 0.1).map(name),
        controls: controls.length,
      };
    },
    overlaps(panel) {
      const parts = [...LARGE.map((part) => panel.querySelector(`.hb-${part}`)), ...panel.querySelectorAll(".hb-controls button")];
      const seen = parts.filter((part) => shown(part) && (part.textContent || part.matches(".hb-strip, .hb-figure")));
      const boxes = seen.map((part) => ({ part: name(part), ...JSON.parse(JSON.stringify(part.matches("p") ? words(part) : box(part))) }));
      const outside = boxes.filter((one) => one.left < -1 || one.top < -1 || one.right > innerWidth + 1 || one.bottom > innerHeight + 1);
      const over = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => isOver(a, b)).map((b) => `${a.part} | ${b.part}`));
      return [...outside.map((one) => `outside: ${one.part}`), ...over];
    },
    /**
     * How high the digits are as they are shown, against the smaller side of the window, and how far they reach from
     * the middle of the ring, against its inner edge.
     */
    digits(element) {
      const { fontWeight, fontSize, fontFamily, letterSpacing } = getComputedStyle(element);
      const pen = document.createElement("canvas").getContext("2d");
      Object.assign(pen, { font: `${fontWeight} ${fontSize} ${fontFamily}`, letterSpacing });
      const shrunk = box(element).width / element.offsetWidth;
      const ink = pen.measureText(element.textContent);
      const high = ink.actualBoundingBoxAscent * shrunk;
      const start = words(element).left;
      const circle = element.parentElement.querySelector("circle");
      const { left, width } = box(circle); // its outline is not part of its box
      const middle = left + width / 2;
      const far = Math.max(start + ink.actualBoundingBoxRight * shrunk - middle, middle - start + ink.actualBoundingBoxLeft * shrunk);
      const scale = circle.getScreenCTM().a || Math.abs(circle.getScreenCTM().b);
      const inner = width / 2 - (parseFloat(getComputedStyle(circle).strokeWidth) / 2) * scale;
      return { high: high / Math.min(innerWidth, innerHeight), reach: Math.hypot(far, high / 2) / inner };
    },
  };
})();
