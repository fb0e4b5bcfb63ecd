// The anywidget: one engine per widget in the factory's closure, one view per output.
import { createEngine } from "./engine.js";
import { createView } from "./view.js";

const SETTINGS = ["gait", "speed", "hip_extension_limit_deg", "stiff_side", "share", "pelvis", "leg_length_m"];

export default () => {
  /** @type {ReturnType<typeof createEngine>} */
  let engine;
  return {
    /** @param {{model: any}} context */
    initialize({ model }) {
      const read = () => /** @type {any} */ (Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)])));
      engine = createEngine({
        reference: model.get("reference"),
        settings: read(),
        playing: !matchMedia("(prefers-reduced-motion: reduce)").matches,
        save(settings) {
          saving = true;
          for (const name of SETTINGS) model.set(name, /** @type {any} */ (settings)[name]);
          saving = false;
          model.save_changes();
        },
      });
      let saving = false;
      const hear = () => {
        if (!saving) engine.hear(read());
      };
      for (const name of SETTINGS) model.on(`change:${name}`, hear);
      return () => {
        for (const name of SETTINGS) model.off(`change:${name}`, hear);
      };
    },
    /** @param {{model: any, el: HTMLElement}} context */
    render({ model, el }) {
      const view = createView(engine, { strings: model.get("strings") });
      el.append(view.element);
      return view.close;
    },
  };
};
