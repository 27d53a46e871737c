/** Places and what happened there, on the outlines of the provinces; no tiles. */
import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { Room } from "./labels.js";
import { outlines, project } from "./projection.js";

const MOST_LABELS = 60;

export class MapView {
  /**
   * @param {HTMLElement} element
   * @param {import("./model.js").Model} model
   * @param {{node: (n: number) => void}} on
   */
  constructor(element, model, on) {
    Object.assign(this, { element, model, on });
    this.svg = h("svg:svg", { class: "map", role: "group", "aria-label": t("map") });
    this.land = h("svg:g", { class: "land", "aria-hidden": "true" });
    this.marks = h("svg:g", {});
    this.svg.append(this.land, this.marks);
    this.note = h("p", { class: "map-note meta" });
    fill(element, this.svg, this.note);
    this.places = model.type.map((_, n) => n).filter((n) => model.type[n] === "place" && model.at(n));
    this.where = new Map(this.places.map((n) => [n, project(...model.at(n))]));
    this.listen();
  }

  listen() {
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX, event.offsetY);
    }, { passive: false });
    let from = null;
    this.svg.addEventListener("pointerdown", (event) => (from = [event.clientX, event.clientY]));
    addEventListener("pointerup", () => (from = null));
    this.svg.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (Math.hypot(dx, dy) < 4) return;
      from = [event.clientX, event.clientY];
      this.centre = [this.centre[0] - dx / this.scale, this.centre[1] - dy / this.scale];
      this.draw();
    });
  }

  /** What is said to have happened in a place, or to lie there: its relations, without those that nest places. */
  weight(n, mask) {
    let count = 0;
    for (const p of this.model.pairsOf(n)) for (const e of this.model.edgesOf(p)) if (mask.edges[e]) count++;
    return count;
  }

  /**
   * @param mask from `visible`
   * @param {Set<number> | null} bright nodes of the selection and around it
   * @param {number | undefined} selected
   */
  render(mask, bright, selected) {
    if (!this.land.childElementCount) {
      this.provinces = outlines();
      this.land.append(...this.provinces.map(({ name, path }) => h("svg:path", { d: path }, h("svg:title", {}, name))));
      this.names = h("svg:g", { class: "land", "aria-hidden": "true" }, this.provinces.map(({ name }) => h("svg:text", {}, name)));
      this.land.after(this.names);
    }
    this.shown = this.places.filter((n) => mask.nodes[n]).map((n) => ({ n, count: this.weight(n, mask) })).sort((a, b) => b.count - a.count || a.n - b.n);
    this.bright = bright && this.withEvents(bright, mask);
    this.selected = selected;
    if (!this.centre) this.fit();
    const unplaced = this.model.type.filter((type, n) => type === "place" && mask.nodes[n] && !this.where.has(n)).length;
    this.note.textContent = this.shown.length
      ? `${this.shown.length} ${t("placed")}${unplaced ? ` · ${unplaced} ${t("unplaced")}` : ""} · ${t("mapSource")}`
      : t("mapEmpty");
    this.draw();
  }

  /** A person's places are those of the events that the person took part in, too. */
  withEvents(bright, mask) {
    const { model } = this;
    const out = new Set(bright);
    for (const n of bright) {
      if (model.type[n] !== "event") continue;
      for (const p of model.pairsOf(n)) if (mask.pairs[p] && model.type[model.other(p, n)] === "place") out.add(model.other(p, n));
    }
    return out;
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.element;
    const points = this.shown.length ? this.shown.map(({ n }) => this.where.get(n)) : [project(75, 40), project(132, 48), project(110, 19)];
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    this.centre = [(left + right) / 2, (top + bottom) / 2];
    // A single place is shown with its province around it.
    this.scale = Math.min((width - 120) / Math.max(right - left, 200), (height - 120) / Math.max(bottom - top, 200));
    this.draw();
  }

  zoom(factor, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2) {
    const scale = Math.max(0.2, Math.min(60, this.scale * factor));
    const [dx, dy] = [x - this.element.clientWidth / 2, y - this.element.clientHeight / 2];
    this.centre = [this.centre[0] + dx / this.scale - dx / scale, this.centre[1] + dy / this.scale - dy / scale];
    this.scale = scale;
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!this.shown || !width) return;
    const { scale, centre } = this;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.land.setAttribute("transform", `translate(${width / 2 - centre[0] * scale},${height / 2 - centre[1] * scale}) scale(${scale})`);
    this.land.setAttribute("stroke-width", String(0.8 / scale));
    const screen = ([x, y]) => [width / 2 + (x - centre[0]) * scale, height / 2 + (y - centre[1]) * scale];
    this.provinces.forEach(({ middle }, i) => {
      const [x, y] = screen(middle);
      this.names.children[i].setAttribute("x", x.toFixed(1));
      this.names.children[i].setAttribute("y", y.toFixed(1));
    });
    const room = new Room();
    let labels = 0;
    const top = this.shown[0]?.count || 1;
    const placed = this.shown.map(({ n, count }) => {
      const [x, y] = screen(this.where.get(n));
      const r = 4 + 14 * Math.sqrt(count / top);
      room.take({ left: x - r, right: x + r, top: y - r, bottom: y + r });
      return { n, count, x, y, r, on: !this.bright || this.bright.has(n) };
    });
    const marks = placed.map(({ n, count, x, y, r, on }) => {
      const name = this.model.name[n];
      const open = () => this.on.node(n);
      return h(
        "svg:g",
        { class: `mark${on ? "" : " off"}${n === this.selected ? " selected" : ""}`, tabindex: "0", role: "button", "aria-label": `${name}, ${count} ${t("edges")}`,
          onClick: open, onKeydown: (event) => (event.key === "Enter" || event.key === " ") && open() },
        h("svg:circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1) }, h("svg:title", {}, `${label("types", "place")} ${name}: ${count} ${t("edges")}`)),
      );
    });
    placed.forEach(({ n, x, y, r, on }, i) => {
      if (!on || labels >= MOST_LABELS || x < 0 || y < 0 || x > width || y > height) return;
      const name = this.model.name[n];
      const long = name.length * 13 + 4;
      const tries = [["start", x + r + 4, y], ["end", x - r - 4, y], ["middle", x, y + r + 10], ["middle", x, y - r - 9]];
      const found = tries.find(([anchor, tx, ty]) => {
        const left = tx - { start: 0, middle: long / 2, end: long }[anchor];
        const box = { left, right: left + long, top: ty - 8, bottom: ty + 8 };
        if (!room.isFree(box)) return false;
        room.take(box);
        return true;
      });
      if (!found) return;
      labels++;
      marks[i].append(h("svg:text", { x: found[1].toFixed(1), y: (found[2] + 4.5).toFixed(1), "text-anchor": found[0] }, name));
    });
    // The small ones on top, so that none is hidden under a large one.
    const focus = this.marks.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    this.marks.replaceChildren(...marks);
    if (focus) [...this.marks.children].find((mark) => mark.getAttribute("aria-label") === focus)?.focus();
  }
}
