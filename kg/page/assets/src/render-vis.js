/** The graph drawn by vis-network, for graphs that it keeps fluid. */
/* global vis */
import palette from "./palette.json" with { type: "json" };
import { ACCENT, INK, LINE, faded, linkWidth } from "./look.js";

const bundleId = ({ a, b }) => `${a}-${b}`;

/**
 * Run something whose canvases are kept in the processor's memory. A canvas of some hundred nodes needs no GPU, and to
 * set one up takes longer than the whole first frame; vis-network has no option for it, but the first request for a
 * context decides.
 */
function inMemory(make) {
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return real.call(this, kind, { willReadFrequently: true, ...options });
  };
  try {
    return make();
  } finally {
    HTMLCanvasElement.prototype.getContext = real;
  }
}

export class VisRenderer {
  /**
   * @param {HTMLElement} container
   * @param {import("./model.js").Model} model
   * @param {{nodes: any[], edges: any[], options: any}} drawing what pyvis wrote
   * @param {import("./renderer.js").Listeners} on
   */
  constructor(container, model, drawing, on) {
    this.model = model;
    this.container = container;
    this.on = on;
    const nodes = drawing.nodes.map((node) => ({ ...node, x: model.x[node.id], y: model.y[node.id] }));
    for (let n = model.size; n < model.total; n++) {
      nodes.push({ id: n, label: " ", shape: palette.community.shape, color: palette.community.colour, size: model.radius[n], x: model.x[n], y: model.y[n], hidden: true });
    }
    this.nodes = new vis.DataSet(nodes);
    this.edges = new vis.DataSet(drawing.edges);
    this.bundles = new Map();
    this.mask = null;
    this.network = inMemory(() => new vis.Network(container, { nodes: this.nodes, edges: this.edges }, drawing.options));
    this.network.on("click", (event) => this.click(event));
    const at = (event) => [event.offsetX ?? 0, event.offsetY ?? 0];
    this.network.on("hoverNode", ({ node, event }) => on.hover({ node }, ...at(event)));
    this.network.on("hoverEdge", ({ edge, event }) => on.hover({ link: this.link(edge) }, ...at(event)));
    this.network.on("blurNode", () => on.hover(null, 0, 0));
    this.network.on("blurEdge", () => on.hover(null, 0, 0));
    this.network.on("afterDrawing", (context) => on.frame(context));
    // The container has the focus and the keys, not the element inside.
    container.querySelector(".vis-network")?.removeAttribute("tabindex");
  }

  click({ nodes, edges }) {
    if (nodes.length) this.on.node(nodes[0]);
    else if (edges.length) this.on.link(this.link(edges[0]));
    else this.on.background();
  }

  link(id) {
    const { model } = this;
    if (typeof id === "string") return { ...this.bundles.get(id), pair: -1 };
    return { a: model.pairA[id], b: model.pairB[id], pair: id };
  }

  /** Show what the masks say, with the next `highlight`: every change of vis-network's data draws at once. */
  setVisible(visible) {
    this.mask = visible;
    if (this.bundles.size) this.edges.remove([...this.bundles.keys()]);
    this.bundles = new Map(visible.bundles.map((bundle) => [bundleId(bundle), bundle]));
  }

  /**
   * Dim all but some; `null` dims nothing.
   * @param {{nodes: Set<number>, pairs: Set<number>} | null} bright
   * @param {number[]} selected nodes to ring
   */
  highlight(bright, selected) {
    const { model, mask } = this;
    const ringed = new Set(selected);
    const nodes = [];
    for (let n = 0; n < model.total; n++) {
      const { colour } = palette[model.type[n]];
      const fill = !bright || bright.nodes.has(n) ? colour : faded(colour);
      const border = ringed.has(n) ? INK : fill;
      const hover = { background: fill, border: INK };
      nodes.push({ id: n, hidden: !mask.drawnNodes[n], borderWidth: ringed.has(n) ? 4 : 1.5, color: { background: fill, border, highlight: hover, hover } });
    }
    const edges = [];
    const paint = (id, on, more) => {
      const color = bright ? (on ? ACCENT : faded(LINE)) : LINE;
      edges.push({ id, color: { color, highlight: ACCENT, hover: ACCENT }, ...more });
    };
    for (let p = 0; p < model.pairCount; p++) paint(p, !bright || bright.pairs.has(p), { hidden: !mask.drawnPairs[p] });
    for (const [id, { a, b, edges: members }] of this.bundles) {
      paint(id, !bright || (bright.nodes.has(a) && bright.nodes.has(b)), { from: a, to: b, width: linkWidth(members.length) });
    }
    this.nodes.update(nodes);
    this.edges.update(edges);
    this.network.unselectAll();
  }

  place(n) {
    const { x, y } = this.network.canvasToDOM({ x: this.model.x[n], y: this.model.y[n] });
    return [x, y];
  }

  /** Screen pixels a world unit. */
  get scale() {
    return this.network.getScale();
  }

  nodeRadius(n) {
    return this.model.radius[n] * this.network.getScale();
  }

  /** Nodes that are drawn, in order of importance. */
  *drawnNodes() {
    for (let n = 0; n < this.model.total; n++) if (!this.mask || this.mask.drawnNodes[n]) yield n;
  }

  *drawnLinks() {
    for (let p = 0; p < this.model.pairCount; p++) if (!this.mask || this.mask.drawnPairs[p]) yield this.link(p);
    for (const bundle of this.bundles.values()) yield { ...bundle, pair: -1 };
  }

  /**
   * Bring nodes into view; all visible ones for an empty list.
   * @param {number} [covered] pixels at the bottom that something else covers
   */
  fit(nodes = [], animate = true, covered = 0) {
    const wanted = nodes.length ? nodes : [...this.drawnNodes()];
    if (!wanted.length) return;
    const xs = wanted.map((n) => this.model.x[n]);
    const ys = wanted.map((n) => this.model.y[n]);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = this.container;
    // Labels have the same size at every scale, so the margin for them is one of screen pixels.
    const scale = Math.min((clientWidth - 170) / (right - left + 1), (clientHeight - covered - 130) / (bottom - top + 1), 1.6);
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 + covered / 2 / Math.max(scale, 0.02) },
      scale: Math.max(scale, 0.02),
      animation: animate ? { duration: 350, easingFunction: "easeInOutQuad" } : false,
    });
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.min(8, Math.max(0.02, this.network.getScale() * factor)), animation: { duration: 150 } });
  }

  redraw() {
    this.network.redraw();
  }

  /** The canvases that hold the drawing, for PNG. */
  canvases() {
    return [this.container.querySelector(".vis-network canvas")];
  }
}
