/** The graph drawn by vis-network, for graphs that it keeps fluid; its first frame is a sketch of the same. */
/* global vis */
import palette from "./palette.json" with { type: "json" };
import { ACCENT, INK, LINE, faded, linkWidth } from "./look.js";
import { Sketch } from "./sketch.js";

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

/** Run the library, which stands in the page as text: the Content-Security-Policy knows its hash. */
function loadLibrary() {
  const script = document.createElement("script");
  script.textContent = document.getElementById("kg-library").textContent;
  document.head.append(script);
}

export class VisRenderer {
  /**
   * @param {HTMLElement} container
   * @param {import("./model.js").Model} model
   * @param {{nodes: any[], edges: any[], options: any}} drawing what pyvis wrote
   * @param {import("./renderer.js").Listeners} on
   */
  constructor(container, model, drawing, on) {
    Object.assign(this, { container, model, drawing, on });
    this.bundles = new Map();
    this.mask = null;
    this.view = { x: 0, y: 0, scale: 1 };
    this.sketch = new Sketch(container, model);
    this.network = null;
  }

  /** Let vis-network take over from the sketch. */
  async complete() {
    loadLibrary();
    const { container, drawing, model, on } = this;
    const nodes = drawing.nodes.map((node) => ({ ...node, x: model.x[node.id], y: model.y[node.id] }));
    for (let n = model.size; n < model.total; n++) {
      nodes.push({ id: n, label: " ", shape: palette.community.shape, color: palette.community.colour, size: model.radius[n], x: model.x[n], y: model.y[n], hidden: true });
    }
    this.nodes = new vis.DataSet(nodes);
    this.edges = new vis.DataSet(drawing.edges);
    // It empties the element that it draws in.
    const host = document.createElement("div");
    host.className = "host";
    container.prepend(host);
    const network = inMemory(() => new vis.Network(host, { nodes: this.nodes, edges: this.edges }, drawing.options));
    network.on("click", (event) => this.click(event));
    const at = (event) => [event.offsetX ?? 0, event.offsetY ?? 0];
    network.on("hoverNode", ({ node, event }) => on.hover({ node }, ...at(event)));
    network.on("hoverEdge", ({ edge, event }) => on.hover({ link: this.link(edge) }, ...at(event)));
    network.on("blurNode", () => on.hover(null, 0, 0));
    network.on("blurEdge", () => on.hover(null, 0, 0));
    // The container has the focus and the keys, not the element inside.
    host.querySelector(".vis-network")?.removeAttribute("tabindex");
    this.network = network;
    this.paint();
    this.move(this.view);
    network.on("afterDrawing", (context) => on.frame(context));
    network.redraw();
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    this.sketch.remove();
    this.sketch = null;
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
    if (this.network && this.bundles.size) this.edges.remove([...this.bundles.keys()]);
    this.bundles = new Map(visible.bundles.map((bundle) => [bundleId(bundle), bundle]));
  }

  /**
   * Dim all but some; `null` dims nothing.
   * @param {{nodes: Set<number>, pairs: Set<number>} | null} bright
   * @param {number[]} selected nodes to ring
   */
  highlight(bright, selected) {
    this.bright = bright;
    this.ringed = new Set(selected);
    if (this.network) this.paint();
    else this.trace();
  }

  /** Give vis-network what is shown, dimmed and ringed. */
  paint() {
    const { model, mask, bright, ringed } = this;
    const nodes = [];
    for (let n = 0; n < model.total; n++) {
      const { colour } = palette[model.type[n]];
      const fill = !bright || bright.nodes.has(n) ? colour : faded(colour);
      const border = ringed.has(n) ? INK : fill;
      const hover = { background: fill, border: INK };
      nodes.push({ id: n, hidden: !mask.drawnNodes[n], borderWidth: ringed.has(n) ? 4 : 1.5, color: { background: fill, border, highlight: hover, hover } });
    }
    const edges = [];
    const paint = (id, color, more) => edges.push({ id, color: { color, highlight: ACCENT, hover: ACCENT }, ...more });
    for (let p = 0; p < model.pairCount; p++) paint(p, this.lineColour({ pair: p }), { hidden: !mask.drawnPairs[p] });
    for (const [id, { a, b, edges: members }] of this.bundles) {
      paint(id, this.lineColour({ a, b, pair: -1 }), { from: a, to: b, width: linkWidth(members.length) });
    }
    this.nodes.update(nodes);
    this.edges.update(edges);
    this.network.unselectAll();
  }

  lineColour({ a, b, pair }) {
    const { bright } = this;
    if (!bright) return LINE;
    const on = pair < 0 ? bright.nodes.has(a) && bright.nodes.has(b) : bright.pairs.has(pair);
    return on ? ACCENT : faded(LINE);
  }

  /** Draw the sketch in the next frame: what is asked for before that is drawn at once. */
  trace() {
    this.tracing ??= requestAnimationFrame(() => {
      this.tracing = null;
      if (!this.sketch) return;
      const links = [...this.drawnLinks()].map((link) => {
        const { width, dashes, arrows } = this.drawing.edges[link.pair] ?? { width: linkWidth(link.edges.length) };
        return { ...link, width, dashes, arrows, colour: this.lineColour(link) };
      });
      this.on.frame(this.sketch.draw(this.view, links, this.drawnNodes(), this.bright, this.ringed));
    });
  }

  place(n) {
    const [x, y] = [this.model.x[n], this.model.y[n]];
    if (this.network) {
      const place = this.network.canvasToDOM({ x, y });
      return [place.x, place.y];
    }
    const { clientWidth, clientHeight } = this.container;
    return [(x - this.view.x) * this.view.scale + clientWidth / 2, (y - this.view.y) * this.view.scale + clientHeight / 2];
  }

  /** Screen pixels a world unit. */
  get scale() {
    return this.network ? this.network.getScale() : this.view.scale;
  }

  nodeRadius(n) {
    return this.model.radius[n] * this.scale;
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
    const view = { x: (left + right) / 2, y: (top + bottom) / 2 + covered / 2 / Math.max(scale, 0.02), scale: Math.max(scale, 0.02) };
    this.move(view, animate ? { duration: 350, easingFunction: "easeInOutQuad" } : false);
  }

  move(view, animation = false) {
    this.view = view;
    if (this.network) this.network.moveTo({ position: { x: view.x, y: view.y }, scale: view.scale, animation });
    else this.trace();
  }

  zoom(factor) {
    const scale = Math.min(8, Math.max(0.02, this.scale * factor));
    if (this.network) this.network.moveTo({ scale, animation: { duration: 150 } });
    else this.move({ ...this.view, scale });
  }

  redraw() {
    if (this.network) this.network.redraw();
    else this.trace();
  }

  /** The canvases that hold the drawing, for PNG. */
  canvases() {
    return [this.network ? this.container.querySelector(".vis-network canvas") : this.sketch.canvas];
  }
}
