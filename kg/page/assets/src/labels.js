/** Which labels are drawn, and where: the important ones first, none over another. */

/**
 * Break a name into lines of about `width` characters (a Latin letter counts half), at most `lines`.
 * @param {string} text
 * @returns {string[]}
 */
export function wrap(text, width = 11, lines = 3) {
  const measure = (s) => [...s].reduce((sum, c) => sum + (c.codePointAt(0) < 0x2e80 ? 0.55 : 1), 0);
  const total = measure(text);
  if (total <= width) return [text];
  const rows = Math.min(lines, Math.ceil(total / width));
  const target = Math.min(width, Math.ceil(total / rows) + 0.5);
  const out = [];
  let row = "";
  for (const c of text) {
    if (measure(row + c) > target) {
      if (out.length === rows - 1) return [...out, `${row.slice(0, -1)}…`];
      out.push(row);
      row = "";
    }
    row += c;
  }
  out.push(row);
  return out;
}

/** Boxes already taken, in a grid of cells so that asking stays cheap with thousands of labels. */
export class Room {
  constructor(cell = 64) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys(box) {
    for (let i = Math.floor(box.left / this.cell); i <= Math.floor(box.right / this.cell); i++) {
      for (let j = Math.floor(box.top / this.cell); j <= Math.floor(box.bottom / this.cell); j++) yield i * 100003 + j;
    }
  }

