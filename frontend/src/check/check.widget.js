// The anywidget: one view per output; nothing is sent back.
import { createView } from "./view.js";

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    const view = createView(model.get("question"), model.get("strings"));
    el.append(view.element);
    return view.close;
  },
};
