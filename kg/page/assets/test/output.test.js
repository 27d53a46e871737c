import assert from "node:assert/strict";
import { test } from "node:test";
import { shapePath, toSvg } from "../src/export.js";
import { edgeLabel, label, setLanguage, t } from "../src/i18n.js";
import { Room, wrap } from "../src/labels.js";
import { postSpans } from "../src/lanes.js";
import { faded } from "../src/look.js";
import { outlines, project } from "../src/projection.js";
import { chooseLinks, chooseNodes } from "../src/choose.js";
import { cells, toCsv } from "../src/table.js";
import { graph, sample } from "./graph.js";

test("CSV quotes what needs it and disarms formulas", () => {
  assert.equal(toCsv([["a", 'b"c', "d,e", "f\ng"]]), 'a,"b""c","d,e","f\ng"\r\n');
  assert.equal(toCsv([["=1+1", "@x", "-2", "+3"]]), "'=1+1,'@x,'-2,'+3\r\n");
});

test("a row names both ends, the relation, the date and the sentence", () => {
  assert.deepEqual(cells(sample(), 3, ""), ["座谈会", "地点", "太原", "--06-02", "四五", "标题"]);
  assert.equal(cells(sample(), 2, "zh")[1], "书记");
});

test("long names break into lines of like length", () => {
  assert.deepEqual(wrap("韦韬"), ["韦韬"]);
  assert.deepEqual(wrap("太忻经济一体化发展协作工作座谈会"), ["太忻经济一体化发", "展协作工作座谈会"]);
  const lines = wrap("非".repeat(60));
  assert.equal(lines.length, 3);
  assert.ok(lines[2].endsWith("…"));
});

test("room taken is not free", () => {
  const room = new Room();
  room.take({ left: 0, right: 100, top: 0, bottom: 20 });
  assert.ok(!room.isFree({ left: 90, right: 120, top: 10, bottom: 30 }));
  assert.ok(room.isFree({ left: 101, right: 120, top: 10, bottom: 30 }));
  assert.ok(room.isFree({ left: -50, right: -10, top: -500, bottom: 500 }));
});

test("an SVG drawing holds hostile names as text", () => {
  const model = graph([["person", '<script>alert("1")</script>'], ["place", "a&b"]], [[0, "visit", 1]]);
  model.title = "</title><script>";
  const view = {
    width: 100, height: 100, place: (n) => [n * 10, 5], radius: () => 4, nodes: [0, 1], links: [{ a: 0, b: 1, pair: 0 }],
    bright: () => true, brightLink: () => true, name: (n) => model.name[n],
  };
  const svg = toSvg(model, view, [{ x: 1, y: 1, lines: [model.name[0]], size: 12, colour: "#000", weight: 500 }]);
  assert.ok(!svg.includes("<script"));
  assert.ok(!svg.includes("a&b"));
  assert.equal(svg.match(/<path/g).length, 3);
});

test("every shape has a path", () => {
  const paths = ["dot", "square", "diamond", "hexagon", "triangle", "triangleDown"].map((s) => shapePath(s, 10));
  assert.equal(new Set(paths).size, 6);
});

test("edges are called by their title in both languages", () => {
  assert.equal(edgeLabel("position", "书记"), "书记");
  assert.equal(edgeLabel("position/former", "书记"), "曾任书记");
  assert.equal(edgeLabel("role/attend", ""), "出席");
  assert.equal(label("relations", "role/own"), "own");
  setLanguage("en");
  assert.equal(edgeLabel("role/attend", ""), "attended");
  assert.equal(t("graph"), "Graph");
  setLanguage("zh");
  assert.throws(() => t("no such words"));
});

test("a dimmed colour lies near the paper", () => {
  assert.equal(faded("#000000", 0), "#fbf9f5");
  assert.equal(faded("#102030", 1), "#102030");
});

test("the map keeps north up, east right, and has every province", () => {
  const [beijing, guangzhou, chengdu] = [project(116.4, 39.9), project(113.3, 23.1), project(104.1, 30.7)];
  assert.ok(beijing[1] < guangzhou[1]);
  assert.ok(chengdu[0] < guangzhou[0]);
  const all = outlines();
  assert.equal(all.length, 34);
  assert.ok(all.every(({ path, middle }) => /^M-?\d/.test(path) && middle.every(Number.isFinite)));
});

test("posts span from their first to their last report", () => {
  const model = graph([["person", "甲"], ["organization", "乙局"]], [[0, "position", 1, { detail: "局长" }]], { date: "2022-06-03" });
  assert.deepEqual(postSpans(model, 0, [0]).map(({ name, days }) => [name, days.length]), [["乙局 局长", 1]]);
  assert.deepEqual(postSpans(model, 1, [0]), []);
});

test("a frame holds the most important in view, and the selection", () => {
  const model = sample();
  const mask = { drawnNodes: new Uint8Array(model.total).fill(1), drawnPairs: new Uint8Array(model.pairCount).fill(1), bundles: [] };
  const view = { left: -10, right: 450, top: -10, bottom: 450 };
  assert.deepEqual(chooseNodes(model, mask, view, null, 3), [0, 1, 2]);
  assert.deepEqual(chooseNodes(model, mask, view, { nodes: new Set([6]) }, 4), [6, 0, 1, 2]);
  const links = chooseLinks(model, mask, [0, 1, 2, 4], null, 2);
  assert.deepEqual(links.map(({ a, b }) => [a, b]), [[0, 1], [0, 2]]);
  mask.drawnPairs.fill(0);
  assert.deepEqual(chooseLinks(model, mask, [0, 1, 2, 4], null, 2), []);
});
