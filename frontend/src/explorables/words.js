// What the explorables say, computed from the same numbers as the pictures; every sentence is in hipbook/strings.
// hipbook/figures/explorable_words.py is the twin: frontend/golden/explorables.json holds both to the same sentences.
import { EXTENSION_DEG, glideMm, NEWTONS_PER_KG, slack } from "./ball_and_socket.core.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {import("./ball_and_socket.core.js").Measured} Measured
 * @typedef {import("./zeros.core.js").Laboratory} Laboratory
 * @typedef {Record<string, number | string>} Settings
 */

export const NEARLY_TAUT = 0.08; // share of the drawn band that is slack
const SAME_DEG = 0.05, SAME_SPEED = 0.006;

/** −3.2, never −0; half goes up. @param {number} value @param {number} digits */
export function number(value, digits = 1) {
  const units = Math.floor(value * 10 ** digits + 0.5);
  return (units < 0 ? "−" : "") + (Math.abs(units) / 10 ** digits).toFixed(digits);
}

/** @param {Translate} t @param {{name: string, speed: number}[]} known slowest first @param {number} speed */
export function speedWords(t, known, speed) {
  const name = (/** @type {{name: string}} */ one) => t(`explorable.speed.${one.name}`);
  const here = known.find((one) => Math.abs(one.speed - speed) < SAME_SPEED);
  if (here) return t("explorable.speed.at", { name: name(here) });
  const above = known.findIndex((one) => one.speed > speed);
  return t("explorable.speed.between", { slower: name(known[above - 1]), faster: name(known[above]) });
}

/** @param {Translate} t @param {Record<string, Laboratory>} labs @param {number} thighDeg */
export function laboratoriesSentence(t, labs, thighDeg) {
  const hips = Object.values(labs).map((lab) => lab.hip_extension_deg);
  return t("explorable.laboratories.said", {
    thigh: number(thighDeg),
    standing: number(labs.standing.hip_extension_deg),
    landmarks: number(labs.landmarks.hip_extension_deg),
    yours: number(labs.yours.hip_extension_deg),
    apart: number(Math.max(...hips) - Math.min(...hips)),
  });
}

/** @param {Translate} t @param {Measured} measured @param {Settings} settings */
export function socketSentence(t, measured, settings) {
  return `${capsuleWords(t, measured, Number(settings.hip_extension_deg))} ${pushWords(t, measured, settings)}`;
}

/** @param {Translate} t @param {Measured} measured @param {number} deg */
function capsuleWords(t, measured, deg) {
  const left = slack(deg, measured.strain_at_end);
  const state = deg === EXTENSION_DEG[1] ? "end" : left <= 0 ? "taut" : left < NEARLY_TAUT ? "nearly" : "loose";
  return t(`explorable.ball_and_socket.said.${state}`, {
    strain: number(measured.strain_at_end * 100, 2), specimens: measured.strain_specimens,
  });
}

/** @param {Translate} t @param {Measured} measured @param {Settings} settings */
function pushWords(t, measured, settings) {
  const force = Number(settings.force_n);
  if (force === 0) return t("explorable.ball_and_socket.said.rest");
  const kg = force / NEWTONS_PER_KG;
  const values = {
    force, kg: number(kg, kg < 1 ? 1 : 0), mm: number(glideMm(measured.glide, force), 2),
    hips: measured.glide_hips, least: measured.glide[0][0],
  };
  const said = t(`explorable.ball_and_socket.said.${settings.direction}`, values);
  return force < measured.glide[0][0] ? `${said} ${t("explorable.ball_and_socket.said.below", values)}` : said;
}

/** The glide as a big number and two short lines below it. @param {Translate} t @param {Measured} measured @param {Settings} settings */
export function glideWords(t, measured, settings) {
  const force = Number(settings.force_n);
  const kind = settings.direction === "down" ? "what_if" : force > 0 && force < measured.glide[0][0] ? "ours" : "measured";
  return {
    value: t("explorable.ball_and_socket.mm", { mm: number(glideMm(measured.glide, force), 2) }),
    lines: [1, 2].map((line) => t(`explorable.ball_and_socket.${kind}_${line}`)),
  };
}

/**
 * @typedef {{thigh_deg: number, hip_deg: number, pelvis_deg: number}} Gain
 * @param {Translate} t @param {{from: string, to: string}} walks in words @param {Gain} gain
 */
export function speedSentence(t, { from, to }, { thigh_deg, hip_deg, pelvis_deg }) {
  if (Math.abs(thigh_deg) < SAME_DEG) return t("explorable.speed_costs.said.same");
  const share = (/** @type {number} */ part) => number((100 * part) / thigh_deg, 0);
  const values = {
    from, to, thigh: number(thigh_deg), hip: number(Math.abs(hip_deg)), pelvis: number(Math.abs(pelvis_deg)),
    hip_share: share(hip_deg), pelvis_share: share(pelvis_deg),
  };
  const kind = hip_deg < 0 ? "less_hip" : pelvis_deg < 0 ? "less_pelvis" : "both";
  return t(`explorable.speed_costs.said.${kind}`, values);
}
