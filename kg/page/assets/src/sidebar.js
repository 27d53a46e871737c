/** The left side: legend that filters, relations, kinds of event, dates, places. */
import { dayText, histogram } from "./dates.js";
import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { dot } from "./parts.js";

const BINS = 40;
const MOST_COMMUNITIES = 15;
const MOST_PLACES = 300;

export class Sidebar {
  constructor(element, model, timeline, store) {
    Object.assign(this, { element, model, timeline, store });
    this.known = new Set();
    this.types = count(model.type.filter((type, n) => n < model.size && type !== "article" && !model.isAlone(n)));
    this.kinds = count(model.kind.filter((kind) => kind !== "byline"));
    this.events = count(model.type.flatMap((type, n) => (type === "event" ? model.eventKinds(n) : [])));
    this.places = model.name.map((name, n) => n).filter((n) => model.type[n] === "place" && model.degree[n] > 0);
    this.has = {
      isolated: model.type.some((type, n) => type !== "article" && model.isAlone(n)),
      candidates: model.candidate.some(Boolean),
      bylines: model.kind.includes("byline"),
    };
  }

  render(visible) {
    const { state } = this.store;
    // A rebuild must not take the keyboard's focus or an open section away.
    const open = new Set([...this.element.querySelectorAll("details")].filter((d) => d.open).map((d) => d.dataset.key));
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const fold = (key, title, initially, ...children) =>
      h("details", { "data-key": key, open: this.known.has(key) ? open.has(key) : initially }, h("summary", {}, title), children);
    fill(
      this.element,
      h("p", { class: "shown", role: "status" }, `${t("shown")} ${visible.nodeCount} ${t("nodes")} · ${visible.edgeCount} ${t("edges")}`),
      this.model.data.total > this.model.size ? h("p", { class: "meta" }, `${t("partOf")} ${this.model.data.total} ${t("nodes")}`) : null,
      fold("types", t("legend"), true, this.boxes(this.types, "offTypes", "types", dot)),
      fold("kinds", t("relations"), true, this.boxes(this.kinds, "offKinds", "relations")),
      this.events.size > 1 ? fold("events", t("eventKinds"), false, this.boxes(this.events, "offEvents", "events")) : null,
      this.timeline.days.length ? fold("dates", t("dates"), true, this.dates()) : null,
      this.places.length > 1 ? fold("place", t("place"), false, this.placeSelect()) : null,
      Object.values(this.has).some(Boolean)
        ? fold("show", t("show"), true, Object.keys(this.has).filter((key) => this.has[key]).map((key) => this.toggle(key)))
        : null,
      this.model.communities.length > 1 ? fold("communities", t("communities"), false, this.communities()) : null,
      h("button", { class: "wide", "data-key": "reset", onClick: () => this.reset() }, t("reset")),
    );
    for (const details of this.element.querySelectorAll("details")) this.known.add(details.dataset.key);
    if (focused) this.element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    return state;
  }

  reset() {
    this.store.set({ offTypes: [], offKinds: [], offEvents: [], from: "", to: "", place: "", isolated: false, candidates: false, bylines: false, folded: [] });
  }

  boxes(counts, key, words, mark) {
    const off = new Set(this.store.state[key]);
    const codes = [...counts.keys()];
    const flip = (code) => {
      const next = new Set(off);
      if (next.has(code)) next.delete(code);
      else next.add(code);
      this.store.set({ [key]: [...next].sort() });
    };
    return [
      h(
        "ul",
        { class: "boxes" },
        codes.map((code) =>
          h(
            "li",
            {},
            h(
              "label",
              {},
              h("input", { type: "checkbox", checked: !off.has(code), "data-key": `${key}:${code}`, onChange: () => flip(code) }),
              mark ? mark(code) : null,
              h("span", {}, label(words, code)),
              h("span", { class: "count" }, String(counts.get(code))),
            ),
          ),
        ),
      ),
      codes.length > 3
        ? h(
            "p",
            { class: "all-none" },
            h("button", { class: "link", "data-key": `${key}:all`, onClick: () => this.store.set({ [key]: [] }) }, t("all")),
            h("button", { class: "link", "data-key": `${key}:none`, onClick: () => this.store.set({ [key]: [...codes].sort() }) }, t("none")),
          )
        : null,
    ];
  }

