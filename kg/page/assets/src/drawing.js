/** The drawing: a renderer, the labels over it, the overview behind it, the tooltip, and its export. */
import { fill, h } from "./dom.js";
import { download, toPng, toSvg } from "./export.js";
import { edgeLabel, label, t } from "./i18n.js";
import { LabelLayer } from "./labels.js";
import { CommunityLayer } from "./overview.js";

export class Drawing {
  /**
   * @param {HTMLElement} canvas what the renderer draws in
   * @param {HTMLElement} tip
   * @param {import("./model.js").Model} model
   * @param {(on: Partial<import("./renderer.js").Listeners>) => any} makeRenderer
   * @param {boolean} large whether communities are shown behind the graph
   */
  constructor(canvas, tip, model, makeRenderer, large) {
    Object.assign(this, { canvas, tip, model });
    this.mask = null;
    this.bright = null;
    this.ringed = new Set();
    this.renderer = makeRenderer({ hover: (what, x, y) => this.hover(what, x, y), frame: (context) => this.draw(context) });
    this.labels = new LabelLayer(canvas, model);
    this.overview = large ? new CommunityLayer(canvas, model) : null;
  }

  /**
   * Bring nodes into view; all visible ones for an empty list. Labels are drawn from the first time on.
   * @param {number} covered pixels at the bottom that something else covers
   */
  fit(nodes, animate, covered) {
    this.placed = true;
    this.renderer.fit(nodes, animate, covered);
  }

  setVisible(mask) {
    this.mask = mask;
    this.renderer.setVisible(mask);
    this.overview?.setVisible(mask);
  }

  /** Dim all but `bright` (`null`: nothing is dimmed) and ring some nodes. */
  highlight(bright, ringed) {
    this.bright = bright;
    this.ringed = new Set(ringed);
    this.renderer.highlight(bright, ringed);
  }

  view() {
    const { bright } = this;
    return {
      width: this.canvas.clientWidth,
      height: this.canvas.clientHeight,
      scale: this.renderer.scale,
      place: (n) => this.renderer.place(n),
      radius: (n) => this.renderer.nodeRadius(n),
      name: (n) => this.nameOf(n),
      nodes: this.renderer.drawnNodes(),
      links: this.renderer.drawnLinks(),
      bright: (n) => !bright || bright.nodes.has(n),
      brightLink: ({ a, b, pair }) => !bright || (pair < 0 ? bright.nodes.has(a) && bright.nodes.has(b) : bright.pairs.has(pair)),
      first: this.ringed,
      linkLabel: (link) => this.linkLabel(link),
    };
  }

  draw(context) {
    if (!this.labels || !this.mask || !this.placed) return;
    this.overview?.draw(this.view());
    this.labels.draw(this.view(), context);
  }

  async exportPng() {
    download(await toPng([...(this.overview ? [this.overview.canvas] : []), ...this.renderer.canvases(), ...(this.labels.own ? [this.labels.own] : [])]), `${this.fileName()}.png`);
  }

  exportSvg() {
    const view = { ...this.view(), nodes: [...this.renderer.drawnNodes()], links: [...this.renderer.drawnLinks()] };
    const svg = toSvg(this.model, view, this.labels.layout(view));
    download(new Blob([svg], { type: "image/svg+xml" }), `${this.fileName()}.svg`);
  }

  fileName() {
    return this.model.title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60) || "graph";
  }

  hover(what, x, y) {
    this.canvas.classList.toggle("pointing", what !== null);
    if (!what) {
      this.tip.hidden = true;
      return;
    }
    const { model } = this;
    if (what.node !== undefined) {
      const n = what.node;
      const more = [label("types", model.type[n]), ...model.eventKinds(n).map((k) => label("events", k)), `${model.degree[n]} ${t(n < model.size ? "edges" : "members")}`];
      fill(this.tip, h("strong", {}, this.nameOf(n)), h("span", { class: "meta" }, more.join(" · ")));
    } else {
      const edges = this.linkEdges(what.link);
      fill(
        this.tip,
        edges.slice(0, 6).map((e) => h("span", {}, `${model.name[model.source[e]]} ${edgeLabel(model.kind[e], model.detail[e])} ${model.name[model.target[e]]}`)),
        edges.length > 6 ? h("span", { class: "meta" }, `+ ${edges.length - 6}`) : null,
        edges.length && model.details ? h("span", { class: "meta quote" }, model.evidence(model.edgeEvidence[edges[0]][0]).quote) : null,
      );
    }
    this.tip.hidden = false;
    const { clientWidth, clientHeight } = this.canvas;
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - this.tip.offsetWidth - 4))}px`;
    this.tip.style.top = `${Math.max(4, Math.min(y + 14, clientHeight - this.tip.offsetHeight - 4))}px`;
  }

  nameOf(n) {
    const { model } = this;
    return n < model.size ? model.name[n] : `${model.name[n]} ${t("and")} ${model.degree[n]}`;
  }

  linkEdges(link) {
    return (link.pair < 0 ? link.edges : [...this.model.edgesOf(link.pair)]).filter((e) => this.mask.edges[e]);
  }

  /** What a line is called in the drawing: its relations, the first three. */
  linkLabel(link) {
    const { model } = this;
    const edges = this.linkEdges(link);
    const words = [...new Set(edges.map((e) => edgeLabel(model.kind[e], model.detail[e])))];
    if (link.pair < 0 && words.length > 3) return `${edges.length} ${t("edges")}`;
    return words.slice(0, 3).join("·") + (words.length > 3 ? "…" : "");
  }
}
