/** Far out: communities as names, and the relations between them as bundles, on a canvas behind the graph. */
import { LINE } from "./look.js";

const MOST_BUNDLES = 160;

export class CommunityLayer {
  constructor(container, model) {
    this.model = model;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "communities";
    this.canvas.setAttribute("aria-hidden", "true");
    container.prepend(this.canvas);
    // Kept in the processor's memory (see `main-sigma.js`): wide translucent curves are what a missing GPU is slowest at.
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.bundles = [];
    this.present = [];
  }

  /** Count again what leads from community to community. */
  setVisible(mask) {
    const { model } = this;
    const counts = new Map();
    for (let p = 0; p < model.pairCount; p++) {
      if (!mask.pairs[p]) continue;
      const a = model.community[model.pairA[p]];
      const b = model.community[model.pairB[p]];
      if (a === b || a < 0 || b < 0) continue;
      const key = Math.min(a, b) * model.communities.length + Math.max(a, b);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    this.bundles = [...counts]
      .sort(([k, x], [l, y]) => y - x || k - l)
      .slice(0, MOST_BUNDLES)
      .map(([key, count]) => ({ a: Math.floor(key / model.communities.length), b: key % model.communities.length, count }));
    this.present = model.communities.map((group) => group.members.some((n) => mask.nodes[n]));
  }

  /** @param {{width: number, height: number, place: (n: number) => number[], scale: number}} view */
  draw({ width, height, place, scale }) {
    const ratio = window.devicePixelRatio || 1;
    const { canvas, context, model } = this;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const places = model.communities.map((_, c) => place(model.size + c));
    context.fillStyle = "rgba(140,120,80,0.055)";
    model.communities.forEach((group, c) => {
      const r = group.reach * scale;
      if (!this.present[c] || r < 6 || group.members.length < 6) return;
      context.beginPath();
      context.arc(...places[c], r, 0, 2 * Math.PI);
      context.fill();
    });
    // Bundles show where communities are small enough to be seen as one.
    context.strokeStyle = LINE;
    for (const { a, b, count } of this.bundles) {
      const near = Math.max(model.communities[a].reach, model.communities[b].reach) * scale;
      const strength = Math.max(0, Math.min(1, (width * 0.45 - near) / (width * 0.3)));
      if (!strength) continue;
      const [ax, ay] = places[a];
      const [bx, by] = places[b];
      context.globalAlpha = 0.16 * strength;
      context.lineWidth = Math.min(0.5 + Math.log2(count) * 0.8, 7);
      context.beginPath();
      context.moveTo(ax, ay);
      context.quadraticCurveTo((ax + bx) / 2 + (by - ay) * 0.12, (ay + by) / 2 - (bx - ax) * 0.12, bx, by);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}
