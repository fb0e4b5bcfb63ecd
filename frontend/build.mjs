// Bundles the widgets: frontend/src/*.widget.js → hipbook/widgets/static/*.js, and their style sheets.
// `node build.mjs --check` exits 1 when a committed bundle is not what the sources give.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const checkOnly = process.argv.includes("--check");

/** @type {import("esbuild").BuildOptions & {write: boolean}} */
const shared = {
  absWorkingDir: here("."),
  outdir: here("../hipbook/widgets/static"),
  bundle: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  minify: true,
  write: !checkOnly,
};

const modules = await build({
  ...shared,
  format: "esm",
  entryPoints: {
    player: "src/player/player.widget.js",
    "player.style": "src/player/player.css",
    "player.page": "src/player/player.page.js",
    "player.page.style": "src/player/page.css",
    check: "src/check/check.widget.js",
    "check.style": "src/check/check.css",
    explorables: "src/explorables/explorables.widget.js",
    "explorables.style": "src/explorables/explorables.css",
    explorer: "src/explorer/explorer.widget.js",
    "explorer.style": "src/explorer/explorer.css",
    measure: "src/measure/measure.widget.js",
    "measure.style": "src/measure/measure.css",
  },
});
// Pages opened from a folder may not load modules: the same sources once more, as a classic script.
const classic = await build({
  ...shared,
  format: "iife",
  entryPoints: { site: "src/site/site.page.js", "site.style": "src/site/site.css" },
  banner: { js: `/*! with d3-dsv:\n${await readFile(here("node_modules/d3-dsv/LICENSE"), "utf8")}*/` },
});

for (const file of checkOnly ? [...(modules.outputFiles ?? []), ...(classic.outputFiles ?? [])] : []) {
  const committed = await readFile(file.path, "utf8").catch(() => "");
  if (committed !== file.text) {
    console.error(`stale bundle: ${file.path}; run: npm --prefix frontend run build`);
    process.exitCode = 1;
  }
}
