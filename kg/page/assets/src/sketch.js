/**
 * The first frame of a small graph: what vis-network will draw, on a plain canvas, so that the reader need not wait for
 * the library. Distances and arrow heads are those of vis-network 9, so that nothing moves when it takes over.
 */
import { shapePath } from "./export.js";
import { INK, faded } from "./look.js";
import palette from "./palette.json" with { type: "json" };

const DASHES = [5, 5];
const BORDER = 1.5;

export class Sketch {
  /** @param {HTMLElement} container */
  constructor(container, model) {
    Object.assign(this, { container, model });
    this.canvas = document.createElement("canvas");
    this.canvas.className = "sketch";
    container.append(this.canvas);
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
  }

  /**
   * @param {{x: number, y: number, scale: number}} view the middle of the canvas in world units, pixels a unit
   * @param {Iterable<{a: number, b: number, width: number, colour: string, dashes: boolean, arrows: string}>} links
   * @param {Iterable<number>} nodes
   * @param {{nodes: Set<number>} | null} bright
   * @param {Set<number>} ringed
   */
  draw(view, links, nodes, bright, ringed) {
    const { canvas, container, context, model } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [container.clientWidth, container.clientHeight];
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const scale = ratio * view.scale;
    context.setTransform(scale, 0, 0, scale, (ratio * width) / 2 - view.x * scale, (ratio * height) / 2 - view.y * scale);
    for (const link of links) this.line(link);
    context.setLineDash([]);
    for (const n of nodes) {
      const { colour, shape } = palette[model.type[n]];
      const path = new Path2D();
      path.addPath(new Path2D(shapePath(shape, model.radius[n])), { e: model.x[n], f: model.y[n] });
      context.fillStyle = !bright || bright.nodes.has(n) ? colour : faded(colour);
      context.strokeStyle = ringed.has(n) ? INK : context.fillStyle;
      context.lineWidth = ringed.has(n) ? 4 : BORDER;
      context.fill(path);
      context.stroke(path);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }

  line({ a, b, width, colour, dashes, arrows }) {
    const { context, model } = this;
    const angle = Math.atan2(model.y[b] - model.y[a], model.x[b] - model.x[a]);
    let start = [model.x[a], model.y[a]];
    let end = [model.x[b], model.y[b]];
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = width;
    if (arrows === "to") end = this.arrow(b, angle, width);
    if (arrows === "from") start = this.arrow(a, angle + Math.PI, width);
    context.setLineDash(dashes ? DASHES : []);
    context.beginPath();
    context.moveTo(...start);
    context.lineTo(...end);
    context.stroke();
  }

  /** An arrow head at a node that is reached at an angle; where its line ends. */
  arrow(n, angle, width) {
    const { context, model } = this;
    const length = 7.5 + 3 * width;
    const radius = model.radius[n] + BORDER / 2;
    const round = palette[model.type[n]].shape === "dot";
    const away = round ? radius : Math.min(Math.abs(radius / Math.cos(angle)), Math.abs(radius / Math.sin(angle)));
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const at = (along, aside) => [model.x[n] - cos * (away + along) - sin * aside, model.y[n] - sin * (away + along) + cos * aside];
    context.beginPath();
    for (const [i, corner] of [at(0, 0), at(length, 0.3 * length), at(0.9 * length, 0), at(length, -0.3 * length)].entries()) {
      if (i) context.lineTo(...corner);
      else context.moveTo(...corner);
    }
    context.closePath();
    context.fill();
    return at(0.9 * length, 0);
  }

  remove() {
    this.canvas.remove();
  }
}
