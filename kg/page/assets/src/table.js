/** What is shown, as a table, and as CSV. */
import { readable } from "./dates.js";
import { fill, h } from "./dom.js";
import { currentLanguage, edgeLabel, t } from "./i18n.js";
import { dot } from "./parts.js";

const PAGE = 200;

/** Rows of the edges that a mask shows, in order of the importance of their ends. */
export function rows(model, mask) {
  const out = [];
  for (let e = 0; e < model.edgeCount; e++) if (mask.edges[e]) out.push(e);
  return out;
}

export function cells(model, e, language) {
  const dates = model.edgeDate[e] ? [model.edgeDate[e]] : [...model.dates(model.source[e]), ...model.dates(model.target[e])];
  const piece = model.evidence(model.edgeEvidence[e][0]);
  return [
    model.name[model.source[e]],
    edgeLabel(model.kind[e], model.detail[e]),
    model.name[model.target[e]],
    language ? dates.map((d) => readable(d, language)).join("、") : dates.join(" "),
    piece.quote,
    model.articles.title[piece.article],
  ];
}

/**
 * CSV after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe, so that a hostile name
 * cannot run there either.
 * @param {string[][]} lines
 */
export function toCsv(lines) {
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

export class TableView {
  constructor(element, model, on) {
    Object.assign(this, { element, model, on });
    this.sort = null;
  }

  header() {
    return [t("subject"), t("relation"), t("object"), t("date"), t("evidence"), t("article")];
  }

  csv(mask) {
    return toCsv([this.header(), ...rows(this.model, mask).map((e) => cells(this.model, e, ""))]);
  }

  render(mask) {
    this.mask = mask;
    const { model } = this;
    const all = rows(model, mask);
    if (this.sort) {
      const { column, down } = this.sort;
      const collator = new Intl.Collator("zh-Hans", { numeric: true });
      const keyed = all.map((e) => [cells(model, e, "")[column], e]);
      keyed.sort(([a], [b]) => collator.compare(a, b) * (down ? -1 : 1));
      all.splice(0, all.length, ...keyed.map(([, e]) => e));
    }
    const body = h("tbody", {});
    let shown = 0;
    const more = h("button", { class: "more", onClick: () => grow() });
    const grow = () => {
      body.append(...all.slice(shown, shown + PAGE).map((e) => this.row(e)));
      shown = Math.min(all.length, shown + PAGE);
      more.hidden = shown >= all.length;
      more.textContent = `${t("more")} (${all.length - shown})`;
    };
    grow();
    fill(
      this.element,
      h(
        "div",
        { class: "table-bar" },
        h("span", { role: "status" }, `${all.length} ${t("rowsShown")}`),
        h("button", { id: "copy-csv", onClick: (event) => this.on.copy(this.csv(this.mask), event.currentTarget) }, t("csv")),
      ),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, this.header().map((title, column) => this.columnHead(title, column)))),
        body,
      ),
      more,
    );
  }

  columnHead(title, column) {
    const state = this.sort?.column === column ? (this.sort.down ? "descending" : "ascending") : "none";
    return h(
      "th",
      { scope: "col", "aria-sort": state },
      h("button", {
        class: "link",
        onClick: () => {
          this.sort = { column, down: this.sort?.column === column && !this.sort.down };
          this.render(this.mask);
        },
      }, title, state === "none" ? "" : state === "ascending" ? " ↑" : " ↓"),
    );
  }

  row(e) {
    const { model } = this;
    const [, relation, , date, quote, article] = cells(model, e, currentLanguage());
    const name = (n) => h("span", { class: "ends" }, dot(model.type[n]), h("button", { class: "link", onClick: () => this.on.node(n) }, model.name[n]));
    return h(
      "tr",
      {},
      h("td", {}, name(model.source[e])),
      h("td", {}, h("button", { class: "link", onClick: () => this.on.pair(model.source[e], model.target[e]) }, relation)),
      h("td", {}, name(model.target[e])),
      h("td", { class: "nowrap" }, date),
      h("td", { class: "quote" }, quote),
      h("td", { class: "meta" }, article),
    );
  }
}
