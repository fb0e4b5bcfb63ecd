// The mail of every panel: rows that wait, who brought them home, and the words of another language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMail } from "../src/player/mail.js";
import { showSaved } from "../src/player/saved_line.js";
import { createSettings } from "../src/player/settings.js";
import { readFileSync } from "node:fs";
import { translator } from "../src/common/translator.js";
import { FakeStorage } from "./drive.js";

const stringsOf = (code) => JSON.parse(readFileSync(new URL(`../../hipbook/strings/${code}.json`, import.meta.url), "utf8"));

function setUp({ storage = new FakeStorage(), strings = { word: "hip" }, events } = {}) {
  const settings = createSettings({ storage, workspaceId: "w1", events: undefined });
  const data = { saves: true, workspace_id: "w1", strings, language: "en" };
  const sent = [];
  const heard = [];
  const mail = createMail({
    data, storage, settings, events,
    port: { send: (message) => sent.push(message) },
    now: () => 0,
    onReply: ({ kind }) => heard.push(kind),
    onChange: (anew) => heard.push(anew),
  });
  return { storage, settings, mail, sent, heard };
}

test("that another tab brought the rows home is news once, and nothing is said to wait any more", () => {
  const { storage, mail } = setUp();
  mail.write([{ table: "holds", row: { id: "a" } }]);
  assert.equal(mail.saving().waiting, 1);
  storage.removeItem("hipbook:w1:row:a");
  assert.equal(mail.look(), true);
  assert.equal(mail.saving().waiting, 0);
  assert.equal(mail.look(), false);
});

test("another language is asked for once it is chosen, and its words come with the reply", () => {
  const { settings, mail, sent, heard } = setUp();
  settings.set({ language: "de" });
  assert.deepEqual(sent, [{ kind: "language", language: "de" }]);
  mail.receive({ kind: "strings", strings: { word: "Hüfte" }, language: "de" });
  assert.deepEqual(mail.strings(), { word: "Hüfte" });
  assert.deepEqual(heard, ["strings", true]);
  mail.close();
  settings.set({ language: "en" });
  assert.equal(sent.length, 1);
});

const hold = { table: "holds", row: { id: "a" } };
const ended = { table: "sessions", row: { id: "a-end" } };
const locked = { kind: "not_saved", table: "holds", key: "player.trouble.not_writable", values: { file: "holds.csv" }, why: "holds.csv must be writable" };

test("that one table is saved does not hide why the rows of another wait", () => {
  const { mail } = setUp({ strings: stringsOf("en") });
  mail.write([hold, ended]);
  mail.receive(locked);
  mail.receive({ kind: "saved", table: "sessions", ids: ["a-end"], notes: [] });
  assert.equal(mail.saving().waiting, 1);
  assert.match(mail.saving().trouble, /^holds\.csv /);
  mail.receive({ kind: "saved", table: "holds", ids: ["a"], notes: [] });
  mail.write([{ ...ended, row: { id: "b-end" } }]);
  assert.equal(mail.saving().trouble, "");
});

test("why the rows of a table wait is said no longer once another tab has brought them home", () => {
  const { mail, storage } = setUp({ strings: stringsOf("en") });
  mail.write([hold, ended]);
  mail.receive(locked);
  storage.removeItem("hipbook:w1:row:a");
  assert.deepEqual([mail.saving().waiting, mail.saving().trouble], [1, ""]);
});

for (const code of ["de", "en", "es", "fr"]) {
  test(`a panel in ${code} says in its own words why nothing could be written`, () => {
    const strings = stringsOf(code);
    const t = translator(strings);
    const { mail } = setUp({ strings });
    mail.write([hold]);
    for (const cause of ["busy", "full", "not_writable"]) {
      mail.receive({ ...locked, key: `player.trouble.${cause}` });
      assert.equal(mail.saving().trouble, t(`player.trouble.${cause}`, { file: "holds.csv" }));
    }
    for (const cause of ["row", "other"]) {
      mail.receive({ kind: "not_saved", table: "holds", key: `player.trouble.${cause}`, why: "side must be left" });
      assert.equal(mail.saving().trouble, t(`player.trouble.${cause}`, { why: "side must be left" }));
    }
  });
}

test("what a log had to say is in the panel's words, and what has none there comes after a word that it is details", () => {
  const strings = stringsOf("de");
  const { mail } = setUp({ strings });
  const values = { file: "holds.csv", backup: "holds.backup.csv" };
  mail.receive({ kind: "saved", ids: [], notes: [{ key: "player.converted", values, why: "had been" }, { why: "The columns." }] });
  assert.equal(mail.saving().notice, `${translator(strings)("player.converted", values)} Einzelheiten: The columns.`);
});

test("what is refused is said anew in another language", () => {
  const { mail } = setUp({ strings: stringsOf("en") });
  mail.write([hold]);
  mail.receive(locked);
  const before = mail.saving().trouble;
  mail.receive({ kind: "strings", strings: stringsOf("fr"), language: "fr" });
  assert.notEqual(mail.saving().trouble, before);
});

/** Whether closing the page is asked about. */
const asksBeforeClosing = (events) => !events.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("closing the page is asked about as long as rows are in it only, and never when the browser keeps them", () => {
  for (const [storage, asks] of [[null, true], [new FakeStorage(), false]]) {
    const events = new EventTarget();
    const { mail } = setUp({ storage, events });
    assert.equal(asksBeforeClosing(events), false);
    mail.write([hold]);
    assert.deepEqual([mail.saving().inPage, asksBeforeClosing(events)], [asks, asks]);
    mail.receive({ kind: "saved", table: "holds", ids: ["a"], notes: [] });
    assert.deepEqual([mail.saving().inPage, asksBeforeClosing(events)], [false, false]);
  }
});

test("a panel that was closed asks nothing", () => {
  const events = new EventTarget();
  const { mail } = setUp({ storage: null, events });
  mail.write([hold]);
  mail.close();
  assert.equal(asksBeforeClosing(events), false);
});

for (const place of ["notebook", "page", "site"]) {
  test(`where the browser keeps nothing, a panel in a ${place} never says that nothing is lost`, () => {
    const strings = stringsOf("en");
    const line = { dataset: {}, textContent: "" };
    const said = (saving) => {
      showSaved(line, translator(strings), { saves: true, waiting: 1, unheard: true, trouble: "", notice: "", inPage: false, ...saving }, { begun: true, place });
      return line.textContent;
    };
    assert.match(said({}), /Nothing is lost/);
    for (const saving of [{ inPage: true }, { inPage: true, unheard: false, trouble: "the disk is full" }]) {
      assert.doesNotMatch(said(saving), /Nothing is lost/);
      assert.match(said(saving), /lost when/);
    }
    assert.equal(said({ inPage: true, unheard: false }), strings["player.waiting_one"]);
  });
}
