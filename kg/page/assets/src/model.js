/** The graph as the page works with it: columns and index lists over numbers, in order of importance. */

const UPRIGHT = 1.4;

/** Nodes held together by a community are numbered after all others: `size + c` stands for community `c` folded. */
export class Model {
  /** @param {any} data the block `kg-data`, as `kg.page.payload.pack` wrote it */
  constructor(data) {
    if (data.format !== 1) throw new Error(`data format ${data.format}, this page reads 1`);
    const { nodes, edges, strings } = data;
    this.data = data;
    this.title = data.title;
    this.centres = data.centres;
    this.size = nodes.name.length;
    this.name = nodes.name;
    this.type = nodes.type.map((s) => strings[s]);
    this.id = nodes.name.map((name, i) => nodes.id[i] ?? `${this.type[i]}/${name}`);
    this.degree = nodes.degree;
    this.edgeCount = edges.s.length;
    this.source = Int32Array.from(edges.s);
    this.target = Int32Array.from(edges.t);
    this.kind = edges.kind.map((s) => strings[s]);
    this.detail = spread(edges.detail, this.edgeCount, (s) => strings[s]);
    this.edgeDate = spread(edges.date, this.edgeCount, (s) => strings[s]);
    this.candidate = new Uint8Array(this.edgeCount);
    for (const e of edges.candidate) this.candidate[e] = 1;
    this.details = null;
    this.buildCommunities();
    this.byId = new Map(this.id.map((id, i) => [id, i]));
    this.buildPairs();
  }

  /** Positions, radii and communities; folded communities are nodes of their own. */
  buildCommunities() {
    const { nodes } = this.data;
    this.community = Int32Array.from(nodes.community);
    this.communities = [];
    for (let n = 0; n < this.size; n++) {
      const c = this.community[n];
      if (c >= 0) (this.communities[c] ??= { leader: n, members: [] }).members.push(n);
    }
    const total = this.size + this.communities.length;
    // A page held upright shows the same picture turned by a right angle and drawn out.
    const upright = globalThis.innerHeight > globalThis.innerWidth;
    this.x = new Float32Array(total);
    this.y = new Float32Array(total);
    this.radius = new Float32Array(total);
    for (let n = 0; n < this.size; n++) {
      this.x[n] = upright ? nodes.y[n] : nodes.x[n];
      this.y[n] = upright ? nodes.x[n] * UPRIGHT : nodes.y[n];
      this.radius[n] = Math.min(7 + 4 * Math.sqrt(nodes.degree[n]), 40);
    }
    this.communities.forEach((group, c) => {
      const mean = (values) => group.members.reduce((sum, n) => sum + values[n], 0) / group.members.length;
      const at = this.size + c;
      this.x[at] = mean(this.x);
      this.y[at] = mean(this.y);
      this.radius[at] = Math.min(14 + 5 * Math.sqrt(group.members.length), 90);
      const away = group.members.reduce((sum, n) => sum + Math.hypot(this.x[n] - this.x[at], this.y[n] - this.y[at]), 0);
      group.reach = (away / group.members.length) * 1.5 + 40;
      this.name[at] = this.name[group.leader];
      this.type[at] = "community";
      this.degree[at] = group.members.length;
      this.id[at] = `community/${this.id[group.leader]}`;
    });
    this.total = total;
  }

