// In the page that bench/explorer.py measures: when a key's answer is drawn, and when each new picture is.

/** @param {string} picture  what the picture is made of @param {(all: Element[]) => unknown} read  what tells two pictures apart */
function watchPicture(picture, read) {
  const look = () => {
    const all = [...document.querySelectorAll(picture)];
    return all.length ? read(all) : "";
  };
  const soon = (act) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = act;
    port2.postMessage(0);
  };
  // A frame's picture is looked at in the task behind it, which costs the frame nothing. The time is taken in two
  // frame callbacks, so that one of them comes behind the page's own.
  const frames = (seen, enough) => new Promise((done) => {
    let frameMs = 0, drawnMs = 0;
    const check = () => {
      seen(look(), frameMs, drawnMs);
      enough() ? done() : next();
    };
    const next = () => {
      requestAnimationFrame((ms) => {
        frameMs = ms;
        drawnMs = performance.now();
        soon(check);
      });
      soon(() => requestAnimationFrame(() => { drawnMs = performance.now(); }));
    };
    next();
  });
  return {
    /** Wait for a key; then `movedMs` is how long its answer took, from the key to the end of the frame's callbacks. */
    awaitKey() {
      const before = look();
      this.movedMs = null;
      document.addEventListener("keydown", () => {
        const begunMs = performance.now();
        let shownMs = 0;
        const seen = (now, _, drawnMs) => { if (now !== before && now !== "") shownMs = drawnMs; };
        frames(seen, () => shownMs > 0 || performance.now() - begunMs > 5000).then(() => { this.movedMs = shownMs - begunMs; });
      }, { capture: true, once: true });
    },
    /** The start of every frame, in so many ms, whose picture was a new one. */
    newPictures(forMs) {
      const begunMs = performance.now(), changes = [];
      let last = look();
      const seen = (now, frameMs) => {
        if (now !== last) changes.push(frameMs);
        last = now;
      };
      return frames(seen, () => performance.now() - begunMs > forMs).then(() => changes);
    },
    movedMs: null,
  };
}

/** A few pixels of a canvas as one number. */
function pixels([box]) {
  const { data } = box.getContext("2d").getImageData(0, 0, box.width, box.height);
  let sum = 0;
  for (let k = 0; k < data.length; k += 52) sum = (sum * 31 + data[k]) | 0;
  return sum;
}