  isFree(box) {
    for (const key of this.keys(box)) {
      for (const b of this.cells.get(key) ?? []) {
        if (box.left < b.right && b.left < box.right && box.top < b.bottom && b.top < box.bottom) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.keys(box)) {
      const found = this.cells.get(key);
      if (found) found.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

const FONT = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';
/** Square pixels of canvas that a label has to itself on average: fewer is mud. */
const AREA = 7000;
/** Lines up to which the relations are written on them. */
const MOST_LABELLED = 400;

/** The canvas over the graph that holds all labels. */
export class LabelLayer {
  /** @param {HTMLElement} container */
  constructor(container, model) {
    this.model = model;
    this.container = container;
    this.widths = new Map();
    this.sprites = new Sprites();
  }

  /** The canvas, made when a renderer has none of its own to lend. */
  get canvas() {
    if (!this.own) {
      this.own = document.createElement("canvas");
      this.own.className = "labels";
      this.own.setAttribute("aria-hidden", "true");
      this.container.append(this.own);
    }
    return this.own;
  }

  /**
   * @param {object} view
   * @param {number} view.width CSS pixels
   * @param {number} view.height
   * @param {(n: number) => [number, number]} view.place screen position of a node
   * @param {Iterable<number>} view.nodes drawn nodes, in order of importance
   * @param {(n: number) => number} view.radius its radius on the screen
   * @param {(n: number) => string} view.name
   * @param {Iterable<import("./renderer.js").Link>} view.links what is drawn between nodes
   * @param {(n: number) => boolean} view.bright whether a node is not dimmed
   * @param {(link: import("./renderer.js").Link) => boolean} view.brightLink
   * @param {Set<number>} view.first nodes whose label comes before all others
   * @param {(link: import("./renderer.js").Link) => string} view.linkLabel
   * @param {CanvasRenderingContext2D} [lent] the renderer's own context, to draw on as its last layer
   */
  draw(view, lent) {
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = view;
    const { canvas } = lent ?? this;
    const context = lent ?? canvas.getContext("2d", { willReadFrequently: true });
    if (!lent && (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio))) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!lent) context.clearRect(0, 0, width, height);
    this.context = context;
    for (const item of this.layout(view)) this.sprites.draw(context, item, ratio);
    context.restore();
  }

  /** The labels of a view as `{x, y, lines, size, colour, halo, weight}`, for the canvas and for SVG. */
  layout(view) {
    const room = new Room();
    const out = [];
    const most = Math.max(40, (view.width * view.height) / AREA);
    const inside = ([x, y]) => x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20;
    const bodies = [];
    for (const n of view.nodes) {
      const place = view.place(n);
      if (inside(place)) bodies.push([n, place, view.radius(n)]);
    }
    const body = ([, [x, y], r]) => {
      const half = Math.max(r * 0.8, 2);
      return { left: x - half, right: x + half, top: y - half, bottom: y + half };
    };
    // Among few nodes no label covers any; among many only the more important ones are kept free.
    const few = bodies.length < 80;
    if (few) for (const each of bodies) room.take(body(each));
    const ordered = [...bodies.filter(([n]) => view.first.has(n)), ...bodies.filter(([n]) => !view.first.has(n))];
    for (const each of ordered) {
      if (out.length >= most) break;
      const [n, [x, y], r] = each;
      if (!few) room.take(body(each));
      const first = view.first.has(n);
      if (r < 2.2 && !first) continue;
      if (!view.bright(n) && !first) continue;
      const size = Math.round(Math.max(11, Math.min(16, 9 + r * 0.3)));
      const lines = wrap(view.name(n));
      const w = Math.max(...lines.map((line) => this.measure(line, size)));
      const high = lines.length * (size + 2);
      // Below the node, else right of it, left of it, above it.
      const tries = [[x, y + r + 2], [x + r + w / 2 + 4, y - high / 2], [x - r - w / 2 - 4, y - high / 2], [x, y - r - high - 2]];
      const boxes = tries.map(([cx, top]) => ({ left: cx - w / 2 - 2, right: cx + w / 2 + 2, top: top + 1, bottom: top + high }));
      const free = boxes.map((box) => room.isFree(box));
      const whole = boxes.findIndex((box, i) => free[i] && box.left >= 0 && box.right <= view.width);
      let chosen = whole >= 0 ? whole : free.indexOf(true);
      if (chosen < 0 && !first) continue;
      chosen = Math.max(chosen, 0);
      room.take(boxes[chosen]);
      const [cx, top] = tries[chosen];
      out.push({ x: cx, y: top, lines, size, colour: "#26221c", weight: this.model.type[n] === "event" || first ? 600 : 500, w });
    }
    const links = [...view.links].filter(view.brightLink);
    for (const link of links.length > MOST_LABELLED ? [] : links) {
      if (out.length >= most * 1.5) break;
      const [ax, ay] = view.place(link.a);
      const [bx, by] = view.place(link.b);
      const x = (ax + bx) / 2;
      const y = (ay + by) / 2;
      if (!inside([x, y])) continue;
      const length = Math.hypot(bx - ax, by - ay);
      if (length < 46) continue;
      const text = view.linkLabel(link);
      const size = 11;
      const w = this.measure(text, size);
      if (length < w + 24) continue;
      const box = { left: x - w / 2 - 2, right: x + w / 2 + 2, top: y - 8, bottom: y + 8 };
      if (!room.isFree(box)) continue;
      room.take(box);
      out.push({ x, y: y - 7, lines: [text], size, colour: "#6d5f4b", weight: 400, w });
    }
    return out;
  }

  measure(text, size) {
    const key = `${size}${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.context.font = `500 ${size}px ${FONT}`;
      width = this.context.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }
}

const MOST_SPRITES = 600;
const HALO = 4;

/**
 * Finished labels as small pictures: letters with a halo are slow to draw, and a label is drawn again in every frame.
 */
class Sprites {
  constructor() {
    this.kept = new Map();
    this.ratio = 0;
  }

  get({ lines, size, colour, weight, w }, ratio) {
    if (this.ratio !== ratio || this.kept.size > MOST_SPRITES) this.kept.clear();
    this.ratio = ratio;
    const key = `${size} ${weight} ${colour} ${lines.join("\n")}`;
    let sprite = this.kept.get(key);
    if (!sprite) {
      sprite = document.createElement("canvas");
      sprite.width = Math.ceil((w * 1.06 + 2 * HALO) * ratio);
      sprite.height = Math.ceil((lines.length * (size + 2) + 2 * HALO) * ratio);
      const context = sprite.getContext("2d", { willReadFrequently: true });
      context.scale(ratio, ratio);
      context.font = `${weight} ${size}px ${FONT}`;
      context.textAlign = "center";
      context.textBaseline = "top";
      context.lineJoin = "round";
      context.strokeStyle = "rgba(251,249,245,0.92)";
      context.lineWidth = 3.5;
      context.fillStyle = colour;
      lines.forEach((line, i) => {
        const y = HALO + i * (size + 2);
        context.strokeText(line, sprite.width / ratio / 2, y);
        context.fillText(line, sprite.width / ratio / 2, y);
      });
      this.kept.set(key, sprite);
    }
    return sprite;
  }

  draw(context, item, ratio) {
    const sprite = this.get(item, ratio);
    // Whole pixels keep the letters sharp.
    const snap = (v) => Math.round(v * ratio) / ratio;
    context.drawImage(sprite, snap(item.x - sprite.width / ratio / 2), snap(item.y - HALO), sprite.width / ratio, sprite.height / ratio);
  }
}
