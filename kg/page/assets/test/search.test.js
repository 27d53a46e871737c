import assert from "node:assert/strict";
import { test } from "node:test";
import { Search, normalize } from "../src/search.js";
import { graph, sample } from "./graph.js";

const model = sample();
const search = new Search(model, model.data.pinyin);
const first = (query) => search.find(query)[0] && model.name[search.find(query)[0].node];

test("finds by name, part of a name and alias", () => {
  assert.equal(first("韦韬"), "韦韬");
  assert.equal(first("兰矿"), "马兰矿");
  assert.equal(first("市委"), "太原市委");
  assert.equal(search.find("市委")[0].via, "市委");
  assert.equal(first("查无"), undefined);
  assert.deepEqual(search.find("  "), []);
});

test("finds by pinyin: whole, initials, mixed, any reading", () => {
  assert.equal(first("weitao"), "韦韬");
  assert.equal(first("wt"), "韦韬");
  assert.equal(first("weit"), "韦韬");
  assert.equal(first("wei tao"), "韦韬");
  assert.equal(first("tysw"), "太原市委");
  assert.equal(first("taiyuanshiwei"), "太原市委");
  assert.equal(first("zth"), "座谈会");
  assert.equal(first("xq"), undefined);
});

test("finds an abbreviation: the characters in their order", () => {
  const long = graph([["organization", "山西省发展和改革委员会"], ["organization", "山西省教育厅"]], []);
  const found = new Search(long).find("省发改委");
  assert.deepEqual(found.map(({ node }) => long.name[node]), ["山西省发展和改革委员会"]);
});

test("the exact name comes before longer and less exact ones", () => {
  const model = graph([["organization", "太原市"], ["place", "太原"], ["organization", "中共太原市委"]], []);
  assert.deepEqual(new Search(model).find("太原").map(({ node }) => model.name[node]), ["太原", "太原市", "中共太原市委"]);
});

test("width, case, spaces and quotation marks do not matter", () => {
  assert.equal(normalize("《ＡＢＣ》 协议 ·甲"), "abc协议甲");
});
