/** The side panel: who or what something is, and the sentences that say so. */
import { readable } from "./dates.js";
import { fill, h } from "./dom.js";
import { currentLanguage, edgeLabel, label, t } from "./i18n.js";
import { group, units } from "./model.js";

const FIRST = 12;

export class Panel {
  /**
   * @param {HTMLElement} element
   * @param {import("./model.js").Model} model
   * @param {{node: (n: number) => void, pair: (a: number, b: number) => void, close: () => void, ego: (n: number) => void,
   *   path: (n: number) => void}} on
   */
  constructor(element, model, on) {
    this.element = element;
    this.model = model;
    this.on = on;
    this.mask = null;
  }

  head(...children) {
    return h("div", { class: "panel-head" }, children, h("button", { class: "icon close", "aria-label": t("close"), onClick: this.on.close }, "×"));
  }

  clear() {
    fill(this.element);
  }

  showNode(n) {
    const { model } = this;
    const facts = [];
    const kinds = model.eventKinds(n).map((k) => label("events", k));
    const dates = model.dates(n).map((d) => readable(d, currentLanguage()));
    if (kinds.length || dates.length) facts.push(h("p", { class: "meta" }, [...kinds, ...dates].join(" · ")));
    if (model.aliases(n).length) facts.push(h("p", { class: "meta" }, `${t("aliases")}：${model.aliases(n).join("、")}`));
    fill(
      this.element,
      this.head(badge(model.type[n]), h("h2", {}, model.name[n]), ...facts),
      model.type[n] === "article"
        ? null
        : h(
            "div",
            { class: "actions" },
            h("button", { onClick: () => this.on.ego(n) }, t("focus")),
            h("button", { onClick: () => this.on.path(n) }, t("pathFrom")),
          ),
      this.neighbours(n),
      this.notes(n),
      this.mentions(n),
      this.merges(n),
    );
    this.element.scrollTop = 0;
  }

