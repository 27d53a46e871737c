/** The side panel: who or what something is, and the sentences that say so. */
import { readable } from "./dates.js";
import { fill, h } from "./dom.js";
import { currentLanguage, edgeLabel, label, t } from "./i18n.js";
import { group, points, units } from "./model.js";
import { eventLine, postLanes } from "./lanes.js";
import { badge, dot, longList, section } from "./parts.js";

export class Panel {
  /**
   * @param {HTMLElement} element
   * @param {import("./model.js").Model} model
   * @param {{node: (n: number) => void, pair: (a: number, b: number) => void, close: () => void, ego: (n: number) => void,
   *   path: (n: number) => void, unfold: (n: number) => void}} on
   */
  constructor(element, model, on) {
    this.element = element;
    this.model = model;
    this.on = on;
    this.mask = null;
  }

  show(...children) {
    fill(this.element, children);
    this.element.scrollTop = 0;
  }

  head(...children) {
    return h("div", { class: "panel-head" }, children, h("button", { class: "icon close", "aria-label": t("close"), onClick: this.on.close }, "×"));
  }

  shown(edges) {
    return [...edges].filter((e) => !this.mask || this.mask.edges[e]);
  }

  showNode(n) {
    const { model } = this;
    if (n >= model.size) {
      this.showCommunity(n);
      return;
    }
    const facts = [];
    const kinds = model.eventKinds(n).map((k) => label("events", k));
    const dates = model.dates(n).map((d) => readable(d, currentLanguage()));
    if (kinds.length || dates.length) facts.push(h("p", { class: "meta" }, [...kinds, ...dates].join(" · ")));
    if (model.aliases(n).length) facts.push(h("p", { class: "meta" }, `${t("aliases")}${t("colon")}${model.aliases(n).join(t("comma"))}`));
    this.show(
      this.head(badge(model.type[n]), h("h2", {}, model.name[n]), ...facts),
      model.type[n] === "article"
        ? null
        : h(
            "div",
            { class: "actions" },
            h("button", { onClick: () => this.on.ego(n) }, t("focus")),
            h("button", { onClick: () => this.on.path(n) }, t("pathFrom")),
          ),
      this.lanes(n),
      this.neighbours(n),
      this.notes(n),
      this.mentions(n),
      this.merges(n),
    );
  }

  /** Posts as lanes and events on a line, where dates are known. */
  lanes(n) {
    const { model } = this;
    if (!model.details) return null;
    const own = [...model.pairsOf(n)].flatMap((p) => this.shown(model.edgesOf(p)));
    const posts = postLanes(model, n, own);
    const line = eventLine(model, n, own, (event) => this.on.node(event));
    return [
      posts ? h("section", { class: "group" }, h("h3", {}, t("posts")), posts) : null,
      line ? h("section", { class: "group" }, h("h3", {}, t("timeline")), line) : null,
    ];
  }

  showCommunity(n) {
    const { model } = this;
    const { members } = model.communities[n - model.size];
    this.show(
      this.head(badge("community"), h("h2", {}, `${model.name[n]} ${t("and")} ${members.length} ${t("members")}`)),
      h("div", { class: "actions" }, h("button", { onClick: () => this.on.unfold(n) }, t("unfoldOne"))),
      section(t("members"), members.length, longList(members, (m) => this.member(m))),
    );
  }

  member(m) {
    return h("li", { class: "neighbour" }, dot(this.model.type[m]), h("button", { class: "link", onClick: () => this.on.node(m) }, this.model.name[m]), h("span", { class: "count" }, String(this.model.degree[m])));
  }

