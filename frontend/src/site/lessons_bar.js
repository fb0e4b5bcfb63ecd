// The way to the lessons: on a narrow screen it scrolls, begins where the reader is, and shows that it goes on.

/** Pixels that a browser may round away. */
const ROUNDING_PX = 2;

/** @param {HTMLElement | null} bar  the `nav` around the list */
export function followScroll(bar) {
  const way = bar?.querySelector("ul");
  if (!bar || !way) return;
  const mark = () => {
    bar.toggleAttribute("data-before", way.scrollLeft > ROUNDING_PX);
    bar.toggleAttribute("data-after", way.scrollLeft + way.clientWidth < way.scrollWidth - ROUNDING_PX);
  };
  const here = /** @type {HTMLElement | null} */ (way.querySelector("[aria-current]"));
  if (here) way.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - way.clientWidth / 2;
  way.addEventListener("scroll", mark, { passive: true });
  new ResizeObserver(mark).observe(way);
}
