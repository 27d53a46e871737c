import assert from "node:assert/strict";
import { test } from "node:test";
import { points, slice } from "../src/model.js";
import { graph, sample } from "./graph.js";

test("relations between two nodes are one pair", () => {
  const model = sample();
  const pair = [...model.pairsOf(0)].find((p) => model.other(p, 0) === 1);
  assert.deepEqual([...model.edgesOf(pair)].map((e) => model.kind[e]), ["role/attend", "role/speak"]);
  assert.equal(model.pairCount, 7);
  assert.deepEqual([...model.pairsOf(5)].map((p) => model.other(p, 5)), [4]);
  assert.ok(model.isAlone(7));
});

test("ids are type and name unless given", () => {
  const model = graph([["person", "张伟"], ["person", "张伟"]], [], { nodes: { id: { 1: "person/张伟~3fa9c1" } } });
  assert.deepEqual(model.id, ["person/张伟", "person/张伟~3fa9c1"]);
});

test("spans count code points, outside the basic plane too", () => {
  const text = "𠮷野家在😀太原";
  assert.equal(points(text), 7);
  assert.equal(slice(text, 0, 3), "𠮷野家");
  assert.equal(slice(text, 4, 7), "😀太原");
  assert.equal(slice("太原", 1, 2), "原");
});

test("a quotation comes out of the stretch that holds it", () => {
  const model = sample();
  model.articles.text[0] = [10, "三十字以后", 100, "忻州的话"];
  assert.equal(model.quote(0, 11, 13), "十字");
  assert.equal(model.quote(0, 100, 102), "忻州");
  assert.equal(model.quote(0, 50, 52), "");
});

test("communities come by size and stand as nodes after all others", () => {
  const model = graph([["person", "甲"], ["person", "乙"], ["person", "丙"], ["place", "丁"]], [[0, "meeting", 1], [1, "meeting", 2], [0, "visit", 3]], { nodes: { community: [0, 0, 0, -1] } });
  assert.equal(model.total, 5);
  assert.equal(model.id[4], "community/person/甲");
  assert.deepEqual(model.communities[0].members, [0, 1, 2]);
});
