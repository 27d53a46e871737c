/** The page: puts the parts together and keeps them in step with the state. */
import { h, fill } from "./dom.js";
import { Drawing } from "./drawing.js";
import { Timeline, visible } from "./filters.js";
import { towards } from "./geometry.js";
import { fillHead, fillTools } from "./head.js";
import { currentLanguage, setLanguage, t } from "./i18n.js";
import { MapView } from "./map.js";
import { Model } from "./model.js";
import { Panel } from "./panel.js";
import { badge } from "./parts.js";
import { shortestPath } from "./paths.js";
import { readBlock } from "./payload.js";
import { Search } from "./search.js";
import { SearchBox } from "./searchbox.js";
import { Sidebar } from "./sidebar.js";
import { SEPARATOR, Store, fromHash, initialState, toHash } from "./state.js";
import { TableView } from "./table.js";

const FILTERS = ["offTypes", "offKinds", "offEvents", "from", "to", "place", "isolated", "candidates", "bylines", "ego", "depth", "node", "pathFrom", "pathTo", "folded"];

/**
 * Start the page.
 * @param {(container: HTMLElement, model: Model, drawing: any, on: import("./renderer.js").Listeners) => any} makeRenderer
 */
export async function start(makeRenderer) {
  const root = document.getElementById("app");
  try {
    const details = document.getElementById("kg-details");
    const short = details.getAttribute("type") === "application/json";
    const model = new Model(await readBlock(document.getElementById("kg-data")));
    if (short) model.addDetails(await readBlock(details));
    const app = new App(root, model, makeRenderer);
    await app.open();
    await app.renderer.complete?.();
    if (!short) {
      // The evidence of a large graph is read after the first frame.
      model.addDetails(await readBlock(details));
      app.refreshDetails();
    }
    document.documentElement.dataset.ready = "all";
    (globalThis.requestIdleCallback ?? setTimeout)(() => app.searchBox.search.prepare());
    return app;
  } catch (error) {
    fill(root, h("p", { class: "broken", role: "alert" }, `${t("broken")}: ${error.message}`));
    throw error;
  }
}

