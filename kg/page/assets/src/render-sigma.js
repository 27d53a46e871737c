/**
 * The graph drawn by sigma.js (WebGL), for large graphs.
 *
 * On a machine without a GPU the number of lines in a frame decides how fluid it is, so a frame holds a few thousand
 * at most: the most important nodes of what is in view and the lines among them. Zooming in brings the others.
 */
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram } from "sigma/rendering";
import palette from "./palette.json" with { type: "json" };
import { chooseLinks, chooseNodes, isBright } from "./choose.js";
import { distanceToSegment, extent, sizes } from "./geometry.js";
import { ACCENT, INK, LINE, faded } from "./look.js";
import { ShapeProgram } from "./shapes.js";

export const MOST_NODES = 1500;
export const MOST_LINKS = 2500;
const SETTLE = 120;

/** Sigma asks the GPU which node lies under the pointer, and waits for it at every move; asking the list is faster. */
class PickingSigma extends Sigma {
  constructor(renderer, ...rest) {
    super(...rest);
    this.renderer = renderer;
  }

  getNodeAtPosition({ x, y }) {
    const n = this.renderer?.nodeAt(x, y);
    return n === undefined ? null : String(n);
  }
}

export class SigmaRenderer {
  /**
   * @param {HTMLElement} container
   * @param {import("./model.js").Model} model
   * @param {import("./renderer.js").Listeners} on
   */
  constructor(container, model, on) {
    this.model = model;
    this.container = container;
    this.on = on;
    this.bright = null;
    this.ringed = new Set();
    this.nodesDrawn = [];
    this.linksDrawn = [];
    this.size = sizes(model);
    this.stage = document.createElement("div");
    this.stage.className = "sigma";
    container.append(this.stage);
    this.sigma = new PickingSigma(this, new Graph({ multi: true }), this.stage, {
      allowInvalidContainer: true,
      renderLabels: false,
      defaultDrawNodeHover: () => {},
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      nodeProgramClasses: { shape: ShapeProgram },
      edgeProgramClasses: { line: EdgeLineProgram },
      stagePadding: 50,
      minCameraRatio: 0.0005,
      maxCameraRatio: 3,
      zIndex: true,
    });
    const { left, right, top, bottom } = extent(model);
    this.sigma.setCustomBBox({ x: [left, right], y: [-bottom, -top] });
    this.camera = this.sigma.getCamera();
    this.camera.on("updated", () => this.moved());
    this.sigma.on("clickNode", ({ node }) => on.node(Number(node)));
    this.sigma.on("clickStage", ({ event }) => {
      const link = this.linkAt(event.x, event.y);
      if (link) on.link(link);
      else on.background();
    });
    this.sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    this.sigma.on("enterNode", ({ node, event }) => {
      this.overNode = true;
      on.hover({ node: Number(node) }, event.x, event.y);
    });
    this.sigma.on("leaveNode", () => {
      this.overNode = false;
      on.hover(null, 0, 0);
    });
    this.sigma.on("moveBody", ({ event }) => this.hoverLink(event));
    this.sigma.on("afterRender", () => on.frame());
  }

  hoverLink({ x, y }) {
    if (this.overNode) return;
    const link = this.linkAt(x, y);
    if (link) this.on.hover({ link }, x, y);
    else if (this.overLink) this.on.hover(null, 0, 0);
    this.overLink = link !== null;
  }

  /** The drawn node under a point; of several the smallest. */
  nodeAt(x, y) {
    let best;
    let smallest = Infinity;
    for (const n of this.nodesDrawn) {
      const [nx, ny] = this.place(n);
      const r = this.nodeRadius(n);
      if (Math.hypot(nx - x, ny - y) <= Math.max(r, 4) && r < smallest) [best, smallest] = [n, r];
    }
    return best;
  }

  /** The drawn line nearest to a point, within 5 pixels. */
  linkAt(x, y) {
    let best = null;
    let nearest = 5;
    for (const link of this.linksDrawn) {
      const [ax, ay] = this.place(link.a);
      const [bx, by] = this.place(link.b);
      const away = distanceToSegment(x, y, ax, ay, bx, by);
      if (away < nearest) [best, nearest] = [link, away];
    }
    return best;
  }

  setVisible(visible) {
    this.mask = visible;
    this.rebuild();
  }

  highlight(bright, selected) {
    this.bright = bright;
    this.ringed = new Set(selected);
    this.rebuild();
  }

