/** The graph as the page works with it: columns and index lists over numbers, in order of importance. */

/**
 * @typedef {object} Model
 * One entry a node (`name`, `type` …), one an edge, one a pair (all relations between two nodes).
 */

export class Model {
  /** @param {any} data what `kg.page.payload.pack` wrote */
  constructor(data) {
    if (data.format !== 1) throw new Error(`data format ${data.format}, this page reads 1`);
    const { nodes, edges, strings } = data;
    this.data = data;
    this.title = data.title;
    this.centres = data.centres;
    this.size = nodes.name.length;
    this.name = nodes.name;
    this.type = nodes.type.map((s) => strings[s]);
    this.id = nodes.id.map((id, i) => id || `${this.type[i]}/${this.name[i]}`);
    this.degree = nodes.degree;
    // A page held upright shows the same picture turned by a right angle.
    const upright = globalThis.innerHeight > globalThis.innerWidth;
    this.x = Float32Array.from(upright ? nodes.y : nodes.x);
    this.y = Float32Array.from(upright ? nodes.x : nodes.y);
    this.radius = Float32Array.from(nodes.degree, (d) => Math.min(7 + 4 * Math.sqrt(d), 40));
    this.byId = new Map(this.id.map((id, i) => [id, i]));

    this.edgeCount = edges.s.length;
    this.source = Int32Array.from(edges.s);
    this.target = Int32Array.from(edges.t);
    this.kind = edges.kind.map((s) => strings[s]);
    this.detail = edges.detail.map((s) => strings[s]);
    this.edgeDate = edges.date.map((s) => strings[s]);
    this.candidate = Uint8Array.from(edges.flags, (f) => f & 1);
    this.edgeEvidence = edges.evidence;
    this.notes = data.notes.map(([node, kind, text, evidence]) => ({ node, kind: strings[kind], text: strings[text], evidence }));
    this.notesOf = group(this.notes, (note) => note.node);
    this.articles = data.articles;
    this.buildPairs();
  }

  buildPairs() {
    const keyed = new Map();
    for (let e = 0; e < this.edgeCount; e++) {
      const a = Math.min(this.source[e], this.target[e]);
      const b = Math.max(this.source[e], this.target[e]);
      const key = a * this.size + b;
      const found = keyed.get(key);
      if (found) found.push(e);
      else keyed.set(key, [e]);
    }
    const keys = [...keyed.keys()].sort((p, q) => p - q);
    this.pairCount = keys.length;
    this.pairA = Int32Array.from(keys, (k) => Math.floor(k / this.size));
    this.pairB = Int32Array.from(keys, (k) => k % this.size);
    this.pairEdges = keys.map((k) => keyed.get(k));
    this.pairOf = new Int32Array(this.edgeCount);
    this.pairEdges.forEach((edges, p) => edges.forEach((e) => (this.pairOf[e] = p)));
    // Adjacency in one array: the pairs of node n are adjacency[offset[n] … offset[n + 1]].
    this.offset = new Int32Array(this.size + 1);
    for (let p = 0; p < this.pairCount; p++) {
      this.offset[this.pairA[p] + 1]++;
      this.offset[this.pairB[p] + 1]++;
    }
    for (let i = 0; i < this.size; i++) this.offset[i + 1] += this.offset[i];
    this.adjacency = new Int32Array(this.pairCount * 2);
    const next = this.offset.slice(0, -1);
    for (let p = 0; p < this.pairCount; p++) {
      this.adjacency[next[this.pairA[p]]++] = p;
      this.adjacency[next[this.pairB[p]]++] = p;
    }
  }

  /** Pairs that a node stands in. */
  pairsOf(node) {
    return this.adjacency.subarray(this.offset[node], this.offset[node + 1]);
  }

  other(pair, node) {
    return this.pairA[pair] === node ? this.pairB[pair] : this.pairA[pair];
  }

  aliases(node) {
    return this.data.nodes.aliases[node] ?? [];
  }

  reasons(node) {
    return this.data.nodes.reasons[node] ?? [];
  }

  eventKinds(node) {
    return this.data.nodes.kinds[node] ?? [];
  }

  dates(node) {
    return this.data.nodes.dates[node] ?? [];
  }

  articlesOf(node) {
    return this.data.nodes.articles[node] ?? [];
  }

  /** One piece of evidence with its place in the article. */
  evidence(number) {
    const { evidence, strings } = this.data;
    const article = evidence.article[number];
    return {
      number,
      article,
      start: evidence.start[number],
      end: evidence.start[number] + evidence.length[number],
      confidence: evidence.confidence[number],
      status: strings[evidence.status[number]],
      modality: strings[evidence.modality[number]],
      rule: strings[evidence.rule[number]],
      quote: slice(this.articles.text[article], evidence.start[number], evidence.start[number] + evidence.length[number]),
    };
  }

  /** Dates that place an edge in time: its own, its event's, else the day of the articles that report it. */
  edgeDates(edge) {
    if (this.edgeDate[edge]) return [this.edgeDate[edge]];
    const own = [...this.dates(this.source[edge]), ...this.dates(this.target[edge])];
    if (own.length) return own;
    const reported = this.edgeEvidence[edge].map((n) => this.articles.date[this.data.evidence.article[n]]);
    return [...new Set(reported.filter(Boolean))];
  }
}

/** `text` between two code point offsets: Python counts code points, a JavaScript string UTF-16 units. */
export function slice(text, start, end) {
  const [from, to] = units(text, start, end);
  return text.slice(from, to);
}

/** Code point offsets to UTF-16 offsets. */
export function units(text, start, end) {
  // Nothing outside the basic plane: both count alike, which is nearly every newspaper text.
  if (!/[\ud800-\udfff]/.test(text)) return [start, end];
  let unit = 0;
  let from = text.length;
  let to = text.length;
  for (let point = 0; unit <= text.length; point++) {
    if (point === start) from = unit;
    if (point === end) {
      to = unit;
      break;
    }
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return [from, to];
}

export function group(items, key) {
  const groups = new Map();
  for (const item of items) {
    const k = key(item);
    const found = groups.get(k);
    if (found) found.push(item);
    else groups.set(k, [item]);
  }
  return groups;
}
