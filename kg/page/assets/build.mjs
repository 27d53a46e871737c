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

/** Packages whose code or data stands in the built files, each with its licence file. */
const BUNDLED = [
  ["sigma", "LICENSE.txt"],
  ["graphology", "LICENSE.txt"],
  ["graphology-utils", "LICENSE.txt"],
  ["events", "LICENSE"],
  ["echarts", "LICENSE"],
  ["pinyin-pro", "LICENSE"],
];

/** The licences of everything that is bundled, and a line a package for the head of the script. */
async function licences() {
  const texts = [];
  const lines = [];
  for (const [name, file] of BUNDLED) {
    const folder = path.join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const text = (await readFile(path.join(folder, file), "utf8")).trim();
    const holder = /^.*copyright.*$/im.exec(text)?.[0].trim() ?? "";
    texts.push(`${name} ${version} (${license})\n${"=".repeat(60)}\n${text}\n`);
    lines.push(` * ${name} ${version}, ${license}: ${license === "MIT" ? holder : "outlines of the provinces"}`);
  }
  return [texts.join("\n\n"), lines];
}

const MIT = `
 * MIT: Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
 * persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and
 * this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS
 * PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.`;

let stale = false;
const [texts, lines] = await licences();
await mkdir(path.join(here, "built"), { recursive: true });
for (const [name, options] of outputs) {
  await write(name, await bundle(name, options));
}
await write("LICENSES.txt", texts);
process.exit(stale ? 1 : 0);

async function bundle(name, options) {
  const { outputFiles } = await esbuild.build({ ...common, ...options });
  if (!name.endsWith(".js")) return outputFiles[0].text;
  const used = lines.filter((line) => name === "page-sigma.js" || / \* echarts/.test(line));
  return `/*! The relation graph page of kg (Apache-2.0), with\n${used.join("\n")}${name === "page-sigma.js" ? MIT : ""}\n */\n${outputFiles[0].text}`;
}

/** Write a built file where it differs; with `--check` only say so. */
async function write(name, text) {
  const file = path.join(here, "built", name);
  const before = await readFile(file, "utf8").catch(() => "");
  if (before === text) return;
  if (checking) {
    console.error(`built/${name} is not what src/ gives: run \`npm run build\``);
    stale = true;
  } else {
    await writeFile(file, text);
    console.log(`built/${name}: ${Buffer.byteLength(text)} bytes`);
  }
}
