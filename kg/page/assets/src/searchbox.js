/** The search field: an ARIA combobox over `Search`. */
import { fill, h } from "./dom.js";
import { label, t } from "./i18n.js";
import { dot } from "./parts.js";

export class SearchBox {
  /**
   * @param {import("./model.js").Model} model
   * @param {import("./search.js").Search} search
   * @param {(n: number) => void} pick
   */
  constructor(model, search, pick) {
    Object.assign(this, { model, search, pick });
    this.found = [];
    this.active = -1;
    this.input = h("input", {
      id: "search", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
      "aria-controls": "results", "aria-autocomplete": "list",
      onInput: (event) => this.update(event), onKeydown: (event) => this.key(event),
      onFocus: () => this.update(), onBlur: () => setTimeout(() => document.activeElement !== this.input && this.close(), 150), onCompositionend: () => this.update(),
    });
    this.list = h("ul", { id: "results", role: "listbox", hidden: true });
    this.status = h("span", { class: "visually-hidden", role: "status" });
    this.element = h("div", { class: "search" }, this.input, this.list, this.status);
    this.translate();
  }

  translate() {
    this.input.setAttribute("placeholder", t("search"));
    this.input.setAttribute("aria-label", t("search"));
    this.list.setAttribute("aria-label", t("search"));
  }

  update(event) {
    // While an input method composes, the field holds half-typed letters.
    if (event?.isComposing) return;
    const query = this.input.value;
    if (!query.trim()) {
      this.close();
      return;
    }
    this.found = this.search.find(query, 12);
    this.active = this.found.length ? 0 : -1;
    this.show();
    this.status.textContent = this.found.length ? `${this.found.length} ${t("results")}` : t("noResults");
  }

  show() {
    fill(
      this.list,
      this.found.length
        ? this.found.map(({ node, via }, i) =>
            h(
              "li",
              {
                id: `result-${i}`, role: "option", "aria-selected": String(i === this.active),
                onMousedown: (event) => {
                  event.preventDefault();
                  this.choose(i);
                },
              },
              dot(this.model.type[node]),
              h("span", { class: "name" }, this.model.name[node]),
              h("span", { class: "meta" }, [via, label("types", this.model.type[node]), ...this.model.eventKinds(node).map((k) => label("events", k))].filter(Boolean).join(" · ")),
            ),
          )
        : h("li", { class: "meta", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("noResults")),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `result-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.found.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.show();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      // The first Escape closes the list, the next one clears the field, one more is the page's.
      if (this.list.hidden && !this.input.value) return;
      if (this.list.hidden) this.input.value = "";
      this.close();
      event.stopPropagation();
    }
  }

  choose(i) {
    const { node } = this.found[i];
    this.input.value = "";
    this.close();
    this.pick(node);
  }
}
