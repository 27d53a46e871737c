/** The head of the page and the buttons over the drawing: all that depends on the language alone. */
import { fill, h } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @param {HTMLElement} head
 * @param {{title: string, views: string[], search: HTMLElement, on: Record<string, (argument?: any) => void>}} page
 * @returns {HTMLElement[]} the buttons that switch views
 */
export function fillHead(head, { title, views, search, on }) {
  const viewButtons = views.map((view) => h("button", { "data-view": view, "aria-pressed": "false", onClick: () => on.view(view) }, t(view)));
  const item = (key, id, act) =>
    h("button", { id, onClick: (event) => {
      event.currentTarget.closest("details").open = false;
      act();
    } }, t(key));
  fill(
    head,
    h("button", { class: "icon menu", "aria-controls": "sidebar", "aria-expanded": "false", "aria-label": t("filters"), onClick: (event) => on.sidebar(event.currentTarget) }, "☰"),
    h("h1", {}, title),
    search,
    h("div", { class: "views", role: "group" }, viewButtons),
    h(
      "details",
      { class: "menu-box" },
      h("summary", {}, t("export")),
      h("div", { class: "menu-list" }, item("png", "export-png", on.png), item("svg", "export-svg", on.svg), item("csv", "export-csv", on.csv), item("link", "export-link", on.link), item("print", "export-print", () => print())),
    ),
    h("button", { class: "language", onClick: on.language }, t("language")),
  );
  return viewButtons;
}

/** @param {{zoom: (factor: number) => void, fit: () => void}} on */
export function fillTools(tools, on) {
  const button = (key, sign, act) => h("button", { class: "icon", "aria-label": t(key), title: t(key), onClick: act }, sign);
  fill(tools, button("zoomIn", "+", () => on.zoom(1.4)), button("zoomOut", "−", () => on.zoom(1 / 1.4)), button("fit", "⤢", on.fit));
}
