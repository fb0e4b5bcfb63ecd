// The listeners with a fake browser: what is planned sounds once and on time, what is said is never late.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createFlash, mayFlash } from "../src/player/listeners/flash.js";
import { createSpeech, voiceFor } from "../src/player/listeners/speech.js";
import { createTones, MOTIFS } from "../src/player/listeners/tones.js";
import { createVibration, PATTERNS } from "../src/player/listeners/vibration.js";
import { createSettings } from "../src/player/settings.js";

const cue = (atMs, kind, of = "") => ({ atMs, kind, of });
const chosen = (part = {}) => {
  const settings = createSettings({ storage: null, workspaceId: "w1" });
  settings.set(part);
  return settings;
};

// --- tones ------------------------------------------------------------------

/** As much of the audio clock as the tones use; `sounding()` is what will have sounded, [s, Hz]. */
function fakeAudio() {
  const made = { notes: [], gains: [], context: null };
  const param = () => ({ value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {}, setTargetAtTime(value) { this.value = value; } });
  class Context {
    currentTime = 0;
    state = "running";
    constructor() {
      made.context = this;
    }
    createGain() {
      const gain = { gain: param(), connect: (to) => to };
      made.gains.push(gain);
      return gain;
    }
    createOscillator() {
      const note = { frequency: param(), connect: (to) => to, start(at) { this.at = at; }, stop(at) { if (at === undefined) this.at = null; } };
      made.notes.push(note);
      return note;
    }
    resume = async () => {};
    close = async () => {};
  }
  return { Context, made, first: () => made.notes.filter((note) => note.at !== null).map((note) => [note.at, note.frequency.value]) };
}

function tonesAt(nowMs, part) {
  const audio = fakeAudio();
  const clock = { ms: nowMs };
  const settings = chosen(part);
  const tones = createTones({ settings, now: () => clock.ms, Context: audio.Context });
  tones.unlock();
  /** Time passes for the session and for the audio clock alike. */
  const pass = (ms) => {
    clock.ms += ms;
    audio.made.context.currentTime += ms / 1000;
  };
  return { tones, settings, audio, clock, pass, out: audio.made.gains[0] };
}

const COUNT_HZ = MOTIFS.count[0][0];

test("a planned tone is handed to the audio clock at its moment, and does not sound again when it is due", () => {
  const { tones, audio, pass } = tonesAt(1000);
  const count = cue(3500, "count", "rest");
  tones.plan([count]);
  assert.deepEqual(audio.first(), [[2.5, COUNT_HZ]]);
  pass(2510);
  tones.due(count);
  tones.plan([]);
  tones.due(count);
  assert.equal(audio.first().length, 1);
});

test("a new plan takes back what has not sounded, and plans the same moment again", () => {
  const { tones, audio } = tonesAt(0);
  tones.plan([cue(2000, "count", "rest")]);
  tones.plan([cue(5000, "count", "rest")]);
  tones.plan([cue(2000, "count", "rest")]);
  assert.deepEqual(audio.first(), [[2, COUNT_HZ]]);
});

test("what nobody could plan sounds when it is due", () => {
  const { tones, audio } = tonesAt(0);
  tones.due(cue(0, "pause", "hurts"));
  assert.deepEqual(audio.first().map(([, hz]) => hz), MOTIFS.let_go.map(([hz]) => hz));
});

test("the end is planned as the beginning of the end and due as the finish: it sounds once", () => {
  const { tones, audio, pass } = tonesAt(0);
  tones.plan([cue(1000, "begin", "end")]);
  pass(1005);
  tones.plan([]);
  tones.due(cue(1000, "finish"));
  assert.equal(audio.first().length, MOTIFS.end.length);
});

test("counts that a stalled page brings late are left out", () => {
  const { tones, audio } = tonesAt(4000);
  for (const atMs of [1000, 2000, 3000]) tones.due(cue(atMs, "count", "rest"));
  assert.deepEqual(audio.first(), []);
  tones.due(cue(3900, "count", "rest"));
  assert.equal(audio.first().length, 1);
});

test("hush takes back what is to come and fades out what sounds", () => {
  const { tones, audio, pass } = tonesAt(0);
  tones.plan([cue(0, "begin", "hold"), cue(9000, "count", "rest")]);
  pass(100);
  const voice = audio.made.gains[1].gain;
  voice.value = 1;
  tones.hush();
  assert.deepEqual([audio.first().length, voice.value], [MOTIFS.go.length, 0]);
  audio.made.context.onstatechange();
  assert.equal(audio.first().length, MOTIFS.go.length);
});

