// All holds of the plan as a folded list: what was done, what is in hand, and a way to jump to any of them.
import { phaseInHand } from "../session.core.js";
import { h } from "../common/dom.js";
import { stepLine } from "./words.js";

/**
 * @param {import("./run.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 * @param {() => void} onJump
 */
export function createSteps(engine, t, onJump) {
  const list = h("ol", { class: "hb-steps" });
  const element = h("details", { class: "hb-more" }, h("summary", {}, t("player.steps")), list);
  let drawn = "";

  const update = () => {
    const session = engine.session();
    const { phases } = session.plan;
    const inHand = phaseInHand(session)?.row ?? null;
    const key = JSON.stringify([phases.length, session.plan.total_s, inHand, session.rows.length, session.index]);
    if (key === drawn) return;
    drawn = key;
    const firsts = phases.flatMap((phase, at) => (phase.row !== null && phases[at - 1]?.row !== phase.row ? [at] : []));
    const hadFocus = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(...firsts.map((at) => {
      const { name, state } = stepLine(t, session, phases[at]);
      const jump = () => {
        engine.dispatch({ type: "jump", index: at });
        onJump();
      };
      return h("li", {}, h("button", { type: "button", "aria-current": phases[at].row === inHand ? "step" : null, onclick: jump },
        h("span", {}, name), h("span", { class: "hb-state" }, state)));
    }));
    if (hadFocus >= 0) list.children[hadFocus]?.firstElementChild.focus({ preventScroll: true });
  };
  return { element, update };
}
