// The anywidget: what is set lives in the factory's closure, one view per output.
import { createExplorable, createStore } from "./explorables.js";

export default () => {
  /** @type {ReturnType<typeof createStore>} */
  let store;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      store = createStore(model.get("settings"));
    },
    /** @param {{model: any, el: HTMLElement}} context */
    render({ model, el }) {
      const what = { kind: model.get("kind"), data: model.get("data"), strings: model.get("strings") };
      const view = createExplorable(what, store);
      el.append(view.element);
      return view.close;
    },
  };
};
