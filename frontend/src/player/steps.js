// All holds of the plan as a folded list: what was done, what is in hand, and a way to jump to any of them.
import { phaseInHand, plannedS, standingRows } from "../session.core.js";
import { h } from "../common/dom.js";

/** @param {import("./run.js").Engine} engine @param {import("../common/translator.js").Translate} t */
export function createSteps(engine, t) {
  const list = h("ol", { class: "hb-steps" });
  const element = h("details", { class: "hb-more" }, h("summary", {}, t("player.steps")), list);
  let drawn = "";

  const update = () => {
    const session = engine.session();
    const { phases } = session.plan;
    const inHand = phaseInHand(session)?.row ?? null;
    const rows = standingRows(session);
    const key = JSON.stringify([phases.length, session.plan.total_s, inHand, rows.length, session.index]);
    if (key === drawn) return;
    drawn = key;
    const firsts = phases.flatMap((phase, at) => (phase.row !== null && phases[at - 1]?.row !== phase.row ? [at] : []));
    const hadFocus = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(...firsts.map((at) => {
      const phase = phases[at];
      const row = /** @type {number} */ (phase.row);
      const done = rows.findLast((entry) => entry.row === row);
      const values = { stretch: t(`stretch.${phase.stretch}.short`), repetition: phase.repetition, of: phase.of, seconds: plannedS(session.plan, row) };
      const label = t(`player.step.${phase.side}`, values);
      const state = row === inHand ? t("player.step.now") : done ? t(`outcome.${done.outcome}`) : "";
      return h("li", {}, h("button", {
        type: "button", "aria-current": row === inHand ? "step" : null, onclick: () => engine.dispatch({ type: "jump", index: at }),
      }, h("span", {}, label), h("span", { class: "hb-state" }, state)));
    }));
    if (hadFocus >= 0) list.children[hadFocus]?.firstElementChild.focus({ preventScroll: true });
  };
  return { element, update };
}
