// What a panel that measures knows and does: test and leg, today's readings, the sensor's trials, and what is saved.
import { translator } from "../common/translator.js";
import { startTicks } from "../player/clock.js";
import { createOutbox } from "../player/outbox.js";
import { localDate } from "../player/rows.js";
import { createSettings } from "../player/settings.js";
import { createWakeLock } from "../player/wake.js";
import { readingOf, tenths } from "../reading.core.js";
import { isGoing, newMeasuring, promptOf, reduce } from "../trials.core.js";
import { readingRow, undoRow } from "./rows.js";
import { createSensor } from "./sensor.js";
import { createVoice, sentenceFor } from "./voice.js";
import { signedDegrees } from "./words.js";

/**
 * @typedef {import("../reading.core.js").Test} Test
 * @typedef {import("../trials.core.js").Event} Event
 * @typedef {{id: string, test: string, side: string, trial: number, value_deg: number, local_date: string}} Kept
 * @typedef {{test: string, side: string, days: number, sem_deg: number | null, mdc_deg: number, assumed: boolean,
 *   open: boolean}} OwnError
 * @typedef {{tests: Test[], limits: import("../reading.core.js").Limits, numbers: Record<string, number>, test: string,
 *   side: string, errors: OwnError[], recent: Kept[], lying: import("./scene.js").Lying,
 *   strings: Record<string, string>, language: string, languages: {code: string, name: string}[],
 *   workspace_id: string, saves: boolean, place: string}} MeasureData
 */

export const WANTED = 3;
const RETRY_MS = 1000;
/** Without a view for so long, nobody is there. */
const NO_VIEW_MS = 1000;

/**
 * @param {{data: MeasureData, port: import("../player/outbox.js").Port, storage: Storage | null, now?: () => number}} options
 */
