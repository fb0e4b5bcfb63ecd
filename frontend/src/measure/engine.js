// What a panel that measures knows and does: test and leg, today's readings, the sensor's trials, and what is saved.
import { translator } from "../common/translator.js";
import { startTicks } from "../player/clock.js";
import { createMail } from "../player/mail.js";
import { localDate } from "../player/rows.js";
import { createSettings } from "../player/settings.js";
import { createWakeLock } from "../player/wake.js";
import { createWatched } from "../player/watched.js";
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

/**
 * @param {{data: MeasureData, port: import("../player/outbox.js").Port, storage: Storage | null, now?: () => number}} options
 */
export function createEngine({ data, port, storage, now = Date.now }) {
  const settings = createSettings({ storage, workspaceId: data.workspace_id });
  const sensor = createSensor({ onState: () => tell() });
  const wake = createWakeLock({ onState() {} });
  const watched = createWatched({ onNobody: () => dispatch({ type: "stop" }) });
  const { tell } = watched;
  let { errors } = data;
  let t = translator(data.strings);
  const mail = createMail({
    data, port, storage, settings, now,
    onReply(message) {
      if (message.kind === "readings") ({ errors } = message);
    },
    onChange(anew) {
      if (anew) {
        t = translator(mail.strings());
        revision += 1;
      }
      tell();
    },
  });
  const voice = createVoice({ settings, language: mail.language, now });
  let { test, side } = data;
  let pelvisWatched = false;
  let revision = 0;
  let measuring = newMeasuring();
  /** What the panel said last, for those who do not see. */
  let said = "";
  /** @type {Kept[]} */
  const kept = [...data.recent];
  const undone = new Set();
  /** @type {import("../player/clock.js").Ticks | null} */
  let ticks = null;

  const testOf = () => /** @type {Test} */ (data.tests.find(({ name }) => name === test));
  const readings = () => {
    const today = localDate(now());
    return kept.filter((one) => one.test === test && one.side === side && one.local_date === today && !undone.has(one.id));
  };

  /** @param {Record<string, unknown>} inputs */
  const save = (inputs) => {
    const whole = { ...inputs, pelvis: pelvisWatched ? "watched" : "not_watched" };
    const read = readingOf(testOf(), whole, data.limits);
    if (!("deg" in read)) return null;
    const trial = Math.max(0, ...readings().map((one) => one.trial)) + 1;
    const deg = tenths(read.deg);
    const entry = readingRow({ test, side, trial, deg, inputs: whole }, now());
    kept.push({ id: String(entry.row.id), test, side, trial, value_deg: deg, local_date: String(entry.row.local_date) });
    mail.write([entry]);
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
      said = sentenceFor(t, mail.language(), prompt, before, measuring, { side, taken: readings().length, deg });
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
    if (mail.look()) tell();
  }, RETRY_MS);
  mail.bringHome();

  return {
    data,
    settings,
    voice,
    sensor,
    t: () => t,
    language: mail.language,
    /** Grows when views must be made anew. */
    revision: () => revision,
    test: testOf,
    side: () => side,
    watched: () => pelvisWatched,
    measuring: () => measuring,
    said: () => said,
    readings,
    ownError: () => errors.find((one) => one.test === test && one.side === side) ?? null,
    saving: mail.saving,
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
      pelvisWatched = on;
    },
    /** What the inputs give, saved or not. @param {Record<string, unknown>} inputs */
    reading: (inputs) => readingOf(testOf(), inputs, data.limits),
    /** @param {Record<string, unknown>} inputs */
    save(inputs) {
      const saved = save(inputs);
      if (saved) said = t("measuring.saved", { n: readings().length, deg: signedDegrees(mail.language(), saved.deg) });
      tell();
      return saved;
    },
    /** @param {string} id */
    undo(id) {
      const place = readings().findIndex((one) => one.id === id) + 1;
      if (!place) return;
      undone.add(id);
      mail.write([undoRow(id, now())]);
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
    receive: mail.receive,
    watch: watched.watch,
    close() {
      ticks?.stop();
      clearInterval(heartbeat);
      watched.close();
      mail.close();
      sensor.stop();
      wake.close();
      settings.close();
      voice.close();
    },
  };
}
