/** What a frame of a large graph holds: the most important of what is in view. */

/**
 * Nodes to draw: the bright ones, then the most important in view.
 * @param {{left: number, right: number, top: number, bottom: number}} view
 */
export function chooseNodes(model, mask, view, bright, most) {
  const chosen = [];
  const taken = new Set();
  const take = (n) => {
    if (mask.drawnNodes[n] && !taken.has(n)) {
      taken.add(n);
      chosen.push(n);
    }
  };
  if (bright) for (const n of [...bright.nodes].sort((a, b) => a - b).slice(0, most / 2)) take(n);
  for (let c = model.size; c < model.total; c++) take(c);
  for (let n = 0; n < model.size && chosen.length < most; n++) {
    const x = model.x[n];
    const y = model.y[n];
    if (x >= view.left && x <= view.right && y >= view.top && y <= view.bottom) take(n);
  }
  return chosen;
}

/**
 * Lines to draw among chosen nodes: the bright ones, then those of the most important nodes.
 * @param {boolean} [inner] only those inside a community, beside the bright ones
 */
export function chooseLinks(model, mask, nodes, bright, most, inner = false) {
  const inside = new Set(nodes);
  const links = mask.bundles.filter(({ a, b }) => inside.has(a) && inside.has(b)).map((bundle) => ({ ...bundle, pair: -1 }));
  const taken = new Set();
  const take = (p) => {
    if (taken.has(p) || !mask.drawnPairs[p] || !inside.has(model.pairA[p]) || !inside.has(model.pairB[p])) return;
    taken.add(p);
    links.push({ a: model.pairA[p], b: model.pairB[p], pair: p });
  };
  if (bright) for (const p of bright.pairs) if (links.length < most) take(p);
  for (const n of nodes) {
    if (links.length >= most) break;
    for (const p of model.pairsOf(n)) {
      // Each pair once, from its less important end: pairs between two important nodes come first.
      if (model.pairB[p] === n && !(inner && model.community[model.pairA[p]] !== model.community[n])) take(p);
      if (links.length >= most) break;
    }
  }
  return links;
}

export function isBright(link, bright) {
  return link.pair >= 0 ? bright.pairs.has(link.pair) : bright.nodes.has(link.a) && bright.nodes.has(link.b);
}