class App {
  constructor(root, model, makeRenderer) {
    this.model = model;
    const state = fromHash(location.hash);
    state.lang = storedLanguage();
    if (!location.hash && model.centres.length) state.node = model.id[model.centres[0]];
    setLanguage(state.lang);
    this.store = new Store(state);
    this.timeline = new Timeline(model);
    this.searchBox = new SearchBox(model, new Search(model, model.data.pinyin), (n) => this.picked(n));
    this.picking = "";
    this.bright = null;
    this.build(root);
    const drawing = JSON.parse(document.getElementById("kg-vis").textContent);
    const own = { node: (n) => this.picked(n), link: ({ a, b }) => this.selectPair(a, b), background: () => this.store.set({ node: "", pair: "" }) };
    const make = (on) => makeRenderer(this.canvas, model, drawing, { ...own, ...on });
    this.drawing = new Drawing(this.canvas, this.tip, model, make, !drawing.nodes.length);
    this.renderer = this.drawing.renderer;
    this.store.listen((now, before) => this.changed(now, before));
    addEventListener("hashchange", () => this.restore());
    addEventListener("resize", () => {
      this.renderer.redraw();
      this.map.draw();
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  build(root) {
    this.canvas = h("div", { class: "canvas", tabindex: "0", role: "application" });
    this.tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    this.tableElement = h("div", { class: "table-view", hidden: true });
    this.mapElement = h("div", { class: "map-view", hidden: true });
    this.sideElement = h("nav", { class: "sidebar", id: "sidebar" });
    this.panelElement = h("aside", { class: "panel", id: "panel", tabindex: "-1" });
    this.toast = h("div", { class: "toast", role: "status" });
    this.head = h("header", { class: "top" });
    this.tools = h("div", { class: "tools", role: "toolbar" });
    this.notice = h("div", { class: "notice", hidden: true });
    this.body = h(
      "div",
      { class: "body" },
      this.sideElement,
      h("main", { class: "stage" }, this.canvas, this.tableElement, this.mapElement, this.notice, this.tools, this.tip),
      this.panelElement,
    );
    fill(root, this.head, this.body, this.toast);
    this.sidebar = new Sidebar(this.sideElement, this.model, this.timeline, this.store);
    this.panel = new Panel(this.panelElement, this.model, {
      node: (n) => this.select(n, true),
      pair: (a, b) => this.selectPair(a, b),
      close: () => this.closePanel(),
      ego: (n) => this.store.set({ ego: this.model.id[n], node: this.model.id[n] }),
      path: (n) => this.startPath(n),
      unfold: (n) => this.store.set({ folded: this.store.state.folded.filter((id) => id !== this.model.id[n]), node: "" }),
    });
    this.table = new TableView(this.tableElement, this.model, {
      node: (n) => this.select(n, false),
      pair: (a, b) => this.selectPair(a, b),
      copy: (text) => this.copy(text),
    });
    this.map = new MapView(this.mapElement, this.model, { node: (n) => this.select(n, false) });
    this.chrome();
  }

  /** Everything whose words depend on the language alone. */
  chrome() {
    document.documentElement.lang = currentLanguage() === "en" ? "en" : "zh-Hans";
    this.viewButtons = fillHead(this.head, {
      title: this.model.title,
      views: this.map.places.length ? ["graph", "table", "map"] : ["graph", "table"],
      search: this.searchBox.element,
      on: {
        view: (view) => this.store.set({ view }),
        sidebar: (button) => button.setAttribute("aria-expanded", String(this.body.classList.toggle("has-sidebar"))),
        png: () => this.drawing.exportPng(),
        svg: () => this.drawing.exportSvg(),
        csv: () => this.copy(this.table.csv(this.mask)),
        link: () => this.copy(location.href),
        language: () => this.switchLanguage(),
      },
    });
    fillTools(this.tools, {
      zoom: (factor) => (this.mapElement.hidden ? this.renderer : this.map).zoom(factor),
      fit: () => (this.mapElement.hidden ? this.fit() : this.map.fit()),
    });
    this.searchBox.translate();
    this.canvas.setAttribute("aria-label", t("graphLabel"));
    this.sideElement.setAttribute("aria-label", t("filters"));
    this.panelElement.setAttribute("aria-label", t("details"));
    this.tools.setAttribute("aria-label", t("graph"));
  }

  /** First drawing; what stands beside it comes once that is on the screen, unless something is selected. */
  async open() {
    const { state } = this.store;
    this.draw(state, null);
    if (this.bright) this.fillPanels(state, null);
    this.showView(state, null);
    this.fit(this.focusNodes(), false);
    document.documentElement.dataset.ready = "drawn";
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.fillPanels(this.store.state, null);
  }

  /** The evidence has arrived: what shows it, shows it now. */
  refreshDetails() {
    this.timeline = this.sidebar.timeline = new Timeline(this.model);
    this.apply(this.store.state, null);
  }

  changed(now, before) {
    const language = now.lang !== before.lang;
    if (language) {
      setLanguage(now.lang);
      this.chrome();
    }
    this.apply(now, before);
    const hash = toHash(now);
    if (hash !== location.hash.slice(1)) {
      // From a file some browsers forbid pushState; the address is then set without a history entry.
      try {
        history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        location.replace(`#${hash}`);
      }
    }
    if (now.ego !== before.ego || now.depth !== before.depth) this.fit();
  }

  restore() {
    if (toHash(this.store.state) === location.hash.slice(1)) return;
    this.store.set({ ...initialState(), ...fromHash(location.hash), lang: this.store.state.lang });
    this.fit(this.focusNodes());
  }

  /** Bring everything in step with the state. */
  apply(now, before) {
    this.draw(now, before);
    this.fillPanels(now, before);
    this.showView(now, before);
  }

  isFiltered(now, before) {
    return !before || FILTERS.some((key) => now[key] !== before[key]);
  }

  /** What the drawing shows and dims. */
  draw(now, before) {
    if (this.isFiltered(now, before)) {
      this.mask = visible(this.model, now, this.timeline);
      this.panel.mask = this.mask;
      this.drawing.setVisible(this.mask);
    }
    this.selection = this.selected(now);
    this.bright = this.selection.bright;
    this.drawing.highlight(this.bright, this.selection.ringed);
  }

  /** The side with the filters and the panel. */
  fillPanels(now, before) {
    if (this.isFiltered(now, before) || now.lang !== before.lang) this.sidebar.render(this.mask);
    this.selection.show();
    this.body.classList.toggle("has-panel", this.bright !== null);
    this.showNotice(now);
  }

  /** Graph, table or map. */
  showView(now, before) {
    const table = now.view === "table";
    const map = now.view === "map" && this.map.places.length > 0;
    this.canvas.hidden = table || map;
    this.tools.hidden = table;
    this.tableElement.hidden = !table;
    this.mapElement.hidden = !map;
    if (map) this.map.render(this.mask, this.bright?.nodes ?? null, this.node(now.node));
    const changed = this.isFiltered(now, before) || before.view !== now.view || before.lang !== now.lang;
    if (table && changed && this.model.details) this.table.render(this.mask);
    for (const button of this.viewButtons) button.setAttribute("aria-pressed", String(button.dataset.view === now.view));
    if (before && !this.canvas.hidden && before.view !== now.view) this.renderer.redraw();
  }

  node(id) {
    return id ? this.model.byId.get(id) : undefined;
  }

  /** What is selected: what stays bright, which nodes are ringed, and how the panel shows it. */
  selected(now) {
    const { model, mask, panel } = this;
    const node = this.node(now.node);
    const [from, to] = [this.node(now.pathFrom), this.node(now.pathTo)];
    this.path = null;
    if (from !== undefined && to !== undefined) {
      const path = shortestPath(model, from, to, mask.edges);
      this.path = path;
      const bright = { nodes: new Set(path?.nodes ?? [from, to]), pairs: new Set(path?.pairs ?? []) };
      return { bright, ringed: [from, to], show: () => panel.showPath(path, from, to) };
    }
    const [a, b] = now.pair.split(SEPARATOR).map((id) => this.node(id));
    if (a !== undefined && b !== undefined) {
      const nodes = new Set([a, b]);
      const pair = this.pairBetween(a, b);
      if (pair !== undefined) return { bright: { nodes, pairs: new Set([pair]) }, ringed: [], show: () => panel.showPair(pair) };
      const bundle = mask.bundles.find((x) => x.a === Math.min(a, b) && x.b === Math.max(a, b));
      if (bundle) return { bright: { nodes, pairs: new Set() }, ringed: [], show: () => panel.showBundle(bundle) };
    }
    if (node === undefined) return { bright: null, ringed: [], show: () => this.showOverview() };
    const bright = { nodes: new Set([node]), pairs: new Set() };
    for (const x of mask.bundles) if (x.a === node || x.b === node) bright.nodes.add(x.a).add(x.b);
    for (const p of model.pairsOf(node)) {
      if (!mask.pairs[p]) continue;
      bright.pairs.add(p);
      bright.nodes.add(model.other(p, node));
    }
    return { bright, ringed: [node], show: () => panel.showNode(node) };
  }

  showOverview() {
    const { model } = this;
    const top = [];
    for (let n = 0; n < model.size && top.length < 10; n++) if (this.mask.nodes[n] && model.degree[n]) top.push(n);
    fill(
      this.panelElement,
      h("div", { class: "panel-head overview" }, h("h2", {}, t("overview")), h("p", { class: "meta" }, t("hint"))),
      h(
        "section",
        { class: "group" },
        h("ul", {}, top.map((n) => h("li", { class: "neighbour" }, badge(model.type[n]), h("button", { class: "link", onClick: () => this.select(n, true) }, model.name[n]), h("span", { class: "count" }, String(model.degree[n]))))),
      ),
    );
  }

  showNotice(now) {
    const ego = this.node(now.ego);
    const parts = [];
    if (ego !== undefined) {
      parts.push(
        h("span", {}, this.model.name[ego]),
        [1, 2, 3].map((d) => h("button", { "aria-pressed": String(now.depth === d), onClick: () => this.store.set({ depth: d }) }, `${d} ${t("depth")}`)),
        h("button", { class: "link", onClick: () => this.store.set({ ego: "" }) }, t("leaveEgo")),
      );
    }
    if (now.pathFrom) {
      const from = this.node(now.pathFrom);
      parts.push(
        h("span", {}, now.pathTo ? t("path") : `${from === undefined ? "" : this.model.name[from]} → ${t("pathPick")}`),
        h("button", { class: "link", onClick: () => this.store.set({ pathFrom: "", pathTo: "" }) }, t("pathSwap")),
      );
    }
    fill(this.notice, parts);
    this.notice.hidden = !parts.length;
  }

  focusNodes() {
    const { state } = this.store;
    if (state.ego) return [];
    if (this.path) return this.path.nodes;
    const nodes = [this.node(state.node), ...state.pair.split(SEPARATOR).map((id) => this.node(id))].filter((n) => n !== undefined);
    if (!nodes.length || (this.model.centres.length && !location.hash)) return [];
    return nodes.flatMap((n) => [n, ...[...this.model.pairsOf(n)].filter((p) => this.mask.pairs[p]).map((p) => this.model.other(p, n))]);
  }

  /** A node was clicked or found: the other end of a path while one is being picked, else the selection. */
  picked(n) {
    const { state } = this.store;
    if (state.pathFrom && !state.pathTo && this.model.id[n] !== state.pathFrom) {
      this.store.set({ pathTo: this.model.id[n], node: "", pair: "" });
      this.fit(this.focusNodes());
    } else {
      this.select(n);
      if (!this.canvas.hidden && (this.covered() || !this.isOnScreen(n))) this.fit(this.focusNodes());
    }
  }

  fit(nodes = [], animate = true) {
    this.drawing.fit(nodes, animate, this.covered());
  }

  /** Pixels of the drawing that the panel covers: on a phone it lies over its lower half. */
  covered() {
    const over = getComputedStyle(this.panelElement).position === "absolute";
    return over ? this.panelElement.offsetHeight : 0;
  }

  isOnScreen(n) {
    const [x, y] = this.renderer.place(n);
    const { clientWidth } = this.canvas;
    const clientHeight = this.canvas.clientHeight - this.covered();
    return x > 30 && y > 30 && x < clientWidth - 30 && y < clientHeight - 30 && this.renderer.nodeRadius(n) > 3;
  }

  select(n, move = false) {
    this.store.set({ node: this.model.id[n], pair: "", pathFrom: "", pathTo: "" });
    if (move && !this.canvas.hidden) this.fit(this.focusNodes());
  }

  selectPair(a, b) {
    this.store.set({ pair: this.model.id[a] + SEPARATOR + this.model.id[b], node: "", pathFrom: "", pathTo: "" });
  }

  pairBetween(a, b) {
    return [...this.model.pairsOf(a)].find((p) => this.model.other(p, a) === b);
  }

  startPath(n) {
    this.store.set({ pathFrom: this.model.id[n], pathTo: "", pair: "", node: this.model.id[n] });
    this.searchBox.input.focus();
  }

  closePanel() {
    this.store.set({ node: "", pair: "", pathFrom: "", pathTo: "" });
    this.canvas.focus({ preventScroll: true });
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(t("copied"));
    } catch {
      // Pages opened from disk may have no clipboard: fall back on a selected field.
      const field = h("textarea", { class: "visually-hidden", readonly: true, value: text });
      document.body.append(field);
      field.select();
      this.say(document.execCommand("copy") ? t("copied") : t("copyFailed"));
      field.remove();
    }
  }

  say(text) {
    this.toast.textContent = text;
    this.toast.classList.add("on");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => this.toast.classList.remove("on"), 1800);
  }

  switchLanguage() {
    const lang = this.store.state.lang === "zh" ? "en" : "zh";
    try {
      localStorage.setItem("kg-language", lang);
    } catch {
      // Storage may be forbidden for files; the choice then lasts as long as the page.
    }
    this.store.set({ lang });
    this.head.querySelector(".language").focus();
  }

  key(event) {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.key === "Escape") this.closePanel();
    else if (event.key === "/" && !typing) {
      event.preventDefault();
      this.searchBox.input.focus();
    } else if (event.target === this.canvas) this.canvasKey(event);
  }

  /** Arrow keys go to the neighbour that lies in their direction. */
  canvasKey(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      event.preventDefault();
      const next = towards(this.model, this.mask, this.node(this.store.state.node), step);
      if (next !== undefined) this.picked(next);
    } else if (event.key === "+" || event.key === "=") this.renderer.zoom(1.3);
    else if (event.key === "-") this.renderer.zoom(1 / 1.3);
    else if (event.key === "0") this.fit();
    else if (event.key === "Enter" && this.store.state.node) this.panelElement.focus();
  }

}

function storedLanguage() {
  try {
    const stored = localStorage.getItem("kg-language");
    if (stored) return stored === "en" ? "en" : "zh";
  } catch {
    // Storage may be forbidden for files.
  }
  return "zh";
}
