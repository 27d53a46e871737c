/** Sizes and distances that the renderers of large graphs share. */

/** Radius of each node in screen pixels when the whole graph is in view. */
export function sizes(model) {
  const most = Math.max(1, model.degree[0] ?? 1);
  return Float32Array.from({ length: model.total }, (_, n) =>
    n < model.size ? 1.6 + 8 * Math.sqrt(model.degree[n] / most) : 6 + Math.min(18, Math.sqrt(model.degree[n]) / 2),
  );
}

/** The box around some nodes, or around all that have a relation. */
export function extent(model, nodes) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const take = (n) => {
    left = Math.min(left, model.x[n]);
    right = Math.max(right, model.x[n]);
    top = Math.min(top, model.y[n]);
    bottom = Math.max(bottom, model.y[n]);
  };
  if (nodes) nodes.forEach(take);
  else for (let n = 0; n < model.size; n++) if (!model.isAlone(n)) take(n);
  return left <= right ? { left, right, top, bottom } : { left: -1, right: 1, top: -1, bottom: 1 };
}

export function distanceToSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/**
 * The neighbour that lies in a direction from a node; the most important node where none is given.
 * @param {number | undefined} now
 * @param {[number, number]} direction
 */
export function towards(model, mask, now, [dx, dy]) {
  if (now === undefined) return mask.nodes.includes(1) ? mask.nodes.indexOf(1) : undefined;
  let best;
  let bestCost = Infinity;
  for (const p of model.pairsOf(now)) {
    if (!mask.pairs[p]) continue;
    const n = model.other(p, now);
    const x = model.x[n] - model.x[now];
    const y = model.y[n] - model.y[now];
    const along = x * dx + y * dy;
    const cost = Math.hypot(x, y) * (2 - along / (Math.hypot(x, y) || 1));
    if (along > 0 && cost < bestCost) [best, bestCost] = [n, cost];
  }
  return best;
}
