/** Which nodes, edges and pairs a state shows. */
import { NO_YEAR, dayOf } from "./dates.js";
import { distances } from "./paths.js";

/** Days of every edge, once: reading dates again on each move of a slider would be slow on large graphs. */
export class Timeline {
  /** @param {import("./model.js").Model} model */
  constructor(model) {
    this.yearless = true;
    const dates = [];
    for (let e = 0; e < model.edgeCount; e++) {
      const found = model.kind[e] === "byline" ? [] : model.edgeDates(e);
      dates.push(found);
      if (found.some((d) => /^\d{4}/.test(d))) this.yearless = false;
    }
    const year = this.yearless ? NO_YEAR : undefined;
    this.edgeDays = dates.map((found) => found.map((d) => dayOf(d, year)).filter((d) => d !== null));
    this.days = this.edgeDays.flat();
  }

  /** A bound of the state as a day. */
  bound(date) {
    return date ? dayOf(date, this.yearless ? NO_YEAR : undefined) : null;
  }
}

/**
 * @param {import("./model.js").Model} model
 * @param {import("./state.js").State} state
 * @param {Timeline} timeline
 * @returns masks of what is shown (`nodes`, `edges`, `pairs`), the same with folded communities in the place of their members
 *   (`drawnNodes`, `drawnPairs`, `bundles`), and counts
 */
export function visible(model, state, timeline) {
  const edges = new Uint8Array(model.edgeCount);
  const nodes = new Uint8Array(model.total);
  const offTypes = new Set(state.offTypes);
  const offKinds = new Set(state.offKinds);
  const allowed = allowedNodes(model, state, offTypes);
  const from = timeline.bound(state.from);
  const to = timeline.bound(state.to);
  for (let e = 0; e < model.edgeCount; e++) {
    if (!allowed[model.source[e]] || !allowed[model.target[e]]) continue;
    if (offKinds.has(model.kind[e])) continue;
    if (model.kind[e] === "byline" && !state.bylines) continue;
    if (model.candidate[e] && !state.candidates) continue;
    if ((from !== null || to !== null) && !inRange(timeline.edgeDays[e], from, to)) continue;
    edges[e] = 1;
  }
  const place = state.place ? model.byId.get(state.place) : undefined;
  if (place !== undefined) {
    const inside = placesInside(model, place, edges);
    for (let n = 0; n < model.size; n++) if (!inside.has(n)) allowed[n] = 0;
    for (let e = 0; e < model.edgeCount; e++) if (!allowed[model.source[e]] || !allowed[model.target[e]]) edges[e] = 0;
  }
  const ego = state.ego ? model.byId.get(state.ego) : undefined;
  const near = ego === undefined ? null : distances(model, ego, state.depth, edges);
  const filtered = offKinds.size > 0 || from !== null || to !== null;
  for (let e = 0; e < model.edgeCount; e++) {
    if (!edges[e]) continue;
    if (near && (near[model.source[e]] < 0 || near[model.target[e]] < 0)) {
      edges[e] = 0;
      continue;
    }
    nodes[model.source[e]] = nodes[model.target[e]] = 1;
  }
  for (let n = 0; n < model.size; n++) {
    if (nodes[n] || !allowed[n]) continue;
    if (near) nodes[n] = near[n] >= 0 ? 1 : 0;
    else if (model.type[n] === "article") nodes[n] = 0;
    else if (state.isolated && !filtered && model.isAlone(n)) nodes[n] = 1;
  }
  // What the reader has picked is shown, filters or not.
  for (const id of [state.node, state.ego, state.pathFrom, state.pathTo]) {
    const n = id ? model.byId.get(id) : undefined;
    if (n !== undefined && n < model.size) nodes[n] = 1;
  }
  const folded = new Set(state.folded.map((id) => model.byId.get(id)).filter((n) => n >= model.size));
  const pairs = new Uint8Array(model.pairCount);
  let edgeCount = 0;
  for (let e = 0; e < model.edgeCount; e++) {
    if (edges[e]) {
      edgeCount++;
      pairs[model.pairOf[e]] = 1;
    }
  }
  let nodeCount = 0;
  for (let n = 0; n < model.size; n++) nodeCount += nodes[n];
  const drawnNodes = folded.size ? nodes.slice() : nodes;
  const drawnPairs = folded.size ? pairs.slice() : pairs;
  const bundles = folded.size ? fold(model, folded, drawnNodes, drawnPairs, edges) : [];
  return { nodes, edges, pairs, drawnNodes, drawnPairs, bundles, nodeCount, edgeCount };
}

/**
 * Put folded communities in the place of their members, in the masks of what is drawn.
 * @returns {{a: number, b: number, edges: number[]}[]} the relations that then lead to a community, bundled by pair
 */
function fold(model, folded, nodes, pairs, edges) {
  const standsFor = (n) => {
    const c = model.community[n];
    return c >= 0 && folded.has(model.size + c) ? model.size + c : n;
  };
  for (let n = 0; n < model.size; n++) {
    const at = standsFor(n);
    if (at !== n && nodes[n]) {
      nodes[n] = 0;
      nodes[at] = 1;
    }
  }
  const bundles = new Map();
  for (let p = 0; p < model.pairCount; p++) {
    if (!pairs[p]) continue;
    const a = standsFor(model.pairA[p]);
    const b = standsFor(model.pairB[p]);
    if (a === model.pairA[p] && b === model.pairB[p]) continue;
    pairs[p] = 0;
    if (a === b) continue;
    const key = Math.min(a, b) * model.total + Math.max(a, b);
    const bundle = bundles.get(key) ?? { a: Math.min(a, b), b: Math.max(a, b), edges: [] };
    bundle.edges.push(...model.edgesOf(p).filter((e) => edges[e]));
    bundles.set(key, bundle);
  }
  return [...bundles.values()];
}

function inRange(days, from, to) {
  return days.some((d) => (from === null || d >= from) && (to === null || d <= to));
}

function allowedNodes(model, state, offTypes) {
  const offEvents = new Set(state.offEvents);
  const allowed = new Uint8Array(model.size);
  for (let n = 0; n < model.size; n++) {
    if (offTypes.has(model.type[n])) continue;
    const kinds = model.eventKinds(n);
    if (kinds.length && kinds.every((k) => offEvents.has(k))) continue;
    allowed[n] = 1;
  }
  return allowed;
}

/** A place, what lies in it, whatever has a relation to one of them, and who took part in what happened there. */
function placesInside(model, place, edges) {
  const places = new Set([place]);
  const queue = [place];
  while (queue.length) {
    const node = queue.pop();
    for (const pair of model.pairsOf(node)) {
      for (const e of model.edgesOf(pair)) {
        const child = model.source[e];
        if (edges[e] && model.kind[e] === "hierarchy" && model.target[e] === node && !places.has(child)) {
          places.add(child);
          queue.push(child);
        }
      }
    }
  }
  const near = new Set(places);
  const around = (n) => {
    for (const pair of model.pairsOf(n)) if (model.hasEdge(pair, edges)) near.add(model.other(pair, n));
  };
  for (const p of places) around(p);
  for (const n of [...near]) if (model.type[n] === "event") around(n);
  return near;
}
