/** The graph on a plain canvas: for large graphs where WebGL is not to be had. Draws what `choose.js` chooses. */
import { chooseLinks, chooseNodes, isBright } from "./choose.js";
import { shapePath } from "./export.js";
import { distanceToSegment, extent, sizes } from "./geometry.js";
import { ACCENT, INK, LINE, faded } from "./look.js";
import palette from "./palette.json" with { type: "json" };

const MOST_NODES = 1000;
const MOST_LINKS = 1500;

export class CanvasRenderer {
  /**
   * @param {HTMLElement} container
   * @param {import("./model.js").Model} model
   * @param {import("./renderer.js").Listeners} on
   */
  constructor(container, model, on) {
    Object.assign(this, { container, model, on });
    this.bright = null;
    this.ringed = new Set();
    this.nodesDrawn = [];
    this.linksDrawn = [];
    this.size = sizes(model);
    this.paths = Object.fromEntries(Object.values(palette).map(({ shape }) => [shape, new Path2D(shapePath(shape, 1))]));
    this.canvas = document.createElement("canvas");
    this.canvas.className = "plain";
    container.append(this.canvas);
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    const { left, right, top, bottom } = extent(model);
    this.middle = [(left + right) / 2, (top + bottom) / 2];
    this.whole = Math.min((container.clientWidth - 100) / (right - left + 1), (container.clientHeight - 100) / (bottom - top + 1));
    this.scale = this.whole;
    this.listen();
  }

  listen() {
    const pointers = new Map();
    let moved = 0;
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.isTrusted) canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      moved = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) {
        this.hover(event.offsetX, event.offsetY);
        return;
      }
      const now = [event.offsetX, event.offsetY];
      const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
      moved += Math.hypot(dx, dy);
      const others = [...pointers].filter(([id]) => id !== event.pointerId);
      pointers.set(event.pointerId, now);
      if (others.length === 1) {
        const [ox, oy] = others[0][1];
        const factor = Math.hypot(now[0] - ox, now[1] - oy) / (Math.hypot(before[0] - ox, before[1] - oy) || 1);
        this.zoomAt(factor, ox, oy);
      } else {
        this.middle = [this.middle[0] - dx / this.scale, this.middle[1] - dy / this.scale];
        this.rebuild();
      }
    });
    const end = (event) => {
      pointers.delete(event.pointerId);
      if (event.type === "pointerup" && moved < 5) this.click(event.offsetX, event.offsetY);
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("pointerleave", () => this.on.hover(null, 0, 0));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoomAt(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.offsetX, event.offsetY);
    }, { passive: false });
  }

  click(x, y) {
    const node = this.nodeAt(x, y);
    const link = node === undefined ? this.linkAt(x, y) : null;
    if (node !== undefined) this.on.node(node);
    else if (link) this.on.link(link);
    else this.on.background();
  }

  hover(x, y) {
    const node = this.nodeAt(x, y);
    const link = node === undefined ? this.linkAt(x, y) : null;
    this.on.hover(node !== undefined ? { node } : link ? { link } : null, x, y);
  }

  nodeAt(x, y) {
    return this.nodesDrawn.findLast((n) => {
      const [nx, ny] = this.place(n);
      return Math.hypot(nx - x, ny - y) <= Math.max(this.nodeRadius(n), 4);
    });
  }

  linkAt(x, y) {
    return this.linksDrawn.find(({ a, b }) => distanceToSegment(x, y, ...this.place(a), ...this.place(b)) < 5) ?? null;
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

  rebuild() {
    if (!this.mask || this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const { clientWidth: width, clientHeight: height } = this.container;
      const [dx, dy] = [width / 2 / this.scale, height / 2 / this.scale];
      const view = { left: this.middle[0] - dx, right: this.middle[0] + dx, top: this.middle[1] - dy, bottom: this.middle[1] + dy };
      const far = (this.model.communities[0]?.reach ?? Infinity) * this.scale < width * 0.3;
      this.nodesDrawn = chooseNodes(this.model, this.mask, view, this.bright, MOST_NODES);
      this.linksDrawn = chooseLinks(this.model, this.mask, this.nodesDrawn, this.bright, MOST_LINKS, far);
      this.draw(width, height);
      this.on.frame(this.context);
    });
  }

  draw(width, height) {
    const { canvas, context, bright } = this;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const on of [false, true]) {
      context.strokeStyle = on ? ACCENT : faded(LINE, bright ? 0.3 : 0.5);
      context.beginPath();
      for (const link of this.linksDrawn) {
        if ((bright ? isBright(link, bright) : false) !== on) continue;
        context.moveTo(...this.place(link.a));
        context.lineTo(...this.place(link.b));
      }
      context.stroke();
    }
    for (let i = this.nodesDrawn.length - 1; i >= 0; i--) {
      const n = this.nodesDrawn[i];
      const { colour, shape } = palette[this.model.type[n]];
      const [x, y] = this.place(n);
      const r = this.nodeRadius(n) * (this.ringed.has(n) ? 1.5 : 1);
      context.setTransform(ratio * r, 0, 0, ratio * r, ratio * x, ratio * y);
      context.fillStyle = this.ringed.has(n) ? INK : !bright || bright.nodes.has(n) ? colour : faded(colour);
      context.fill(this.paths[shape]);
    }
  }

  place(n) {
    const { clientWidth, clientHeight } = this.container;
    return [(this.model.x[n] - this.middle[0]) * this.scale + clientWidth / 2, (this.model.y[n] - this.middle[1]) * this.scale + clientHeight / 2];
  }

  nodeRadius(n) {
    return this.size[n] * Math.sqrt(this.scale / this.whole);
  }

  drawnNodes() {
    return this.nodesDrawn;
  }

  drawnLinks() {
    return this.linksDrawn;
  }

  /**
   * Bring nodes into view; everything for an empty list.
   * @param {number} [covered] pixels at the bottom that something else covers
   */
  fit(nodes = [], _animate = true, covered = 0) {
    const { left, right, top, bottom } = extent(this.model, nodes.length ? nodes : undefined);
    const { clientWidth, clientHeight } = this.container;
    this.scale = Math.min((clientWidth - 140) / (right - left + 1), (clientHeight - covered - 140) / (bottom - top + 1), this.whole * 200, 2);
    this.middle = [(left + right) / 2, (top + bottom) / 2 + covered / 2 / this.scale];
    this.rebuild();
  }

  zoom(factor) {
    this.zoomAt(factor, this.container.clientWidth / 2, this.container.clientHeight / 2);
  }

  /** Zoom so that what lies under a point stays there. */
  zoomAt(factor, x, y) {
    const scale = Math.max(this.whole / 4, Math.min(this.whole * 2000, this.scale * factor));
    const [dx, dy] = [x - this.container.clientWidth / 2, y - this.container.clientHeight / 2];
    this.middle = [this.middle[0] + dx / this.scale - dx / scale, this.middle[1] + dy / this.scale - dy / scale];
    this.scale = scale;
    this.rebuild();
  }

  redraw() {
    this.rebuild();
  }

  canvases() {
    return [this.canvas];
  }
}
