// Stands in for Jupyter's side of a widget: what it reads, hears and sends, without a kernel.

/**
 * @param {Record<string, unknown>} traits
 * @param {(message: any) => object[]} [answer]  what answers the widget's messages; the replies come a moment later
 */
export function createModel(traits, answer = () => []) {
  /** @type {Map<string, Set<(value?: any) => void>>} */
  const listeners = new Map();
  const emit = (/** @type {string} */ event, /** @type {any} */ value = undefined) =>
    [...(listeners.get(event) ?? [])].forEach((listener) => listener(value));
  return {
    /** @param {string} name */
    get: (name) => traits[name],
    /** @param {string} name @param {unknown} value */
    set(name, value) {
      if (Object.is(traits[name], value)) return;
      traits[name] = value;
      emit(`change:${name}`);
    },
    save_changes() {},
    /** @param {any} message */
    send(message) {
      const replies = answer(structuredClone(message));
      queueMicrotask(() => replies.forEach((reply) => emit("msg:custom", reply)));
    },
    /** @param {string} event @param {(value?: any) => void} listener */
    on(event, listener) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event)?.add(listener);
    },
    /** @param {string} event @param {(value?: any) => void} listener */
    off: (event, listener) => void listeners.get(event)?.delete(listener),
  };
}
