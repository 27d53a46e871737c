/** Walks over the graph: distances from a node, the shortest path between two. */

/**
 * Steps from a node to each other, -1 beyond `depth`.
 * @param {import("./model.js").Model} model
 * @param {number} start
 * @param {number} depth
 * @param {Uint8Array} [edges] mask of edges to walk on
 */
export function distances(model, start, depth, edges) {
  const distance = new Int16Array(model.size).fill(-1);
  distance[start] = 0;
  let frontier = [start];
  for (let step = 1; step <= depth && frontier.length; step++) {
    const next = [];
    for (const node of frontier) {
      for (const pair of model.pairsOf(node)) {
        if (edges && !model.hasEdge(pair, edges)) continue;
        const other = model.other(pair, node);
        if (distance[other] < 0) {
          distance[other] = step;
          next.push(other);
        }
      }
    }
    frontier = next;
  }
  return distance;
}

/**
 * The shortest path between two nodes; of equal ones the one over the more important nodes (lower numbers).
 * @returns {{nodes: number[], pairs: number[]} | null}
 */
export function shortestPath(model, from, to, edges) {
  if (from === to) return { nodes: [from], pairs: [] };
  const via = new Int32Array(model.size).fill(-1);
  const seen = new Uint8Array(model.size);
  seen[from] = 1;
  let frontier = [from];
  while (frontier.length && !seen[to]) {
    const next = [];
    for (const node of frontier) {
      for (const pair of model.pairsOf(node)) {
        if (edges && !model.hasEdge(pair, edges)) continue;
        const other = model.other(pair, node);
        if (!seen[other]) {
          seen[other] = 1;
          via[other] = pair;
          next.push(other);
        }
      }
    }
    frontier = next.sort((a, b) => a - b);
  }
  if (!seen[to]) return null;
  const nodes = [to];
  const pairs = [];
  for (let node = to; node !== from; ) {
    pairs.unshift(via[node]);
    node = model.other(via[node], node);
    nodes.unshift(node);
  }
  return { nodes, pairs };
}
