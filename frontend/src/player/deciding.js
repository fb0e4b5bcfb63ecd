// What a person decides while the clock stands or runs: what follows from what was felt, and more time.
import { stretchOf } from "../plan.core.js";
import { isActive, phaseInHand } from "../session.core.js";
import { substitutePhases } from "../substitute.core.js";

/**
 * @typedef {import("../session.core.js").Session} Session
 * @param {{catalog: import("../plan.core.js").Catalog, care: ReturnType<typeof import("./care.js").createCare>,
 *   choices(): import("../plan.core.js").Choices, session(): Session,
 *   dispatch(event: import("../session.core.js").SessionEvent): void}} options
 */
export function createDeciding({ catalog, care, choices, session, dispatch }) {
  /** Which hold was eased. */
  let eased = "";
  const inHand = () => `${session().id} ${phaseInHand(session())?.row}`;
  return {
    /** Whether the hold in hand was eased before, because it was too strong. */
    wasEased: () => eased === inHand(),
    /** What the person decided after something was felt. @param {import("./hurts.js").Decision} decision */
    decide({ do: what, reason, substitute, key }) {
      if (what !== "resume" && key !== "too_strong" && isActive(session())) {
        const { id, alternate, felt } = stretchOf(catalog, phaseInHand(session()).stretch);
        // What ends the day leaves out everything, and all of it comes back when that was a mistake.
        const endsDay = felt.some((rule) => rule.key === key && rule.action === "end_session");
        if (!endsDay) care.leaveOutToday(id, key === "kneeling" ? alternate : null);
      }
      if (what === "stop") return dispatch({ type: "stop", reason: reason ?? "" });
      if (what === "leave") {
        const instead = substitute ? substitutePhases(catalog, choices(), session(), substitute) : [];
        dispatch({ type: "leave", reason: reason ?? "", instead });
      } else if (key === "too_strong") eased = inHand();
      dispatch({ type: "resume" });
    },
    /** More time for the phase in hand. @param {number} seconds */
    extend(seconds) {
      const { kind } = phaseInHand(session());
      const limit = catalog.limits[kind === "hold" ? "hold_s" : `${kind}_s`];
      dispatch({ type: "extend", seconds, mostS: limit?.max ?? 0 });
    },
  };
}
