import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline, visible } from "../src/filters.js";
import { distances, shortestPath } from "../src/paths.js";
import { SEPARATOR, fromHash, initialState, toHash } from "../src/state.js";
import { graph, sample } from "./graph.js";

const show = (model, change) => visible(model, { ...initialState(), ...change }, new Timeline(model));
const names = (model, mask) => model.name.filter((_, n) => mask[n]);

test("at the start everything confirmed that has a relation is shown", () => {
  const model = sample();
  const { nodes, edgeCount } = show(model, {});
  assert.deepEqual(names(model, nodes), ["韦韬", "座谈会", "太原市委", "太原", "山西省委", "林武", "马兰矿"]);
  assert.equal(edgeCount, 7);
  assert.equal(show(model, { candidates: true }).edgeCount, 8);
  assert.ok(names(model, show(model, { isolated: true }).nodes).includes("无关"));
});

test("types, relations and kinds of event filter", () => {
  const model = sample();
  assert.deepEqual(names(model, show(model, { offTypes: ["organization"] }).nodes), ["韦韬", "座谈会", "太原"]);
  assert.deepEqual(names(model, show(model, { offKinds: ["position", "visit"] }).nodes), ["韦韬", "座谈会", "太原"]);
  assert.ok(!names(model, show(model, { offEvents: ["meeting"] }).nodes).includes("座谈会"));
});

test("dates filter, without a year where the graph knows none", () => {
  const model = sample();
  assert.equal(show(model, { from: "--06-01", to: "--06-03" }).edgeCount, 3);
  assert.equal(show(model, { from: "--07-01" }).edgeCount, 0);
  const dated = graph([["person", "甲"], ["place", "乙"], ["place", "丙"]], [[0, "visit", 1, { date: "2022-05-01" }], [0, "visit", 2, { date: "2023-05-01" }]]);
  assert.deepEqual(names(dated, show(dated, { from: "2023-01-01" }).nodes), ["甲", "丙"]);
});

test("an undated relation has the date of the report", () => {
  const model = graph([["person", "甲"], ["person", "乙"]], [[0, "meeting", 1]], { date: "2022-06-03" });
  assert.equal(show(model, { from: "2022-06-03", to: "2022-06-03" }).edgeCount, 1);
  assert.equal(show(model, { from: "2022-06-04" }).edgeCount, 0);
});

test("a place shows what happened there and who took part", () => {
  const model = sample();
  assert.deepEqual(names(model, show(model, { place: "place/太原" }).nodes), ["韦韬", "座谈会", "太原"]);
});

test("the ego view grows with its depth", () => {
  const model = sample();
  const sizes = [1, 2, 3].map((depth) => show(model, { ego: "person/林武", depth }).nodeCount);
  assert.deepEqual(sizes, [2, 3, 6]);
});

test("the selection is shown whatever the filters say", () => {
  const model = sample();
  assert.deepEqual(names(model, show(model, { offTypes: ["person", "event", "organization", "place"], node: "person/林武" }).nodes), ["林武"]);
});

test("a folded community stands for its members and bundles their relations", () => {
  const model = graph([["person", "甲"], ["person", "乙"], ["person", "丙"], ["place", "丁"]], [[0, "meeting", 1], [1, "meeting", 2], [0, "visit", 3], [2, "visit", 3]], { nodes: { community: [0, 0, 0, -1] } });
  const { drawnNodes, drawnPairs, bundles, nodes } = show(model, { folded: ["community/person/甲"] });
  assert.deepEqual(names(model, drawnNodes), ["丁", "甲"]);
  assert.equal(drawnNodes[4], 1);
  assert.equal(drawnPairs.reduce((a, b) => a + b, 0), 0);
  assert.deepEqual(bundles, [{ a: 3, b: 4, edges: [2, 3] }]);
  assert.equal(nodes[0], 1);
});

test("the shortest path prefers important nodes and respects the filters", () => {
  const model = sample();
  const path = shortestPath(model, 5, 6, show(model, {}).edges);
  assert.deepEqual(path.nodes.map((n) => model.name[n]), ["林武", "山西省委", "韦韬", "马兰矿"]);
  assert.equal(shortestPath(model, 5, 6, show(model, { offKinds: ["visit"] }).edges), null);
  assert.deepEqual(shortestPath(model, 5, 5, null), { nodes: [5], pairs: [] });
  assert.deepEqual([...distances(model, 5, 2)].map((d) => (d < 0 ? "" : d)), [2, "", "", "", 1, 0, "", ""]);
});

test("a permalink restores the view", () => {
  const state = { ...initialState(), view: "table", offTypes: ["place", "a,b"], node: "person/韦韬", depth: 3, candidates: true, from: "--06-01" };
  assert.deepEqual(fromHash(`#${toHash(state)}`), state);
  assert.equal(toHash(initialState()), "");
});

test("a permalink cannot bring what a state does not hold", () => {
  const state = fromHash("#view=<script>&depth=99&nonsense=1&from=javascript:alert(1)&__proto__=x&isolated=yes");
  assert.deepEqual(state, { ...initialState(), depth: 3 });
  assert.equal(fromHash(`#pair=a${SEPARATOR}b`).pair, `a${SEPARATOR}b`);
});