export function createEngine({ data, port, storage, now = Date.now }) {
  const settings = createSettings({ storage, workspaceId: data.workspace_id });
  const outbox = data.saves ? createOutbox({ storage, workspaceId: data.workspace_id, port }) : null;
  const sensor = createSensor({ onState: () => tell() });
  const wake = createWakeLock({ onState() {} });
  let { strings, language, errors } = data;
  let t = translator(strings);
  const voice = createVoice({ settings, language: () => language, now });
  let { test, side } = data;
  let watched = false;
  let trouble = "";
  let notice = "";
  let revision = 0;
  let measuring = newMeasuring();
  /** What the panel said last, for those who do not see. */
  let said = "";
  /** @type {Kept[]} */
  const kept = [...data.recent];
  const undone = new Set();
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {import("../player/clock.js").Ticks | null} */
  let ticks = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;

  const tell = () => listeners.forEach((listener) => listener());
  const testOf = () => /** @type {Test} */ (data.tests.find(({ name }) => name === test));
  const readings = () => {
    const today = localDate(now());
    return kept.filter((one) => one.test === test && one.side === side && one.local_date === today && !undone.has(one.id));
  };

  const askForLanguage = () => {
    const chosen = settings.get().language;
    if (!chosen || chosen === language) return;
    try {
      port.send({ kind: "language", language: chosen });
    } catch {
      // Without a kernel the words stay as they are.
    }
  };

  /** @param {Record<string, unknown>} inputs */
  const save = (inputs) => {
    const whole = { ...inputs, pelvis: watched ? "watched" : "not_watched" };
    const read = readingOf(testOf(), whole, data.limits);
    if (!("deg" in read)) return null;
    const trial = Math.max(0, ...readings().map((one) => one.trial)) + 1;
    const deg = tenths(read.deg);
    const entry = readingRow({ test, side, trial, deg, inputs: whole }, now());
    kept.push({ id: String(entry.row.id), test, side, trial, value_deg: deg, local_date: String(entry.row.local_date) });
    outbox?.add([entry], now());
    return { trial, deg };
  };

  /** @param {Event} event */
  const dispatch = (event) => {
    const before = measuring;
    measuring = reduce(before, event, now());
    if (measuring === before) return;
    /** @type {number | null} */
    let deg = null;
    if (measuring.trials.length > before.trials.length) {
      const { rawDeg, levelDeg, sdDeg } = /** @type {import("../trials.core.js").Trial} */ (measuring.trials.at(-1));
      const [raw_deg, level_deg, still_sd_deg] = [rawDeg, levelDeg, sdDeg].map((value) => Math.round(value * 100) / 100);
      deg = save({ raw_deg, level_deg, still_sd_deg })?.deg ?? null;
    }
    const prompt = promptOf(before, measuring);
    if (prompt) {
      said = sentenceFor(t, language, prompt, before, measuring, { side, taken: readings().length, deg });
      voice.say(prompt, said);
    }
    if (isGoing(before) !== isGoing(measuring)) attend();
    tell();
  };

  /** While trials go on: ticks, a screen that stays on; afterwards rest. */
  const attend = () => {
    const going = isGoing(measuring);
    wake.want(going);
    ticks?.stop();
    ticks = going ? startTicks(tick) : null;
    if (!going) sensor.stop();
  };
  const tick = () => {
    const beta = sensor.beta();
    if (["none", "denied"].includes(sensor.state())) return dispatch({ type: "stop" });
    if (beta === null || document.visibilityState !== "visible") return dispatch({ type: "unseen" });
    dispatch({ type: "sample", betaDeg: beta });
  };

  const heartbeat = setInterval(() => {
    if (!outbox?.size()) return;
    outbox.retry(now());
    tell();
  }, RETRY_MS);
  const unwatch = settings.watch(askForLanguage);
  askForLanguage();
  outbox?.flush(now());

  return {
    data,
    settings,
    voice,
    sensor,
    t: () => t,
    language: () => language,
    /** Grows when views must be made anew. */
    revision: () => revision,
    test: testOf,
    side: () => side,
    watched: () => watched,
    measuring: () => measuring,
    said: () => said,
    readings,
    ownError: () => errors.find((one) => one.test === test && one.side === side) ?? null,
    saving: () => ({ saves: data.saves, waiting: outbox?.size() ?? 0, unheard: outbox?.unheard(now()) ?? false, trouble, notice }),
    /** Another test or leg. @param {{test?: string, side?: string}} part */
    choose(part) {
      dispatch({ type: "stop" });
      test = part.test ?? test;
      side = part.side ?? side;
      measuring = newMeasuring();
      said = "";
      revision += 1;
      tell();
    },
    /** Whether the person watched the pelvis. @param {boolean} on */
    watchPelvis(on) {
      watched = on;
    },
    /** What the inputs give, saved or not. @param {Record<string, unknown>} inputs */
    reading: (inputs) => readingOf(testOf(), inputs, data.limits),
    /** @param {Record<string, unknown>} inputs */
    save(inputs) {
      const saved = save(inputs);
      if (saved) said = t("measuring.saved", { n: readings().length, deg: signedDegrees(language, saved.deg) });
      tell();
      return saved;
    },
    /** @param {string} id */
    undo(id) {
      const place = readings().findIndex((one) => one.id === id) + 1;
      if (!place) return;
      undone.add(id);
      outbox?.add([undoRow(id, now())], now());
      said = t("measuring.undone", { n: place });
      tell();
    },
    /** Begin trials with the sensor; inside a click. */
    begin() {
      voice.unlock();
      void sensor.start();
      const wanted = Math.max(1, WANTED - readings().length);
      dispatch({ type: "begin", position: testOf().position, wanted });
    },
    take: () => dispatch({ type: "take" }),
    stop: () => dispatch({ type: "stop" }),
    /** @param {any} message */
    receive(message) {
      outbox?.heard();
      if (message.kind === "saved") {
        outbox?.acknowledge(message.ids ?? []);
        trouble = "";
        notice = message.notes?.join(" ") || notice;
      }
      if (message.kind === "not_saved") trouble = message.why ?? "";
      if (message.kind === "readings") ({ errors } = message);
      if (message.kind === "strings") {
        ({ strings, language } = message);
        t = translator(strings);
        revision += 1;
      }
      tell();
    },
    /** @param {() => void} listener */
    watch(listener) {
      listeners.add(listener);
      clearTimeout(leaving);
      return () => {
        listeners.delete(listener);
        if (!listeners.size) leaving = setTimeout(() => dispatch({ type: "stop" }), NO_VIEW_MS);
      };
    },
    close() {
      ticks?.stop();
      clearInterval(heartbeat);
      clearTimeout(leaving);
      unwatch();
      sensor.stop();
      wake.close();
      settings.close();
      voice.close();
    },
  };
}
