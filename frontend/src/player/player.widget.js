// The anywidget: one engine per widget in the factory's closure, one view per output.
import { createEngine } from "./engine.js";
import { createView } from "./view.js";

/** The browser's storage, or null where it is forbidden. @param {"localStorage" | "sessionStorage"} name */
function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

export default () => {
  /** @type {ReturnType<typeof createEngine>} */
  let engine;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      engine = createEngine({
        catalog: model.get("catalog"),
        choices: model.get("choices"),
        workspaceId: model.get("workspace_id"),
        saves: model.get("saves"),
        port: { send: (message) => model.send(message) },
        storage: storageOf("localStorage"),
      });
      model.on("msg:custom", engine.receive);
      // A page that goes away takes the session with it: what was held so far is noted, and waits for the kernel.
      const leave = () => engine.dispatch({ type: "stop" });
      addEventListener("pagehide", leave);
      return () => {
        removeEventListener("pagehide", leave);
        model.off("msg:custom", engine.receive);
        engine.close();
      };
    },
    /** @param {{model: any, el: HTMLElement}} context */
    render({ model, el }) {
      const key = `hipbook:${model.get("workspace_id")}:safety-read`;
      const tab = storageOf("sessionStorage");
      let readHere = false;
      const safetyRead = {
        get: () => readHere || tab?.getItem(key) === "yes",
        set: () => {
          readHere = true;
          tab?.setItem(key, "yes");
        },
      };
      const view = createView(engine, { strings: model.get("strings"), name: model.get("name"), safetyRead });
      el.append(view.element);
      return view.close;
    },
  };
};