  /** Relations by kind and direction. */
  neighbours(n) {
    const { model } = this;
    const rows = [];
    for (const pair of model.pairsOf(n)) {
      for (const e of this.shown(model.edgesOf(pair))) rows.push({ e, other: model.other(pair, n), out: model.source[e] === n });
    }
    const groups = [...group(rows, (r) => `${model.kind[r.e]}${r.out ? ">" : "<"}`)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
    return groups.map(([, members]) => {
      const [{ e, out }] = members;
      members.sort((p, q) => p.other - q.other);
      return section(`${out ? "" : "← "}${label("relations", model.kind[e])}`, members.length, longList(members, (row) => this.neighbour(n, row)));
    });
  }

  neighbour(n, { e, other }) {
    const { model } = this;
    const detail = model.detail[e] ? edgeLabel(model.kind[e], model.detail[e]) : "";
    const when = model.edgeDate[e] || model.dates(other)[0] || "";
    const words = [detail, when && readable(when, currentLanguage()), model.candidate[e] ? t("candidate") : ""];
    return h(
      "li",
      { class: "neighbour" },
      dot(model.type[other]),
      h("button", { class: "link", onClick: () => this.on.node(other) }, model.name[other]),
      h("span", { class: "meta" }, words.filter(Boolean).join(" · ")),
      h(
        "button",
        { class: "quote-button", "aria-label": `${t("evidence")}${t("colon")}${model.name[n]} – ${model.name[other]}`, onClick: () => this.on.pair(n, other) },
        model.details ? `“${model.evidenceCount(e)}”` : "“”",
      ),
    );
  }

  notes(n) {
    const { model } = this;
    if (!model.details) return h("p", { class: "meta group" }, t("loading"));
    const notes = model.notesOf.get(n) ?? [];
    return [...group(notes, (note) => note.kind)].map(([kind, members]) => {
      const pieces = members.flatMap((note) => note.evidence.map((number) => ({ number, text: note.text })));
      const word = (text) => (kind === "byline" ? label("bylines", text) : text);
      return section(label("notes", kind), pieces.length, longList(pieces, ({ number, text }) => this.sentence(number, word(text)), 5));
    });
  }

  mentions(n) {
    if (!this.model.details) return null;
    const numbers = this.model.articlesOf(n);
    if (!numbers.length) return null;
    const item = (a) => h("li", {}, h("button", { class: "link", onClick: () => this.showArticle(a, [], () => this.showNode(n)) }, this.model.articles.title[a]), this.articleMeta(a));
    return section(t("articles"), numbers.length, longList(numbers, item, 6));
  }

  merges(n) {
    if (!this.model.details) return null;
    const reasons = this.model.reasons(n);
    return reasons.length ? section(t("merged"), reasons.length, longList(reasons, (reason) => h("li", { class: "meta" }, reason), 5)) : null;
  }

  /** All relations between two nodes, each with its sentences. */
  showPair(pair) {
    const { model } = this;
    const edges = this.shown(model.edgesOf(pair));
    const turned = edges.length && edges.every((e) => model.source[e] === model.pairB[pair]);
    const [from, to] = turned ? [model.pairB[pair], model.pairA[pair]] : [model.pairA[pair], model.pairB[pair]];
    this.show(this.head(this.ends(from, to, "—")), edges.map((e) => this.relation(e)));
  }

  /** The relations that a folded community bundles. */
  showBundle({ a, b, edges }) {
    this.show(this.head(this.ends(a, b, "—")), longList([...edges], (e) => h("li", {}, this.relation(e)), 20));
  }

  ends(from, to, between) {
    return h("h2", { class: "pair" }, this.nameButton(from), h("span", { class: "meta" }, between), this.nameButton(to));
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
    if (!model.details) return h("section", { class: "group" }, title, h("p", { class: "meta" }, t("loading")));
    const left = model.evidenceCount(e) - model.edgeEvidence[e].length;
    return h(
      "section",
      { class: "group" },
      title,
      longList(model.edgeEvidence[e], (number) => this.sentence(number), 6),
      left ? h("p", { class: "meta" }, `${t("moreSentences")}${t("colon")}${left}`) : null,
    );
  }

  showPath(path, from, to) {
    const { model } = this;
    this.show(
      this.head(this.ends(from, to, "→"), h("p", { class: "meta" }, path ? `${t("path")} · ${path.pairs.length} ${t("steps")}` : t("noPath"))),
      path?.pairs.map((pair, i) =>
        h("section", { class: "path-step" }, h("p", { class: "step" }, `${i + 1}`), h("div", {}, this.shown(model.edgesOf(pair)).map((e) => this.relation(e)))),
      ),
    );
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
      h("blockquote", { lang: "zh" }, note ? h("span", { class: "tag" }, note) : null, piece.quote),
      h(
        "p",
        { class: "meta" },
        h("span", { class: "article-title", lang: "zh" }, model.articles.title[piece.article]),
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

  /** An article, or what the page holds of it, with stretches marked. */
  showArticle(a, pieces, back) {
    const { articles } = this.model;
    const stretches = this.model.stretches(a);
    const blocks = triples(articles.blocks[a]);
    const body = [];
    let at = 0;
    for (const [start, text] of stretches) {
      const end = start + points(text);
      if (start > at + 1) body.push(h("p", { class: "block block-f" }, t("elided")));
      const inside = blocks.filter(([, from, to]) => from < end && to > start);
      for (const [kind, from, to] of inside.length ? inside : [["b", start, end]]) {
        body.push(h("p", { class: `block block-${/^[hbcf]$/.test(kind) ? kind : "b"}` }, marked(text, start, Math.max(from, start), Math.min(to, end), pieces)));
      }
      at = end;
    }
    if (at + 1 < articles.length[a]) body.push(h("p", { class: "block block-f" }, t("elided")));
    fill(
      this.element,
      this.head(h("button", { class: "link back", onClick: back }, `← ${t("back")}`), h("h2", { lang: "zh" }, articles.title[a]), h("p", {}, this.articleMeta(a))),
      h("article", { class: "article", lang: "zh" }, body),
    );
    const first = this.element.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
    else this.element.scrollTop = 0;
    this.element.querySelector("button.back")?.focus({ preventScroll: true });
  }
}

function triples(flat) {
  return Array.from({ length: flat.length / 3 }, (_, i) => flat.slice(3 * i, 3 * i + 3));
}

/** `text` (which begins at `base` in its article) from `from` to `to`, with the pieces in `<mark>`. */
function marked(text, base, from, to, pieces) {
  const out = [];
  let at = from;
  const put = (start, end, mark) => {
    const [low, high] = units(text, start - base, end - base);
    const part = text.slice(low, high);
    if (part) out.push(mark ? h("mark", {}, part) : part);
  };
  for (const piece of pieces) {
    const low = Math.max(piece.start, at);
    const high = Math.min(piece.end, to);
    if (low >= high) continue;
    put(at, low, false);
    put(low, high, true);
    at = high;
  }
  put(at, to, false);
  return out;
}
