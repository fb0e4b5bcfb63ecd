// The anywidget that measures: one engine per widget in the factory's closure, one view per output.
import { storageOf } from "../common/storage.js";
import { createEngine } from "./engine.js";
import { createView } from "./view.js";

export default () => {
  /** @type {ReturnType<typeof createEngine>} */
  let engine;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      const port = { send: (/** @type {object} */ message) => model.send(message) };
      engine = createEngine({ data: model.get("data"), port, storage: storageOf("localStorage") });
      model.on("msg:custom", engine.receive);
      return () => {
        model.off("msg:custom", engine.receive);
        engine.close();
      };
    },
    /** @param {{el: HTMLElement}} context */
    render({ el }) {
      const view = createView(engine);
      el.append(view.element);
      return view.close;
    },
  };
};
