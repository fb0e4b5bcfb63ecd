// The panel over the whole screen: by the browser where it can, else over the whole window.

/**
 * @param {HTMLElement} element
 * @param {() => void} onChange
 */
export function createFullScreen(element, onChange) {
  let instead = false;
  const isOn = () => instead || document.fullscreenElement === element;
  const changed = () => {
    if (isOn()) element.dataset.full = "yes";
    else delete element.dataset.full;
    onChange();
  };
  element.addEventListener("fullscreenchange", changed);

  const cover = (/** @type {boolean} */ on) => {
    instead = on;
    changed();
  };
  const leave = () => {
    if (document.fullscreenElement === element) void document.exitFullscreen();
    if (instead) cover(false);
  };
  return {
    isOn,
    leave,
    toggle() {
      if (isOn()) return leave();
      if (!element.requestFullscreen) return cover(true);
      element.requestFullscreen().catch(() => cover(true));
    },
  };
}
