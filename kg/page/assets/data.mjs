/**
 * Makes the two tables that come from npm packages: `npm run data`. They change only with those packages.
 *
 * data/pinyin.json     readings of all CJK characters by syllable (pinyin-pro, MIT)
 * src/provinces.json   outlines of the provinces (Apache ECharts 4, Apache-2.0: map/json/china.json)
 */
import { readFile, writeFile } from "node:fs/promises";
import { polyphonic } from "pinyin-pro";

const here = new URL("./", import.meta.url);

async function pinyin() {
  const syllables = new Map();
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const character = String.fromCodePoint(code);
    for (const reading of new Set(polyphonic(character, { toneType: "none", type: "array" })[0])) {
      // ü is typed as v.
      const syllable = reading.normalize("NFC").replaceAll("ü", "v").replaceAll("ê", "e");
      if (!/^[a-z]+$/.test(syllable)) continue;
      syllables.set(syllable, (syllables.get(syllable) ?? "") + character);
    }
  }
  const sorted = Object.fromEntries([...syllables].sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(new URL("data/pinyin.json", here), `${JSON.stringify(sorted, null, 0).replaceAll('","', '",\n"')}\n`);
}

/** ECharts' own coding: each pair of characters is a zigzag difference in 1/1024 degree. */
function decode(text, [x, y]) {
  const points = [];
  for (let i = 2; i < text.length; i += 2) {
    const unzigzag = (c) => (c >> 1) ^ -(c & 1);
    x += unzigzag(text.charCodeAt(i) - 64);
    y += unzigzag(text.charCodeAt(i + 1) - 64);
    points.push([x / 1024, y / 1024]);
  }
  return points;
}

/** Douglas and Peucker: points that leave the line by less than `tolerance` degrees are dropped. */
function simplify(points, tolerance) {
  if (points.length < 4) return points;
  const [ax, ay] = points[0];
  const [bx, by] = points.at(-1);
  let worst = 0;
  let at = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const [px, py] = points[i];
    const length = Math.hypot(bx - ax, by - ay);
    const off = length ? Math.abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length : Math.hypot(px - ax, py - ay);
    if (off > worst) [worst, at] = [off, i];
  }
  if (worst < tolerance) return [points[0], points.at(-1)];
  return [...simplify(points.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(points.slice(at), tolerance)];
}

async function provinces() {
  const source = new URL("node_modules/echarts/map/json/china.json", here);
  const { features } = JSON.parse(await readFile(source, "utf8"));
  const out = features.map(({ properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const offsets = geometry.type === "Polygon" ? [geometry.encodeOffsets] : geometry.encodeOffsets;
    const rings = polygons.flatMap((polygon, i) => polygon.map((ring, j) => decode(ring, offsets[i][j])));
    // Hundredths of a degree, as differences: about a kilometre, enough for a map of the country.
    const coded = rings
      .map((ring) => simplify(ring, 0.012).map(([x, y]) => [Math.round(x * 100), Math.round(y * 100)]))
      .filter((ring) => ring.length >= 3)
      .map((ring) => ring.flatMap(([x, y], i) => (i ? [x - ring[i - 1][0], y - ring[i - 1][1]] : [x, y])));
    return { name: properties.name, rings: coded };
  });
  await writeFile(new URL("src/provinces.json", here), `[\n${out.map((p) => JSON.stringify(p)).join(",\n")}\n]\n`);
}

await pinyin();
await provinces();
