// "It hurts": let go first; then what is felt, and the stretch's own rule for it, a step each.
import { afterFelt, choicesFelt, thirdStop } from "../felt.core.js";
import { h, uniqueId } from "../common/dom.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("../felt.core.js").Rule} Rule
 * What the person decided; `key` is what was felt, "" for nothing, and `reason` is null where nothing ends.
 * @typedef {{do: "resume" | "leave" | "stop", reason: string | null, substitute: string | null, key: string}} Decision
 */

/** The tap that let go, or chose, may be followed by another that was not meant for what it brought up [ms]. */
const FRESH_MS = 700;

/**
 * @param {Translate} t
 * @param {{stretch: import("../plan.core.js").Stretch, catalog: import("../plan.core.js").Catalog,
 *   keepReasons: boolean, onKeepReasons(on: boolean): void, stops: Record<string, number>, next: string | null,
 *   easedAlready?: boolean, mayDo?: (stretch: string) => boolean, onDecide(decision: Decision): void}} options
 *   stops: earlier stops by reason; next: id of the stretch after this one; easedAlready: this hold was eased once;
 *   mayDo: whether the checklist leaves a stretch in
 */
export function createHurts(t, { stretch, keepReasons, onKeepReasons, stops, next, easedAlready = false, mayDo = () => true, onDecide }) {
  const element = h("div", { class: "hb-hurts" });
  let keep = keepReasons;
  /** @type {HTMLElement} */
  let heading;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;

  /** @param {string} text @param {...(HTMLElement | null)} parts */
  const step = (text, ...parts) => {
    heading = h("h4", { tabindex: -1 }, text);
    element.replaceChildren(heading, ...parts.filter((part) => part !== null));
    clearTimeout(settling);
    element.dataset.fresh = "yes";
    settling = setTimeout(() => delete element.dataset.fresh, FRESH_MS);
  };
  const focus = () => heading.focus({ preventScroll: true });
  /** @param {string} text @param {() => void} onclick @param {string | null} [look] */
  const button = (text, onclick, look = null) => h("button", { type: "button", class: look, onclick }, text);

  const ask = () => {
    const id = uniqueId("felt");
    const choices = choicesFelt(stretch).map((rule) =>
      button(t(`hurts.feel.${rule.key}`), () => {
        tell(rule);
        focus();
      }));
    const nothing = button(t("hurts.nothing"), () => onDecide({ do: "resume", reason: null, substitute: null, key: "" }), "hb-nothing-hurts");
    step(t("hurts.title"),
      h("p", { id }, t("hurts.question")),
      h("div", { class: "hb-choices", role: "group", "aria-labelledby": id }, nothing, ...choices),
      h("p", { class: "hb-hint" }, t("hurts.scale")));
  };

  /** The consequence in words, and what can be done now. @param {Rule} rule */
  const tell = (rule) => {
    const after = afterFelt(rule, { easedAlready, mayDo });
    const reason = rule.reason;
    const decide = (/** @type {Decision["do"]} */ what, /** @type {string | null} */ substitute = null) => () =>
      onDecide({ do: what, reason: what === "resume" ? null : reason, substitute, key: rule.key });
    const goOn = (/** @type {string} */ id, /** @type {string | null} */ substitute) =>
      button(t("hurts.go.stretch", { stretch: t(`stretch.${id}.name`) }), decide("leave", substitute), "hb-primary");
    const buttons = [];
    if (after.do === "resume") {
      buttons.push(button(t(rule.action === "ease" ? "hurts.go.ease" : "hurts.go.adjust"), decide("resume"), "hb-primary"));
      if (rule.action === "ease") buttons.push(button(t("hurts.go.end_stretch"), decide(next ? "leave" : "stop")));
    } else if (after.do === "leave" && (after.substitute ?? next)) {
      buttons.push(goOn(/** @type {string} */ (after.substitute ?? next), after.substitute));
    }
    if (after.do !== "resume") buttons.push(button(t("hurts.go.stop"), decide("stop"), buttons.length ? null : "hb-primary"));

    step(t(`hurts.feel.${rule.key}`),
      h("p", { class: "hb-then" }, thenLine(t, rule, after)),
      after.do !== "resume" && thirdStop(stops, reason) ? h("p", { class: "hb-third" }, t("hurts.third")) : null,
      after.see ? emergencyBox(t, rule) : null,
      rule.action === "adjust" ? null : keepBox(t, keep, (on) => {
        keep = on;
        onKeepReasons(on);
      }),
      h("div", { class: "hb-go" }, ...buttons, button(t("hurts.back"), back)));
  };

  const back = () => {
    ask();
    focus();
  };

  ask();
  return { element, update() {}, focus, close: () => clearTimeout(settling) };
}

/** @param {Translate} t @param {Rule} rule @param {import("../felt.core.js").Consequence} after */
function thenLine(t, rule, after) {
  if (rule.action === "ease" && after.do === "leave") return t("hurts.then.too_strong_again");
  if (rule.action === "substitute" && after.do === "leave" && !after.substitute) return t("hurts.then.kneeling_ends");
  return t(`hurts.then.${rule.key}`);
}

/** Whether the log may say why. @param {Translate} t @param {boolean} keep @param {(on: boolean) => void} onKeep */
export function keepBox(t, keep, onKeep) {
  const input = h("input", { type: "checkbox", onchange: () => onKeep(input.checked) });
  input.checked = keep;
  return h("label", { class: "hb-tick" }, input, h("span", {}, t("hurts.keep")));
}

/** The signs that make it an emergency. @param {Translate} t @param {Pick<Rule, "key">} rule */
export const emergencyBox = (t, rule) =>
  h("div", { class: "hb-care" },
    h("p", { class: "hb-care-title" }, t("hurts.emergency.title")),
    h("p", {}, t(`hurts.emergency.${rule.key}`)));
