// The mail of every panel: rows that wait, who brought them home, and the words of another language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMail } from "../src/player/mail.js";
import { createSettings } from "../src/player/settings.js";
import { FakeStorage } from "./drive.js";

function setUp() {
  const storage = new FakeStorage();
  const settings = createSettings({ storage, workspaceId: "w1", events: undefined });
  const data = { saves: true, workspace_id: "w1", strings: { word: "hip" }, language: "en" };
  const sent = [];
  const heard = [];
  const mail = createMail({
    data, storage, settings,
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
