// The anywidget: one engine per widget in the factory's closure, one view per output.
import { storageOf } from "../common/storage.js";
import { createEngine } from "./engine.js";
import { createView } from "./view.js";

export default () => {
  /** @type {ReturnType<typeof createEngine>} */
  let engine;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      engine = createEngine({
        data: model.get("data"),
        port: { send: (message) => model.send(message) },
        storage: storageOf("localStorage"),
        locks: navigator.locks,
      });
      model.on("msg:custom", engine.receive);
      addEventListener("pagehide", engine.leave);
      return () => {
        removeEventListener("pagehide", engine.leave);
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