  /** The camera moves: what is in view is chosen anew when it rests, and in between on long ways. */
  moved() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rebuild(), SETTLE);
  }

  /** Choose what is drawn, and draw it. */
  rebuild() {
    clearTimeout(this.resting);
    if (!this.mask) return;
    this.nodesDrawn = chooseNodes(this.model, this.mask, this.window(), this.bright, MOST_NODES);
    // Far out the bundles of `overview.js` stand for what leads from one community to another.
    const far = (this.model.communities[0]?.reach ?? Infinity) * this.scale < this.sigma.getDimensions().width * 0.3;
    this.linksDrawn = chooseLinks(this.model, this.mask, this.nodesDrawn, this.bright, MOST_LINKS, far);
    const { model, bright } = this;
    const graph = new Graph({ multi: true });
    for (const n of this.nodesDrawn) {
      const { colour, shape } = palette[model.type[n]];
      const on = !bright || bright.nodes.has(n);
      graph.addNode(n, {
        x: model.x[n], y: -model.y[n], size: this.size[n] * (this.ringed.has(n) ? 1.5 : 1), shape,
        color: this.ringed.has(n) ? INK : on ? colour : faded(colour), zIndex: on ? 2 : 1,
      });
    }
    for (const link of this.linksDrawn) {
      const on = bright ? isBright(link, bright) : false;
      graph.addEdge(link.a, link.b, { size: 1, color: bright ? (on ? ACCENT : faded(LINE, 0.3)) : faded(LINE, 0.5), zIndex: on ? 2 : 1 });
    }
    this.sigma.setGraph(graph);
  }

  /** What is in view and a margin around it, in world units. */
  window() {
    const { width, height } = this.sigma.getDimensions();
    const corners = [[-0.25, -0.25], [1.25, 1.25]].map(([i, j]) => this.sigma.viewportToGraph({ x: width * i, y: height * j }));
    const xs = corners.map((c) => c.x);
    const ys = corners.map((c) => -c.y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  place(n) {
    const { x, y } = this.sigma.graphToViewport({ x: this.model.x[n], y: -this.model.y[n] });
    return [x, y];
  }

  /** Screen pixels a world unit. */
  get scale() {
    return (this.sigma.graphToViewport({ x: 1000, y: 0 }).x - this.sigma.graphToViewport({ x: 0, y: 0 }).x) / 1000;
  }

  nodeRadius(n) {
    return this.size[n] / Math.sqrt(this.camera.ratio);
  }

  drawnNodes() {
    return this.nodesDrawn;
  }

  drawnLinks() {
    return this.linksDrawn;
  }

  /**
   * Bring nodes into view; all visible ones for an empty list.
   * @param {number} [covered] pixels at the bottom that something else covers
   */
  fit(nodes = [], animate = true, covered = 0) {
    let state = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const wanted = nodes.length ? nodes : indices(this.mask.drawnNodes).filter((n) => !this.model.isAlone(n));
    if (wanted.length) {
      const { width, height } = this.sigma.getDimensions();
      const framed = wanted.map((n) => this.sigma.viewportToFramedGraph(this.sigma.graphToViewport({ x: this.model.x[n], y: -this.model.y[n] })));
      const xs = framed.map((p) => p.x);
      const ys = framed.map((p) => p.y);
      const [left, right, low, high] = [min(xs), max(xs), min(ys), max(ys)];
      const side = Math.min(width, height);
      const ratio = Math.max(((right - left) * side) / Math.max(width - 140, 50), ((high - low) * side) / Math.max(height - covered - 140, 50), 0.004);
      const at = Math.min(ratio, 1.2);
      state = { x: (left + right) / 2, y: (low + high) / 2 - (covered / 2 / side) * at, ratio: at, angle: 0 };
    }
    if (animate) this.camera.animate(state, { duration: 350 });
    else this.camera.setState(state);
  }

  zoom(factor) {
    this.camera.animate({ ratio: this.camera.ratio / factor }, { duration: 150 });
  }

  redraw() {
    this.sigma.resize();
    this.sigma.refresh();
  }

  canvases() {
    // The buffers are empty again after each frame: draw one now and copy it in the same task.
    this.sigma.refresh({ schedule: false });
    const { edges, nodes } = this.sigma.getCanvases();
    return [edges, nodes];
  }
}

function indices(mask) {
  const out = [];
  for (let n = 0; n < mask.length; n++) if (mask[n]) out.push(n);
  return out;
}

const min = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
