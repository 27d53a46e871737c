/**
 * Puts the page's script and style together: src/ -> built/. `--check` fails when built/ is not what src/ gives.
 *
 * The built files are committed, so that installing the Python package needs no Node.
 */
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const checking = process.argv.includes("--check");
const common = { bundle: true, minify: true, write: false, charset: "utf8", target: ["chrome100", "firefox113", "safari16"], legalComments: "inline", absWorkingDir: here, logLevel: "warning" };

const outputs = [
  ["page-vis.js", { entryPoints: ["src/main-vis.js"], format: "iife" }],
  ["page-sigma.js", { entryPoints: ["src/main-sigma.js"], format: "iife" }],
  ["page.css", { entryPoints: ["src/page.css"] }],
];

let stale = false;
await mkdir(path.join(here, "built"), { recursive: true });
for (const [name, options] of outputs) {
  const { outputFiles } = await esbuild.build({ ...common, ...options });
  const text = outputFiles[0].text;
  const file = path.join(here, "built", name);
  const before = await readFile(file, "utf8").catch(() => "");
  if (before === text) continue;
  if (checking) {
    console.error(`built/${name} is not what src/ gives: run \`npm run build\``);
    stale = true;
  } else {
    await writeFile(file, text);
    console.log(`built/${name}: ${Buffer.byteLength(text)} bytes`);
  }
}
process.exit(stale ? 1 : 0);
