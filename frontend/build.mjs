// Bundles the widgets: frontend/src/*.widget.js → hipbook/widgets/static/*.js, and their style sheets.
// `node build.mjs --check` exits 1 when a committed bundle is not what the sources give.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const checkOnly = process.argv.includes("--check");

const result = await build({
  absWorkingDir: here("."),
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
  outdir: here("../hipbook/widgets/static"),
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  minify: true,
  write: !checkOnly,
});

for (const file of checkOnly ? (result.outputFiles ?? []) : []) {
  const committed = await readFile(file.path, "utf8").catch(() => "");
  if (committed !== file.text) {
    console.error(`stale bundle: ${file.path}; run: npm --prefix frontend run build`);
    process.exitCode = 1;
  }
}
