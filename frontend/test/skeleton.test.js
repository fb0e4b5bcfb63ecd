// The skeleton's twin: held to Python's numbers, and the figure that is drawn from it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createFigure, frame } from "../src/figure.view.js";
import { blendPoses, bodyOutlines, RADIUS, skeletonPoints } from "../src/skeleton.core.js";

const golden = JSON.parse(readFileSync(new URL("../golden/skeleton.json", import.meta.url), "utf8"));
const TOLERANCE = 1e-9;

const near = (actual, expected, what) => {
  assert.equal(actual.length, expected.length, what);
  actual.forEach((value, k) => assert.ok(Math.abs(value - expected[k]) <= TOLERANCE, `${what}: ${actual} ≠ ${expected}`));
};

test("every pose gives Python's points, by the same names", () => {
  assert.ok(golden.vectors.length > 100);
  for (const { pose, points } of golden.vectors) {
    const actual = skeletonPoints(pose);
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(points).sort());
    for (const name of Object.keys(points)) near(actual[name], points[name], name);
  }
});

test("every pose gives Python's outlines", () => {
  for (const { pose, outlines } of golden.vectors) {
    const actual = bodyOutlines(pose);
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(outlines).sort());
    for (const name of Object.keys(outlines)) near(actual[name].flat(), outlines[name].flat(), name);
  }
});

test("the body is as thick as Python draws it", () => assert.deepEqual(RADIUS, golden.radius));

test("blends are Python's, and end where the poses are", () => {
  for (const { a, b, share, pose } of golden.blends) {
    const mixed = blendPoses(a, b, share);
    assert.deepEqual(Object.keys(mixed).sort(), Object.keys(pose).sort());
    for (const field of Object.keys(pose)) near([mixed[field]], [pose[field]], field);
  }
  const { pose } = golden.vectors[0];
  assert.deepEqual(skeletonPoints(blendPoses(pose, pose, 0.5)), skeletonPoints(pose));
});

// as much of a document as the figure uses
const fakeDocument = () => {
  let made = 0;
  const createElementNS = (_, name) => {
    made += 1;
    const attributes = {}, children = [];
    return {
      name, attributes, children,
      setAttribute: (key, value) => { attributes[key] = value; },
      append: (...more) => children.push(...more),
    };
  };
  return { createElementNS, made: () => made };
};
const everyPath = (element) =>
  [element, ...element.children.flatMap(everyPath)].filter(({ name }) => name === "path");

test("drawing again and again makes no new elements and no broken numbers", () => {
  const document = fakeDocument();
  const figure = createFigure(document, { label: "Half kneeling" });
  const [ready, hold] = golden.vectors.map(({ pose }) => pose);
  figure.draw(ready);
  const made = document.made();
  for (let k = 0; k <= 60; k += 1) {
    figure.draw(blendPoses(ready, hold, k / 60), { mirror: k > 30, sensation: "front_of_hip", props: ready.props });
  }
  assert.equal(document.made(), made);
  for (const { pose } of golden.vectors) figure.draw(pose, { sensation: "buttock" });
  for (const path of everyPath(figure.element)) assert.doesNotMatch(String(path.attributes.d), /NaN|undefined|Infinity/);
});

test("the figure has a role and a name", () => {
  const { element } = createFigure(fakeDocument(), { label: "Half kneeling" });
  assert.equal(element.attributes.role, "img");
  assert.equal(element.attributes["aria-label"], "Half kneeling");
});

test("a prop that has gone is no longer seen", () => {
  const figure = createFigure(fakeDocument(), { label: "" });
  const shown = () => everyPath(figure.element).filter((path) => path.attributes.display === "inline").length;
  figure.draw(golden.vectors[0].pose);
  assert.ok(shown() > 0);
  figure.draw(golden.vectors[0].pose, { props: [] });
  assert.equal(shown(), 0);
});

test("a frame holds the body and its mirror image mirrors it", () => {
  const poses = golden.vectors.slice(0, 2).map(({ pose }) => pose);
  const [x, y, wide, high] = frame(poses).split(" ").map(Number);
  for (const [px, py] of Object.values(skeletonPoints(poses[1]))) {
    assert.ok(px * 1000 > x && px * 1000 < x + wide && -py * 1000 > y && -py * 1000 < y + high);
  }
  const [mx, my, mwide, mhigh] = frame(poses, { mirror: true }).split(" ").map(Number);
  assert.deepEqual([my, mwide, mhigh], [y, wide, high]);
  assert.ok(Math.abs(mx + x + wide) < 0.2);
});