test("tones planned while the audio clock stood still are planned anew when it goes", () => {
  const { tones, audio, clock } = tonesAt(0);
  tones.plan([cue(400, "count", "rest"), cue(2000, "count", "rest")]);
  clock.ms = 500; // the session went on, the audio clock did not
  audio.made.context.onstatechange();
  assert.deepEqual(audio.first(), [[1.5, COUNT_HZ]]);
});

test("volume and off follow the settings at once, also for what is planned already", () => {
  const { settings, out } = tonesAt(0, { volume: 0.3 });
  assert.equal(out.gain.value, 0.3);
  settings.set({ volume: 0.8 });
  assert.equal(out.gain.value, 0.8);
  settings.set({ tone: false });
  assert.equal(out.gain.value, 0);
});

test("a browser without sound is no error", () => {
  const tones = createTones({ settings: chosen(), now: () => 0, Context: undefined });
  tones.unlock();
  tones.plan([cue(1, "count", "rest")]);
  tones.due(cue(1, "stop"));
  tones.sample();
  tones.close();
});

// --- speech -----------------------------------------------------------------

class Utterance {
  constructor(text) {
    this.text = text;
  }
}

const voice = (name, lang, localService = true, preferred = false) => ({ name, lang, localService, default: preferred });
const EN = voice("Ann", "en-GB");

function speaking({ voices = [EN], position = "supine", language = "en", ...part } = {}) {
  const log = [];
  const listeners = [];
  const synthesis = {
    voices,
    getVoices: () => synthesis.voices,
    speak: (utterance) => log.push(utterance),
    cancel: () => log.push("cancel"),
    resume() {},
    addEventListener: (type, listener) => listeners.push(listener),
    removeEventListener: (type, listener) => listeners.splice(listeners.indexOf(listener), 1),
  };
  const settings = chosen(part);
  const speech = createSpeech({ settings, language: () => language, position: () => position, synthesis, Utterance });
  const said = () => log.map((entry) => (entry === "cancel" ? entry : entry.text));
  return { speech, synthesis, settings, log, said, listeners };
}

const PAUSE = cue(0, "pause", "person");

test("a sentence is said with a voice of its language, as loud as was chosen", () => {
  const { speech, log } = speaking({ voices: [voice("Hans", "de-DE"), EN], volume: 0.4 });
  speech.due(PAUSE, "Paused.");
  assert.deepEqual([log[0].text, log[0].voice.name, log[0].lang, log[0].volume], ["Paused.", "Ann", "en-GB", 0.4]);
});

test("a new sentence cuts the one before, and waits a moment for browsers that swallow it otherwise", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { speech, said, log } = speaking();
  speech.due(PAUSE, "One.");
  speech.due(PAUSE, "Two.");
  speech.due(PAUSE, "Three.");
  assert.deepEqual(said(), ["One.", "cancel"]);
  t.mock.timers.tick(100);
  assert.deepEqual(said(), ["One.", "cancel", "Three."]);
  log.at(-1).onend();
  speech.due(PAUSE, "Four.");
  assert.deepEqual(said().slice(3), ["Four."]);
});

test("a cue without words cuts nothing", () => {
  const { speech, said } = speaking();
  speech.due(PAUSE, "Hold, left side.");
  speech.due(cue(0, "count", "rest"), "");
  assert.deepEqual(said(), ["Hold, left side."]);
});

test("hush ends what is being said and what waits, and nothing that another panel says", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { speech, said } = speaking();
  speech.hush();
  assert.deepEqual(said(), []);
  speech.due(PAUSE, "One.");
  speech.due(PAUSE, "Two.");
  speech.hush();
  t.mock.timers.tick(100);
  assert.deepEqual(said(), ["One.", "cancel"]);
});

test("unless chosen otherwise, it speaks in stretches lying down only", () => {
  const spoken = (part) => {
    const { speech, said } = speaking(part);
    speech.due(PAUSE, "Paused.");
    return said().length;
  };
  assert.deepEqual([{}, { position: "standing" }, { position: null }].map(spoken), [1, 0, 0]);
  assert.deepEqual([{ position: "standing", speech: true }, { speech: false }, { volume: 0 }].map(spoken), [1, 0, 0]);
});

test("no voice of another language reads a sentence, and a browser that lists no voices may try", () => {
  const german = speaking({ voices: [voice("Hans", "de-DE")] });
  german.speech.due(PAUSE, "Paused.");
  assert.deepEqual(german.said(), []);
  const unlisted = speaking({ voices: [] });
  unlisted.speech.due(PAUSE, "Paused.");
  assert.deepEqual([unlisted.said(), unlisted.log[0].lang], [["Paused."], "en"]);
});

