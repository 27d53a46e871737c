/** Time in the panel: a person's posts as lanes, events on a line. */
import { NO_YEAR, dayOf, dayText, readable } from "./dates.js";
import { h } from "./dom.js";
import { currentLanguage, edgeLabel, label, t } from "./i18n.js";

const MOST_LANES = 10;
const WIDTH = 320;
const ROW = 34;

/** First and last day on which each post is reported, as far as the articles are dated. */
export function postSpans(model, n, edges) {
  const spans = new Map();
  for (const e of edges) {
    if (!model.kind[e].startsWith("position") || model.source[e] !== n) continue;
    const days = model.edgeEvidence[e]
      .map((number) => dayOf(model.articles.date[model.details.evidence.article[number]]))
      .filter((d) => d !== null);
    if (!days.length) continue;
    const name = `${model.name[model.target[e]]} ${edgeLabel(model.kind[e], model.detail[e])}`;
    const span = spans.get(name) ?? { name, days: [], former: model.kind[e] === "position/former" };
    span.days.push(...days);
    spans.set(name, span);
  }
  for (const span of spans.values()) span.days = [...new Set(span.days)].sort((a, b) => a - b);
  return [...spans.values()].sort((a, b) => a.days[0] - b.days[0] || (a.name < b.name ? -1 : 1));
}

/** Lanes from the first to the last report of each post, a dot a report; `null` where fewer than two days are known. */
export function postLanes(model, n, edges) {
  const spans = postSpans(model, n, edges).slice(0, MOST_LANES);
  const days = spans.flatMap((s) => s.days);
  if (new Set(days).size < 2) return null;
  const low = Math.min(...days);
  const high = Math.max(...days);
  const x = (day) => 8 + ((day - low) / (high - low)) * (WIDTH - 16);
  const height = spans.length * ROW + 18;
  return h(
    "svg:svg",
    { class: "lanes", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": spans.map((s) => `${s.name} ${dayText(s.days[0])} – ${dayText(s.days.at(-1))}`).join("; ") },
    spans.map((span, i) => {
      const y = i * ROW + 24;
      return h(
        "svg:g",
        { class: span.former ? "lane former" : "lane" },
        h("svg:text", { x: 4, y: y - 8 }, span.name),
        h("svg:line", { x1: x(span.days[0]), x2: x(span.days.at(-1)), y1: y, y2: y }),
        span.days.map((day) => h("svg:circle", { cx: x(day), cy: y, r: 3.5 }, h("svg:title", {}, `${span.name} ${dayText(day)}`))),
      );
    }),
    h("svg:text", { x: 4, y: height - 2, class: "axis" }, dayText(low)),
    h("svg:text", { x: WIDTH - 4, y: height - 2, class: "axis", "text-anchor": "end" }, dayText(high)),
  );
}

/** Events and dated relations of a node in order of time; `null` where fewer than two are dated. */
export function eventLine(model, n, edges, open) {
  const seen = new Map();
  for (const e of edges) {
    const other = model.source[e] === n ? model.target[e] : model.source[e];
    if (model.type[other] !== "event") continue;
    const date = model.dates(other)[0];
    if (!date) continue;
    const words = seen.get(other) ?? { other, date, kinds: [] };
    words.kinds.push(label("relations", model.kind[e]));
    seen.set(other, words);
  }
  if (seen.size < 2) return null;
  const yearless = [...seen.values()].every(({ date }) => date.startsWith("--"));
  const day = ({ date }) => dayOf(date, yearless ? NO_YEAR : undefined) ?? Infinity;
  const rows = [...seen.values()].sort((a, b) => day(a) - day(b) || a.other - b.other);
  const list = h("ol", { class: "timeline" });
  const put = (from, to) =>
    list.append(
      ...rows.slice(from, to).map(({ other, date, kinds }) =>
        h("li", {}, h("time", {}, readable(date, currentLanguage())), h("button", { class: "link", onClick: () => open(other) }, model.name[other]), h("span", { class: "meta" }, [...new Set(kinds)].join("·"))),
      ),
    );
  put(0, 8);
  if (rows.length <= 8) return list;
  const more = h("button", { class: "more" }, `${t("more")} (${rows.length - 8})`);
  more.addEventListener("click", () => {
    put(8, rows.length);
    more.remove();
  });
  return h("div", {}, list, more);
}