  toggle(key) {
    return h(
      "label",
      { class: "toggle" },
      h("input", { type: "checkbox", checked: this.store.state[key], "data-key": key, onChange: (event) => this.store.set({ [key]: event.target.checked }) }),
      h("span", {}, t(key)),
    );
  }

  /** Communities by name, each to be folded into one node. */
  communities() {
    const { model, store } = this;
    const folded = new Set(store.state.folded);
    const id = (c) => model.id[model.size + c];
    const flip = (c) => {
      const next = new Set(folded);
      if (next.has(id(c))) next.delete(id(c));
      else next.add(id(c));
      store.set({ folded: [...next].sort() });
    };
    const all = model.communities.map((_, c) => id(c));
    return [
      h(
        "p",
        { class: "all-none" },
        h("button", { class: "link", "data-key": "fold-all", onClick: () => store.set({ folded: [...all].sort() }) }, t("fold")),
        h("button", { class: "link", "data-key": "unfold-all", onClick: () => store.set({ folded: [] }) }, t("unfold")),
      ),
      h(
        "ul",
        { class: "boxes" },
        model.communities.slice(0, MOST_COMMUNITIES).map((group, c) =>
          h(
            "li",
            {},
            h(
              "label",
              {},
              h("input", { type: "checkbox", checked: !folded.has(id(c)), "data-key": `fold:${c}`, onChange: () => flip(c) }),
              h("span", { class: "clip" }, model.name[group.leader]),
              h("span", { class: "count" }, String(group.members.length)),
            ),
          ),
        ),
      ),
    ];
  }

  placeSelect() {
    const { model, store } = this;
    return h(
      "select",
      { "aria-label": t("place"), "data-key": "place-select", onChange: (event) => store.set({ place: event.target.value }) },
      h("option", { value: "" }, t("anyPlace")),
      this.places.slice(0, MOST_PLACES).map((n) => h("option", { value: model.id[n], selected: store.state.place === model.id[n] }, `${model.name[n]} (${model.degree[n]})`)),
    );
  }

  dates() {
    const { timeline, store } = this;
    const { low, high, width, counts } = histogram(timeline.days, BINS);
    const from = timeline.bound(store.state.from) ?? low;
    const to = timeline.bound(store.state.to) ?? high;
    const top = counts.reduce((a, b) => Math.max(a, b), 1);
    const bars = counts.map((c, i) => {
      const start = low + i * width;
      const inside = start + width > from && start <= to;
      return h(
        "svg:rect",
        { x: i * 10 + 1, width: 8, y: 40 - Math.round((c / top) * 38), height: Math.round((c / top) * 38), class: inside ? "bar" : "bar off" },
        h("svg:title", {}, `${dayText(start, timeline.yearless)}: ${c}`),
      );
    });
    const slider = (key, value) =>
      h("input", {
        type: "range", min: low, max: high, step: 1, value: String(value), "data-key": key, "aria-label": t(key),
        "aria-valuetext": dayText(value, timeline.yearless),
        onChange: (event) => this.setDate(key, Number(event.target.value), low, high),
      });
    return [
      h("svg:svg", { class: "histogram", viewBox: `0 0 ${counts.length * 10} 40`, preserveAspectRatio: "none", role: "img", "aria-label": t("dates") }, bars),
      low < high ? h("div", { class: "sliders" }, slider("from", from), slider("to", to)) : null,
      h("p", { class: "meta range" }, h("span", {}, dayText(from, timeline.yearless)), h("span", {}, dayText(to, timeline.yearless))),
    ];
  }

  setDate(key, day, low, high) {
    const { timeline, store } = this;
    const whole = key === "from" ? day <= low : day >= high;
    const change = { [key]: whole ? "" : dayText(day, timeline.yearless) };
    const other = key === "from" ? "to" : "from";
    const bound = timeline.bound(store.state[other]);
    if (bound !== null && (key === "from" ? day > bound : day < bound)) change[other] = dayText(day, timeline.yearless);
    store.set(change);
  }
}

function count(values) {
  const counts = new Map();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return new Map([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}
