/** A small graph as the page's data block has it, for the tests. */
import { Model } from "../src/model.js";

/**
 * @param {[string, string][]} nodes `[type, name]`, in order of importance
 * @param {[number, string, number, object?][]} edges `[source, kind, target, {detail, date, candidate}]`
 * @param {object} [more] parts of the block to put in place of the plain ones
 */
export function graph(nodes, edges, more = {}) {
  const strings = [];
  const number = (s) => (strings.includes(s) ? strings.indexOf(s) : strings.push(s) - 1);
  const sparse = (key) => Object.fromEntries(edges.map(([, , , o], i) => [i, o?.[key]]).filter(([, v]) => v).map(([i, v]) => [i, number(v)]));
  const degree = nodes.map((_, n) => edges.filter(([s, , t]) => s === n || t === n).length);
  const model = new Model({
    format: 1, title: "图", centres: [], depth: 0, total: nodes.length,
    nodes: {
      id: {}, name: nodes.map(([, name]) => name), type: nodes.map(([type]) => number(type)), degree,
      x: nodes.map((_, n) => n * 100), y: nodes.map((_, n) => (n % 2) * 100), community: nodes.map(() => -1),
      aliases: {}, kinds: {}, dates: {}, at: {}, ...more.nodes,
    },
    edges: {
      s: edges.map((e) => e[0]), t: edges.map((e) => e[2]), kind: edges.map((e) => number(e[1])), detail: sparse("detail"),
      date: sparse("date"), candidate: edges.map((e, i) => (e[3]?.candidate ? i : -1)).filter((i) => i >= 0),
    },
    strings, pinyin: more.pinyin ?? {},
  });
  model.addDetails({
    edges: edges.map((_, i) => [i]), edgeTotals: {}, notes: [], reasons: {}, nodeArticles: nodes.map(() => [0]),
    evidence: { article: edges.map(() => 0), start: edges.map((_, i) => i), length: edges.map(() => 2), confidence: edges.map(() => 0.9), status: edges.map(() => 0), modality: edges.map(() => 1) },
    articles: { id: ["a"], title: ["标题"], date: [more.date ?? ""], publisher: [""], source: ["a.txt"], text: [[0, more.text ?? "一二三四五六七八九十"]], length: [10], blocks: [[]] },
    strings: ["explicit", "asserted"],
  });
  return model;
}

/** 韦韬 sits in two bodies, speaks at a meeting in 太原; 马兰矿 belongs to a company; 林武 shares a body with 韦韬. */
export function sample() {
  return graph(
    [["person", "韦韬"], ["event", "座谈会"], ["organization", "太原市委"], ["place", "太原"], ["organization", "山西省委"], ["person", "林武"], ["organization", "马兰矿"], ["person", "无关"]],
    [
      [0, "role/attend", 1, {}],
      [0, "role/speak", 1, {}],
      [0, "position", 2, { detail: "书记" }],
      [1, "located", 3, { date: "--06-02" }],
      [0, "position", 4, { detail: "常委" }],
      [5, "position", 4, { detail: "书记" }],
      [0, "visit", 6, {}],
      [6, "role/other", 1, { candidate: true }],
    ],
    {
      nodes: { aliases: { 2: ["市委"] }, kinds: { 1: ["meeting"] }, dates: { 1: ["--06-02"] } },
      pinyin: { wei: "韦委", tao: "韬", lin: "林", wu: "武无", tai: "太", yuan: "原", shi: "市", zuo: "座", tan: "谈", hui: "会", ma: "马", lan: "兰", kuang: "矿" },
    },
  );
}
