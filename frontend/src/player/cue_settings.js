// How the person is told what comes: tones, speech, vibration, flash, how loud, in which language.
import { h, setText, uniqueId } from "../common/dom.js";
import { checkField, selectField } from "./fields.js";
import { createLanguage } from "./language.js";

/**
 * @typedef {import("../common/translator.js").Translate} Translate
 * @typedef {{settings: Pick<import("./settings.js").SettingsStore, "get" | "set">, sample(): void,
 *   speechAvailable(): import("./listeners/speech.js").Available, vibrationAvailable(): boolean,
 *   language: import("./language.js").Languages}} CueOptions  `sample` is called inside a click
 */

/** What the setting is called in the select, and what it is. @type {[string, boolean | null][]} */
const SPEECH = [["lying", null], ["always", true], ["never", false]];

/** @param {Translate} t @param {CueOptions} options */
export function createCueSettings(t, { settings, sample, speechAvailable, vibrationAvailable, language }) {
  const now = settings.get();
  const speechNow = () => SPEECH.find(([, value]) => value === settings.get().speech)?.[0] ?? "lying";

  const checks = /** @type {const} */ ([
    ["tone", t("player.cue.tone")],
    ["vibration", t("player.cue.vibration")],
    ["flash", t("player.cue.flash")],
  ]).map(([name, label]) => ({ name, element: checkField(label, now[name], (on) => set({ [name]: on })) }));

  const speech = selectField(
    t("player.cue.speech"),
    speechNow(),
    [["lying", t("player.cue.speech_lying")], ["always", t("player.cue.speech_always")], ["never", t("player.cue.speech_never")]],
    (name) => set({ speech: SPEECH.find(([key]) => key === name)?.[1] ?? null }),
  );
  const voice = h("p", { class: "hb-hint", role: "status" });
  const spokenIn = createLanguage(t, language);

  const id = uniqueId("volume");
  const shown = h("output", { for: id });
  const range = h("input", { id, type: "range", min: 0, max: 100, step: 5, oninput: () => set({ volume: Number(range.value) / 100 }) });
  const test = h("button", { type: "button", onclick: sample }, t("player.test_sound"));

  const element = h("fieldset", { class: "hb-cues" },
    h("legend", {}, t("player.cue.title")),
    h("div", { class: "hb-checks" }, ...checks.map((check) => check.element)),
    h("div", { class: "hb-fields" }, speech, spokenIn.element),
    voice,
    h("div", { class: "hb-sound" }, h("label", { for: id }, t("player.volume")), range, shown, test));

  /** @param {Partial<import("./settings.js").Settings>} part */
  function set(part) {
    settings.set(part);
    update();
  }

  const voiceLine = () => {
    const available = speechAvailable();
    if (settings.get().speech === false || available === "yes") return "";
    return t(available === "no_voice" ? "player.cue.no_voice" : "player.cue.no_speech");
  };

  /** Also for what another tab chose, and for voices that are known only later. */
  function update() {
    const chosen = settings.get();
    for (const { name, element: check } of checks) check.firstElementChild.checked = chosen[name];
    checks[1].element.hidden = !vibrationAvailable();
    speech.querySelector("select").value = speechNow();
    spokenIn.update();
    setText(voice, voiceLine());
    range.value = String(Math.round(chosen.volume * 100));
    setText(shown, `${range.value} %`);
    test.disabled = chosen.volume === 0 || !(chosen.tone || chosen.speech !== false);
  }
  update();
  return { element, update };
}