  buildPairs() {
    const keys = new Float64Array(this.edgeCount);
    for (let e = 0; e < this.edgeCount; e++) {
      keys[e] = Math.min(this.source[e], this.target[e]) * this.size + Math.max(this.source[e], this.target[e]);
    }
    const sorted = Float64Array.from(keys).sort();
    let count = 0;
    for (let i = 0; i < sorted.length; i++) if (!i || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
    const unique = sorted.subarray(0, count);
    this.pairCount = count;
    this.pairA = Int32Array.from(unique, (k) => Math.floor(k / this.size));
    this.pairB = Int32Array.from(unique, (k) => k % this.size);
    const number = new Map();
    unique.forEach((k, p) => number.set(k, p));
    this.pairOf = Int32Array.from(keys, (k) => number.get(k));
    [this.pairOffset, this.pairMembers] = lists(count, this.edgeCount, (put) => this.pairOf.forEach((p, e) => put(p, e)));
    [this.offset, this.adjacency] = lists(this.size, count * 2, (put) => {
      for (let p = 0; p < count; p++) {
        put(this.pairA[p], p);
        put(this.pairB[p], p);
      }
    });
  }

  /** Edges of a pair. */
  edgesOf(pair) {
    return this.pairMembers.subarray(this.pairOffset[pair], this.pairOffset[pair + 1]);
  }

  /** Whether a mask of edges leaves one of the pair's edges. */
  hasEdge(pair, mask) {
    for (let i = this.pairOffset[pair]; i < this.pairOffset[pair + 1]; i++) if (mask[this.pairMembers[i]]) return true;
    return false;
  }

  /** Pairs that a node stands in; none for a folded community. */
  pairsOf(node) {
    return node < this.size ? this.adjacency.subarray(this.offset[node], this.offset[node + 1]) : [];
  }

  isAlone(node) {
    return node < this.size && this.offset[node] === this.offset[node + 1];
  }

  other(pair, node) {
    return this.pairA[pair] === node ? this.pairB[pair] : this.pairA[pair];
  }

  aliases(node) {
    return this.data.nodes.aliases[node] ?? [];
  }

  eventKinds(node) {
    return this.data.nodes.kinds[node] ?? [];
  }

  dates(node) {
    return this.data.nodes.dates[node] ?? [];
  }

  /** Longitude and latitude in degrees of a place that the gazetteer knows, else `null`. */
  at(node) {
    const found = this.data.nodes.at[node];
    return found ? [found[0] / 100, found[1] / 100] : null;
  }

  /**
   * Take in the evidence, which is read after the first drawing.
   * @param {any} details the block `kg-details`
   */
  addDetails(details) {
    this.details = details;
    this.articles = details.articles;
    this.edgeEvidence = details.edges;
    this.notes = details.notes.map(([node, kind, text, evidence]) => ({
      node, kind: details.strings[kind], text: details.strings[text], evidence,
    }));
    this.notesOf = group(this.notes, (note) => note.node);
  }

  /** How many sentences say what an edge says, shown here or not. */
  evidenceCount(edge) {
    return this.details.edgeTotals[edge] ?? this.edgeEvidence[edge].length;
  }

  reasons(node) {
    return this.details.reasons[node] ?? [];
  }

  articlesOf(node) {
    return this.details.nodeArticles[node] ?? [];
  }

  /** One piece of evidence with its place in the article. */
  evidence(number) {
    const { evidence, strings } = this.details;
    const article = evidence.article[number];
    const start = evidence.start[number];
    const end = start + evidence.length[number];
    return {
      number, article, start, end,
      confidence: evidence.confidence[number],
      status: strings[evidence.status[number]],
      modality: strings[evidence.modality[number]],
      quote: this.quote(article, start, end),
    };
  }

  /** Stretches of an article's text that are in the page, as `[start, text]`. */
  stretches(article) {
    const flat = this.articles.text[article];
    return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
  }

  quote(article, start, end) {
    for (const [from, text] of this.stretches(article)) {
      if (start >= from && end <= from + points(text)) return slice(text, start - from, end - from);
    }
    return "";
  }

  /** Dates that place an edge in time: its own, its event's, else the day of the articles that report it. */
  edgeDates(edge) {
    if (this.edgeDate[edge]) return [this.edgeDate[edge]];
    const own = [...this.dates(this.source[edge]), ...this.dates(this.target[edge])];
    if (own.length || !this.details) return own;
    const reported = this.edgeEvidence[edge].map((n) => this.articles.date[this.details.evidence.article[n]]);
    return [...new Set(reported.filter(Boolean))];
  }
}

/** Lists of numbers in one array: those of key k are `items[offset[k] … offset[k + 1]]`, in the order they were put. */
function lists(keys, total, each) {
  const offset = new Int32Array(keys + 1);
  each((key) => offset[key + 1]++);
  for (let k = 0; k < keys; k++) offset[k + 1] += offset[k];
  const items = new Int32Array(total);
  const next = offset.slice(0, -1);
  each((key, item) => (items[next[key]++] = item));
  return [offset, items];
}

function spread(sparse, count, value) {
  const out = new Array(count).fill("");
  for (const [i, v] of Object.entries(sparse)) out[i] = value(v);
  return out;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Number of code points: Python counts code points, a JavaScript string UTF-16 units. */
export function points(text) {
  return SURROGATE.test(text) ? [...text].length : text.length;
}

/** `text` between two code point offsets. */
export function slice(text, start, end) {
  const [from, to] = units(text, start, end);
  return text.slice(from, to);
}

/** Code point offsets to UTF-16 offsets. */
export function units(text, start, end) {
  // Nothing outside the basic plane: both count alike, which is nearly every newspaper text.
  if (!SURROGATE.test(text)) return [start, end];
  let unit = 0;
  let from = text.length;
  let to = text.length;
  for (let point = 0; unit < text.length; point++) {
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
