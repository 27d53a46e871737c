/** The graph drawn by vis-network, for graphs that it keeps fluid. */
/* global vis */
import palette from "./palette.json" with { type: "json" };

const FADED = 0.18;

export class VisRenderer {
  /**
   * @param {HTMLElement} container
   * @param {import("./model.js").Model} model
   * @param {{nodes: any[], edges: any[], options: any}} drawing what pyvis wrote
   * @param {{node: (n: number) => void, pair: (p: number) => void, background: () => void,
   *   hover: (what: {node?: number, pair?: number} | null, x: number, y: number) => void, frame: () => void}} on
   */
  constructor(container, model, drawing, on) {
    this.model = model;
    this.container = container;
    this.nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, x: model.x[node.id], y: model.y[node.id] })));
    this.edges = new vis.DataSet(drawing.edges);
    this.mask = null;
    this.bright = null;
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, drawing.options);
    this.network.on("click", ({ nodes, edges }) => {
      if (nodes.length) on.node(nodes[0]);
      else if (edges.length) on.pair(edges[0]);
      else on.background();
    });
    const at = (event) => [event.offsetX ?? 0, event.offsetY ?? 0];
    this.network.on("hoverNode", ({ node, event }) => on.hover({ node }, ...at(event)));
    this.network.on("hoverEdge", ({ edge, event }) => on.hover({ pair: edge }, ...at(event)));
    this.network.on("blurNode", () => on.hover(null, 0, 0));
    this.network.on("blurEdge", () => on.hover(null, 0, 0));
    this.network.on("afterDrawing", on.frame);
    // The page moves the keyboard's focus through the list of neighbours, not through the canvas element.
    container.querySelector(".vis-network")?.removeAttribute("tabindex");
  }

  /** Show what the masks say. */
  setVisible(visible) {
    const before = this.mask;
    this.mask = visible;
    const nodes = [];
    for (let n = 0; n < this.model.size; n++) {
      if (!before || before.nodes[n] !== visible.nodes[n]) nodes.push({ id: n, hidden: !visible.nodes[n] });
    }
    const edges = [];
    for (let p = 0; p < this.model.pairCount; p++) {
      if (!before || before.pairs[p] !== visible.pairs[p]) edges.push({ id: p, hidden: !visible.pairs[p] });
    }
    if (nodes.length) this.nodes.update(nodes);
    if (edges.length) this.edges.update(edges);
  }

  /**
   * Dim all but some; `null` dims nothing.
   * @param {{nodes: Set<number>, pairs: Set<number>} | null} bright
   * @param {number[]} selected nodes to ring
   */
  highlight(bright, selected) {
    this.bright = bright;
    const ringed = new Set(selected);
    const nodes = [];
    for (let n = 0; n < this.model.size; n++) {
      const colour = palette[this.model.type[n]].colour;
      nodes.push({
        id: n,
        opacity: !bright || bright.nodes.has(n) ? 1 : FADED,
        borderWidth: ringed.has(n) ? 4 : 1.5,
        color: { background: colour, border: ringed.has(n) ? "#1d1a16" : colour, highlight: { background: colour, border: "#1d1a16" }, hover: { background: colour, border: "#1d1a16" } },
      });
    }
    const edges = [];
    for (let p = 0; p < this.model.pairCount; p++) {
      const on = !bright || bright.pairs.has(p);
      edges.push({ id: p, color: { color: bright && on ? "#8c3b1c" : "#b9ad9a", opacity: on ? 1 : FADED, highlight: "#8c3b1c", hover: "#8c7f6b" } });
    }
    this.nodes.update(nodes);
    this.edges.update(edges);
    this.network.unselectAll();
  }

  place(n) {
    const { x, y } = this.network.canvasToDOM({ x: this.model.x[n], y: this.model.y[n] });
    return [x, y];
  }

  get scale() {
    return this.network.getScale();
  }

  /** Nodes that are drawn, in order of importance. */
  *drawnNodes() {
    for (let n = 0; n < this.model.size; n++) if (!this.mask || this.mask.nodes[n]) yield n;
  }

  *drawnPairs() {
    for (let p = 0; p < this.model.pairCount; p++) if (!this.mask || this.mask.pairs[p]) yield p;
  }

  /** Bring nodes into view; all visible ones for an empty list. */
  fit(nodes = [], animate = true) {
    const wanted = nodes.length ? nodes : [...this.drawnNodes()];
    if (!wanted.length) return;
    const xs = wanted.map((n) => this.model.x[n]);
    const ys = wanted.map((n) => this.model.y[n]);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = this.container;
    // Labels have the same size at every scale, so the margin for them is one of screen pixels.
    const scale = Math.min((clientWidth - 110) / (right - left + 1), (clientHeight - 110) / (bottom - top + 1), 1.6);
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.max(scale, 0.02),
      animation: animate ? { duration: 350, easingFunction: "easeInOutQuad" } : false,
    });
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.min(8, Math.max(0.02, this.scale * factor)), animation: { duration: 150 } });
  }

  redraw() {
    this.network.redraw();
  }

  /** The canvas that holds the drawing, for PNG. */
  canvases() {
    return [this.container.querySelector(".vis-network canvas")];
  }
}
