// What the explorer says: numbers with their signs, the speed, and what a walk comes to.
// describeWalk is the twin of hipbook/widgets/gait_words.py; tests hold both to the same words.
import { speedMPerS } from "../gait.core.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./walk.js").Settings} Settings
 */

/** A whole number; half goes up. @param {number} value */
export const whole = (value) => Math.floor(value + 0.5) + 0;

/** As said: half goes up, a true minus sign. @param {number} value @param {number} [decimals] */
export function rounded(value, decimals = 0) {
  const scale = 10 ** decimals, units = Math.floor(value * scale + 0.5);
  return (units < 0 ? "−" : "") + (Math.abs(units) / scale).toFixed(decimals);
}

/** @param {number | string} value */
export const degrees = (value) => `${value}°`;

/** The named speed that is nearest. @param {any} reference @param {number} speed */
export const pace = (reference, speed) =>
  reference.walking.reduce((/** @type {any} */ best, /** @type {any} */ other) =>
    Math.abs(other.speed - speed) < Math.abs(best.speed - speed) ? other : best).name;

/** @param {Translate} t @param {any} reference @param {number} speed @param {number} legLengthM */
export function speedWords(t, reference, speed, legLengthM) {
  const mS = speedMPerS(speed, legLengthM);
  return t("explorer.speed.value", {
    pace: t(`explorer.pace.${pace(reference, speed)}`), m_s: rounded(mS, 2), km_h: rounded(3.6 * mS, 1),
  });
}

/**
 * @param {Translate} t
 * @param {any} reference
 * @param {Settings} settings
 * @param {{summary: any, usual: any}} walk  what it comes to, and what it would unrestricted
 */
export function describeWalk(t, reference, settings, { summary, usual }) {
  const { leg_length_m, speed, stiff_side, hip_extension_limit_deg: limit } = settings;
  const leg = stiff_side === "left" ? "left" : "right";
  const hip = usual.peak_hip_extension_deg[leg], thigh = usual.peak_thigh_behind_torso_deg[leg];
  const at = settings.gait === "running" ? t("explorer.say.running") : t("explorer.say.walking", {
    pace: t(`explorer.pace.${pace(reference, speed)}`), km_h: rounded(3.6 * speedMPerS(speed, leg_length_m), 1),
  });
  const running = settings.gait === "running";
  const steps = running ? "" : t("explorer.say.steps", { cm: rounded(usual.step_length_cm) });
  if (whole(hip) <= whole(limit)) return [t("explorer.say.free", { at, hip: rounded(hip), thigh: rounded(thigh) }), steps].filter(Boolean).join(" ");
  const values = { at, limit: rounded(Math.abs(limit)), usual: rounded(hip) };
  return [
    hipWords(t, settings, values),
    backWords(t, summary),
    thighWords(t, rounded(summary.peak_thigh_behind_torso_deg[leg]), rounded(thigh)),
    running ? "" : stepWords(t, rounded(summary.step_length_cm), rounded(usual.step_length_cm), rounded(summary.step_length_percent)),
  ].filter(Boolean).join(" ");
}

/** @param {Translate} t @param {string} now @param {string} usual */
const thighWords = (t, now, usual) => t(now === usual ? "explorer.say.thigh.same" : "explorer.say.thigh", { thigh: now, usual });

/** @param {Translate} t @param {string} now @param {string} usual @param {string} percent */
const stepWords = (t, now, usual, percent) => t(now === usual ? "explorer.say.step.same" : "explorer.say.step", { cm: now, usual, percent });

/** @param {Translate} t @param {Settings} settings @param {Record<string, string>} values */
function hipWords(t, { stiff_side, hip_extension_limit_deg }, values) {
  const limit = whole(hip_extension_limit_deg);
  if (limit === 0) return t(`explorer.say.straight.${stiff_side}`, values);
  return limit > 0 ? t(`explorer.say.limited.${stiff_side}`, values) : t(`explorer.say.bent.${stiff_side}`, values);
}

/** @param {Translate} t @param {any} summary */
function backWords(t, summary) {
  const extra = rounded(summary.extra_lumbar_extension_deg);
  if (extra === "0") return t("explorer.say.back.same");
  return t("explorer.say.back.more", { extra, percent: rounded(100 * summary.share_of_stride_beyond) });
}
