/** Small pieces that several views show. */
import { h } from "./dom.js";
import { label, t } from "./i18n.js";

const FIRST = 12;

export function badge(type) {
  return h("span", { class: `badge type-${type}` }, label("types", type));
}

export function dot(type) {
  return h("span", { class: `dot type-${type}`, "aria-hidden": "true" });
}

export function section(title, count, list) {
  return h("section", { class: "group" }, h("h3", {}, title, h("span", { class: "count" }, String(count))), list);
}

/** A list that shows its first items, and the others when asked. */
export function longList(items, make, first = FIRST) {
  const list = h("ul", {}, items.slice(0, first).map(make));
  if (items.length <= first) return list;
  let shown = first;
  const button = h("button", { class: "more" }, `${t("more")} (${items.length - first})`);
  button.addEventListener("click", () => {
    const next = items.slice(shown, shown + 50);
    list.append(...next.map(make));
    shown += next.length;
    if (shown >= items.length) button.remove();
    else button.textContent = `${t("more")} (${items.length - shown})`;
  });
  return h("div", {}, list, button);
}