test("a voice that needs no network goes before one that does, then the one that the system prefers", () => {
  const voices = [voice("Cloud", "en-US", false, true), voice("Near", "en_GB"), voice("Own", "EN-us", true, true), voice("Hans", "de-DE")];
  assert.equal(voiceFor(voices, "en").name, "Own");
  assert.equal(voiceFor(voices.slice(0, 2), "en").name, "Near");
  assert.equal(voiceFor(voices, "fr"), null);
});

test("voices that come late are noticed", () => {
  const { speech, synthesis, listeners } = speaking({ voices: [] });
  let told = 0;
  const stop = speech.onVoices(() => (told += 1));
  assert.equal(speech.available(), "no_voice");
  synthesis.voices = [EN];
  listeners.forEach((listener) => listener());
  assert.deepEqual([speech.available(), told], ["yes", 1]);
  stop();
  assert.equal(listeners.length, 0);
});

test("a browser without speech says so, and nothing breaks", () => {
  const speech = createSpeech({ settings: chosen({ speech: true }), language: () => "en", position: () => null, synthesis: undefined, Utterance: undefined });
  assert.equal(speech.available(), "unsupported");
  speech.unlock();
  speech.due(PAUSE, "Paused.");
  speech.hush();
});

test("the first click speaks an empty sentence, once", () => {
  const { speech, said } = speaking();
  speech.unlock();
  speech.unlock();
  assert.deepEqual(said(), [""]);
});

test("the sample is said wherever the person lies, unless speech is off", () => {
  const spoken = (part) => {
    const { speech, said } = speaking({ position: null, ...part });
    speech.sample("Like this.");
    return said();
  };
  assert.deepEqual([spoken({}), spoken({ speech: false })], [["Like this."], []]);
});

// --- vibration --------------------------------------------------------------

function shaking({ maxTouchPoints = 5, ...part } = {}) {
  const shaken = [];
  const vibration = createVibration({ settings: chosen(part), device: { maxTouchPoints, vibrate: (pattern) => shaken.push(pattern) } });
  return { vibration, shaken };
}

test("hold, rest, change of sides and end each feel different, and a count is not felt", () => {
  const { vibration, shaken } = shaking();
  for (const of of ["hold", "rest", "switch"]) vibration.due(cue(0, "begin", of));
  vibration.due(cue(0, "finish"));
  assert.deepEqual(shaken, [PATTERNS.go, PATTERNS.rest, PATTERNS.switch, PATTERNS.end]);
  vibration.due(cue(0, "count", "rest"));
  assert.equal(shaken.length, 4);
  assert.equal(new Set(Object.values(PATTERNS).map(String)).size, Object.keys(PATTERNS).length);
});

test("vibration can be off, ends at once, and is not offered where nothing can shake", () => {
  const off = shaking({ vibration: false });
  off.vibration.due(cue(0, "begin", "hold"));
  assert.deepEqual(off.shaken, []);
  const on = shaking();
  on.vibration.hush();
  assert.deepEqual([on.shaken, on.vibration.available()], [[0], true]);
  const laptop = shaking({ maxTouchPoints: 0 });
  laptop.vibration.due(cue(0, "begin", "hold"));
  assert.deepEqual([laptop.shaken, laptop.vibration.available()], [[], false]);
  assert.equal(createVibration({ settings: chosen(), device: undefined }).available(), false);
});

// --- flash ------------------------------------------------------------------

function flashing(part = { flash: true }) {
  const clock = { ms: 0 };
  const element = { dataset: {}, offsetWidth: 0 };
  return { element, clock, flash: createFlash(element, { settings: chosen(part), now: () => clock.ms }) };
}

test("the frame lights up at a cue, named by what begins, and goes dark", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { flash, element } = flashing();
  flash.due(cue(0, "begin", "hold"));
  assert.equal(element.dataset.flash, "hold");
  t.mock.timers.tick(600);
  assert.deepEqual(element.dataset, {});
});

test("however many cues come, no second has more than two flashes", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { flash, element, clock } = flashing();
  const begun = [];
  for (clock.ms = 0; clock.ms < 10_000; clock.ms += 37) {
    delete element.dataset.flash;
    flash.due(cue(clock.ms, "pause", "person"));
    if (element.dataset.flash) begun.push(clock.ms);
  }
  mock.timers.reset();
  assert.ok(begun.length > 10);
  for (const from of begun) assert.ok(begun.filter((at) => at >= from && at < from + 1000).length <= 2);
});

test("the first flash may come at once, the next half a second later", () => {
  assert.deepEqual([mayFlash(-Infinity, 0), mayFlash(0, 499), mayFlash(0, 500)], [true, false, true]);
});

test("without the person's choice nothing flashes", () => {
  const { flash, element } = flashing({});
  flash.due(cue(0, "begin", "hold"));
  assert.deepEqual(element.dataset, {});
});
