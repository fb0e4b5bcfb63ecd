// What to fetch before one lies down: all that the figures of the chosen stretches rest on or hold.
import { stretchOf } from "../plan.core.js";

/**
 * One line, or none where nothing is needed.
 * @param {import("./run.js").Engine} engine
 * @param {import("../common/translator.js").Translate} t
 * @param {{stretch: string}[]} items
 */
export function needsLine(engine, t, items) {
  const poses = items.flatMap(({ stretch }) => stretchOf(engine.catalog, stretch).keyframes.map(({ pose }) => pose));
  const kinds = new Set(poses.flatMap(({ props }) => props.map((/** @type {{kind: string}} */ prop) => prop.kind)));
  const things = [...kinds].map((kind) => t(`player.need.${kind}`));
  return things.length ? t("player.need", { things: new Intl.ListFormat(engine.language()).format(things) }) : "";
}
