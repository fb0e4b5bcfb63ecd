// When something is felt: what each rule of each stretch asks of the session.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { afterFelt, choicesFelt, endOfDay, thirdStop } from "../src/felt.core.js";

const { catalog } = JSON.parse(readFileSync(new URL("../golden/plan.json", import.meta.url), "utf8"));
const stretch = (id) => catalog.stretches.find((one) => one.id === id);
const rule = (id, key) => choicesFelt(stretch(id)).find((one) => one.key === key);
const kneeling = "hip_flexor_half_kneeling";
const everywhere = (check) => catalog.stretches.forEach(({ id }) => check(id));

test("what can be told of a stretch keeps the order of its rules and has nothing else", () => {
  assert.deepEqual(choicesFelt(stretch(kneeling)).map(({ key }) => key), stretch(kneeling).felt.map(({ key }) => key));
  assert.deepEqual(Object.keys(rule(kneeling, "kneeling")), ["key", "action", "reason", "substitute", "see"]);
});

test("a pull that is too strong is eased once; if that does not help, the stretch ends and says so", () => {
  everywhere((id) => {
    assert.deepEqual(afterFelt(rule(id, "too_strong")), { do: "resume", see: null });
    const again = afterFelt(rule(id, "too_strong"), { easedAlready: true });
    assert.deepEqual(again, { do: "leave", reason: "too_strong", substitute: null, see: null });
  });
});

test("a pinch ends the stretch and nothing comes in its place, eased or not", () => {
  everywhere((id) => {
    for (const easedAlready of [false, true]) {
      const after = afterFelt(rule(id, "pinch_front_hip"), { easedAlready });
      assert.deepEqual(after, { do: "leave", reason: "pinch_front_hip", substitute: null, see: null });
    }
  });
});

test("kneeling that hurts leads to the standing form, and to nothing where the checklist leaves that out", () => {
  const after = (mayDo) => afterFelt(rule(kneeling, "kneeling"), { mayDo });
  assert.deepEqual(after(() => true), { do: "leave", reason: "kneeling", substitute: "hip_flexor_standing", see: null });
  assert.equal(after((id) => id !== "hip_flexor_standing").substitute, null);
});

test("knee pain, an ache in the lower back and all else end the stretch", () => {
  const ends = (id, key) => assert.equal(afterFelt(rule(id, key)).do, "leave");
  everywhere((id) => ["lower_back", "other", id === kneeling ? "knee_other" : "knee"].forEach((key) => ends(id, key)));
  ends("hip_mobilization_towel", "abdomen_stays");
});

test("a squeezed belly moves the roll and goes on", () => {
  assert.equal(afterFelt(rule("hip_mobilization_towel", "abdomen")).do, "resume");
});

test("numbness and feeling unwell end the session, and say whose turn it is", () => {
  everywhere((id) => {
    assert.deepEqual(afterFelt(rule(id, "numb_tingling")), { do: "stop", reason: "numb_tingling", see: "someone" });
    assert.deepEqual(afterFelt(rule(id, "unwell")), { do: "stop", reason: "unwell", see: "emergency" });
  });
});

test("the third stop for one reason is the third in all, this one counted", () => {
  assert.deepEqual([0, 1, 2, 7].map((knee) => thirdStop({ knee, lower_back: 9 }, "knee")), [false, false, true, true]);
  assert.equal(thirdStop({ lower_back: 9 }, "knee"), false);
});

test("numbness or feeling unwell ends the day in every stretch, also when the row was corrected since; nothing else does", () => {
  everywhere((id) => {
    const ends = (...reasons) => endOfDay(catalog, reasons.map((reason) => ({ stretch: id, reason })));
    const ending = [...new Set(stretch(id).felt.map(({ reason }) => reason))].filter((reason) => ends("", reason) === reason);
    assert.deepEqual(ending, ["numb_tingling", "unwell"]);
    assert.equal(ends("knee", "unwell", "let_go"), "unwell");
    assert.equal(ends("", "knee", "let_go"), "");
  });
});