  /** Relations by kind and direction. */
  neighbours(n) {
    const { model } = this;
    const rows = [];
    for (const pair of model.pairsOf(n)) {
      for (const e of model.pairEdges[pair]) {
        if (this.mask && !this.mask.edges[e]) continue;
        rows.push({ e, other: model.other(pair, n), out: model.source[e] === n });
      }
    }
    const groups = [...group(rows, (r) => `${model.kind[r.e]}${r.out ? ">" : "<"}`)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
    return groups.map(([, members]) => {
      const [{ e, out }] = members;
      members.sort((p, q) => p.other - q.other);
      const title = `${out ? "" : "← "}${label("relations", model.kind[e])}`;
      return section(
        title,
        members.length,
        longList(members, ({ e: edge, other }) => {
          const detail = model.detail[edge] ? edgeLabel(model.kind[edge], model.detail[edge]) : "";
          const when = model.edgeDate[edge] || model.dates(other)[0] || "";
          return h(
            "li",
            { class: "neighbour" },
            dot(model.type[other]),
            h("button", { class: "link", onClick: () => this.on.node(other) }, model.name[other]),
            h("span", { class: "meta" }, [detail, when && readable(when, currentLanguage()), model.candidate[edge] ? t("candidate") : ""].filter(Boolean).join(" · ")),
            h(
              "button",
              { class: "quote-button", "aria-label": `${t("evidence")}：${model.name[n]} – ${model.name[other]}`, onClick: () => this.on.pair(n, other) },
              `“${model.edgeEvidence[edge].length}”`,
            ),
          );
        }),
      );
    });
  }

  notes(n) {
    const { model } = this;
    const notes = model.notesOf.get(n) ?? [];
    return [...group(notes, (note) => note.kind)].map(([kind, members]) => {
      const pieces = members.flatMap((note) => note.evidence.map((number) => ({ number, text: note.text })));
      return section(label("notes", kind), pieces.length, longList(pieces, ({ number, text }) => this.sentence(number, kind === "byline" ? label("bylines", text) : text), 5));
    });
  }

  mentions(n) {
    const numbers = this.model.articlesOf(n);
    if (!numbers.length || this.model.type[n] === "article") return null;
    return section(t("articles"), numbers.length, longList(numbers, (a) => h("li", {}, h("button", { class: "link", onClick: () => this.showArticle(a, [], () => this.showNode(n)) }, this.model.articles.title[a]), this.articleMeta(a)), 6));
  }

  merges(n) {
    const reasons = this.model.reasons(n);
    return reasons.length ? section(t("merged"), reasons.length, longList(reasons, (reason) => h("li", { class: "meta" }, reason), 5)) : null;
  }

  /** All relations between two nodes, each with its sentences. */
  showPair(pair) {
    const { model } = this;
    const a = model.pairA[pair];
    const b = model.pairB[pair];
    const edges = model.pairEdges[pair].filter((e) => !this.mask || this.mask.edges[e]);
    const [from, to] = edges.length && model.source[edges[0]] === b ? [b, a] : [a, b];
    fill(
      this.element,
      this.head(
        h("h2", { class: "pair" }, this.nameButton(from), h("span", { class: "meta" }, "—"), this.nameButton(to)),
      ),
      edges.map((e) => this.relation(e)),
    );
    this.element.scrollTop = 0;
  }

  /** One relation with its sentences. */
  relation(e) {
    const { model } = this;
    const title = h(
      "p",
      { class: "relation" },
      h("span", {}, model.name[model.source[e]]),
      h("strong", {}, ` ${edgeLabel(model.kind[e], model.detail[e])} → `),
      h("span", {}, model.name[model.target[e]]),
      model.edgeDate[e] ? h("span", { class: "meta" }, ` ${readable(model.edgeDate[e], currentLanguage())}`) : null,
      model.candidate[e] ? h("span", { class: "tag" }, t("candidate")) : null,
    );
    return h("section", { class: "group" }, title, longList(model.edgeEvidence[e], (number) => this.sentence(number), 6));
  }

  showPath(path, from, to) {
    const { model } = this;
    fill(
      this.element,
      this.head(h("h2", { class: "pair" }, this.nameButton(from), h("span", { class: "meta" }, "→"), this.nameButton(to)), h("p", { class: "meta" }, path ? `${t("path")} · ${path.pairs.length} ${t("steps")}` : t("noPath"))),
      path?.pairs.map((pair, i) =>
        h(
          "section",
          { class: "path-step" },
          h("p", { class: "step" }, `${i + 1}`),
          h("div", {}, model.pairEdges[pair].filter((e) => !this.mask || this.mask.edges[e]).map((e) => this.relation(e))),
        ),
      ),
    );
    this.element.scrollTop = 0;
  }

  nameButton(n) {
    return h("button", { class: "link", onClick: () => this.on.node(n) }, this.model.name[n]);
  }

  articleMeta(a) {
    const { articles } = this.model;
    const parts = [articles.publisher[a], articles.date[a] ? readable(articles.date[a], currentLanguage()) : t("noDate"), articles.source[a]];
    return h("span", { class: "meta" }, ` ${parts.filter(Boolean).join(" · ")}`);
  }

  /** One sentence as a list item: the quotation, its article, date and source, and the way into the article. */
  sentence(number, note = "") {
    const { model } = this;
    const piece = model.evidence(number);
    const tags = [];
    if (piece.modality !== "asserted") tags.push(label("modalities", piece.modality));
    if (piece.status !== "explicit") tags.push(t(piece.status === "inferred" ? "inferred" : "candidate"));
    return h(
      "li",
      { class: "sentence" },
      h("blockquote", {}, note ? h("span", { class: "tag" }, note) : null, piece.quote),
      h(
        "p",
        { class: "meta" },
        h("span", { class: "article-title" }, model.articles.title[piece.article]),
        this.articleMeta(piece.article),
        tags.map((tag) => h("span", { class: "tag" }, tag)),
        h("button", { class: "link context", title: `${t("confidence")} ${piece.confidence}`, onClick: () => this.openContext(piece) }, t("context")),
      ),
    );
  }

  openContext(piece) {
    const kept = [...this.element.childNodes];
    const scroll = this.element.scrollTop;
    this.showArticle(piece.article, [piece], () => {
      fill(this.element, kept);
      this.element.scrollTop = scroll;
    });
  }

  /** An article with stretches of it marked. */
  showArticle(a, pieces, back) {
    const { articles } = this.model;
    const text = articles.text[a];
    const marks = pieces.map(({ start, end }) => units(text, start, end)).sort((p, q) => p[0] - q[0]);
    const blocks = articles.blocks[a].length ? articles.blocks[a] : [["b", 0, [...text].length]];
    const body = blocks.map(([kind, start, end]) => {
      const [from, to] = units(text, start, end);
      return h("p", { class: `block block-${/^[hbcf]$/.test(kind) ? kind : "b"}` }, marked(text, from, to, marks));
    });
    fill(
      this.element,
      this.head(
        h("button", { class: "link back", onClick: back }, `← ${t("back")}`),
        h("h2", {}, articles.title[a]),
        h("p", {}, this.articleMeta(a)),
      ),
      h("article", { class: "article", lang: "zh" }, body),
    );
    const first = this.element.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
    else this.element.scrollTop = 0;
    this.element.querySelector("button.back")?.focus({ preventScroll: true });
  }
}

function marked(text, from, to, marks) {
  const out = [];
  let at = from;
  for (const [start, end] of marks) {
    const low = Math.max(start, at);
    const high = Math.min(end, to);
    if (low >= high) continue;
    out.push(text.slice(at, low), h("mark", {}, text.slice(low, high)));
    at = high;
  }
  out.push(text.slice(at, to));
  return out;
}

export function badge(type) {
  return h("span", { class: `badge type-${type}` }, label("types", type));
}

export function dot(type) {
  return h("span", { class: `dot type-${type}`, "aria-hidden": "true" });
}

function section(title, count, list) {
  return h("section", { class: "group" }, h("h3", {}, title, h("span", { class: "count" }, String(count))), list);
}

/** A list that shows its first items, and the others when asked. */
function longList(items, make, first = FIRST) {
  const list = h("ul", {}, items.slice(0, first).map(make));
  if (items.length <= first) return list;
  let shown = first;
  const button = h("button", {
    class: "more",
    onClick: () => {
      const next = items.slice(shown, shown + 50);
      list.append(...next.map(make));
      shown += next.length;
      if (shown >= items.length) button.remove();
      else button.textContent = `${t("more")} (${items.length - shown})`;
    },
  }, `${t("more")} (${items.length - first})`);
  return h("div", {}, list, button);
}
