// What a person chose in this browser is kept, believed only where it is valid, and followed across tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createSettings, speechOn } from "../src/player/settings.js";

const DEFAULTS = { language: null, volume: 0.6, tone: true, speech: null, vibration: true, flash: false, keep_reasons: false };

class FakeStorage {
  constructor(entries = {}) {
    this.kept = new Map(Object.entries(entries));
  }
  getItem(key) {
    return this.kept.get(key) ?? null;
  }
  setItem(key, value) {
    this.kept.set(key, value);
  }
}

const KEY = "hipbook:w1:settings";
const of = (storage, events) => createSettings({ storage, workspaceId: "w1", events });

test("nothing chosen yet: tones at a moderate volume, speech lying down, no flash, no reasons kept", () => {
  assert.deepEqual(of(new FakeStorage()).get(), DEFAULTS);
});

test("a choice is there again in the next session of this workspace, and in no other", () => {
  const storage = new FakeStorage();
  of(storage).set({ volume: 0.2, speech: true, language: "de" });
  assert.deepEqual(of(storage).get(), { ...DEFAULTS, volume: 0.2, speech: true, language: "de" });
  assert.deepEqual(createSettings({ storage, workspaceId: "w2" }).get(), DEFAULTS);
});

test("an off choice of speech can go back to lying down only", () => {
  const settings = of(new FakeStorage());
  settings.set({ speech: false });
  settings.set({ speech: null });
  assert.equal(settings.get().speech, null);
});

for (const broken of ["{", "null", "7", '"loud"', "[]"]) {
  test(`stored ${broken} is as if nothing had been chosen`, () => {
    assert.deepEqual(of(new FakeStorage({ [KEY]: broken })).get(), DEFAULTS);
  });
}

test("stored values are believed one by one, and unknown ones stay out", () => {
  const stored = { volume: 7, tone: "yes", speech: 1, flash: true, language: "<b>", answers: ["pregnant"] };
  assert.deepEqual(of(new FakeStorage({ [KEY]: JSON.stringify(stored) })).get(), { ...DEFAULTS, flash: true });
});

test("an impossible choice changes nothing", () => {
  const settings = of(new FakeStorage());
  settings.set({ volume: Number.NaN, flash: 1, keep_reasons: null, shoe_size: 43 });
  assert.deepEqual(settings.get(), DEFAULTS);
});

test("where storage is forbidden or full the choice holds as long as the page", () => {
  const forbidden = { getItem() { throw new Error("denied"); }, setItem() { throw new Error("full"); } };
  for (const storage of [null, forbidden]) {
    const settings = of(storage);
    settings.set({ volume: 0.1 });
    assert.equal(settings.get().volume, 0.1);
  }
});

test("whoever watches hears of each change, until they stop", () => {
  const settings = of(null);
  const heard = [];
  const stop = settings.watch(({ volume }) => heard.push(volume));
  settings.set({ volume: 0.5 });
  stop();
  settings.set({ volume: 0.7 });
  assert.deepEqual(heard, [0.5]);
});

test("what another tab chose counts here too, and what others store does not", () => {
  const events = new EventTarget();
  const storage = new FakeStorage();
  const settings = of(storage, events);
  let told = 0;
  settings.watch(() => (told += 1));
  const stored = (key) => events.dispatchEvent(Object.assign(new Event("storage"), { key }));
  storage.setItem(KEY, JSON.stringify({ flash: true }));
  stored("hipbook:w2:settings");
  assert.deepEqual([settings.get().flash, told], [false, 0]);
  stored(KEY);
  assert.deepEqual([settings.get().flash, told], [true, 1]);
  storage.kept.clear();
  stored(null);
  assert.equal(settings.get().flash, false);
  settings.close();
  stored(KEY);
  assert.equal(told, 2);
});

test("what another panel of the page chose counts here too, even where nothing can be stored; of another workspace it does not", () => {
  const events = new EventTarget();
  const [one, two, other] = ["w1", "w1", "w2"].map((workspaceId) => createSettings({ storage: null, workspaceId, events }));
  const heard = [];
  two.watch(({ language }) => heard.push(language));
  one.set({ language: "de" });
  assert.deepEqual([one, two, other].map((settings) => settings.get().language), ["de", "de", null]);
  assert.deepEqual(heard, ["de"]);
  two.close();
  one.set({ language: "fr" });
  assert.equal(two.get().language, "de");
});

test("speech is on lying down unless chosen otherwise", () => {
  const positions = ["supine", "half_kneeling", null];
  assert.deepEqual(positions.map((position) => speechOn({ ...DEFAULTS, speech: null }, position)), [true, false, false]);
  assert.deepEqual(positions.map((position) => speechOn({ ...DEFAULTS, speech: true }, position)), [true, true, true]);
  assert.deepEqual(positions.map((position) => speechOn({ ...DEFAULTS, speech: false }, position)), [false, false, false]);
});
