/** What the reader has chosen, and its form in the address (a permalink restores the view). */

/**
 * @typedef {object} State
 * @property {"graph"|"table"|"map"} view
 * @property {"zh"|"en"} lang
 * @property {string[]} offTypes entity types hidden
 * @property {string[]} offKinds relations hidden
 * @property {string[]} offEvents kinds of event hidden
 * @property {string} from first day, ISO, or ""
 * @property {string} to last day, ISO, or ""
 * @property {string} place id of a place, or ""
 * @property {boolean} isolated
 * @property {boolean} candidates
 * @property {boolean} bylines
 * @property {string} node id of the selected node, or ""
 * @property {string} pair ids of the two ends of the selected pair, joined by U+001F, or ""
 * @property {string} ego id of the centre, or ""
 * @property {number} depth of the ego view, 1 to 3
 * @property {string} pathFrom
 * @property {string} pathTo
 * @property {string[]} folded ids of folded communities
 */

export const SEPARATOR = "\u001f";

/** @returns {State} */
export function initialState() {
  return {
    view: "graph", lang: "zh", offTypes: [], offKinds: [], offEvents: [], from: "", to: "", place: "", isolated: false,
    candidates: false, bylines: false, node: "", pair: "", ego: "", depth: 1, pathFrom: "", pathTo: "", folded: [],
  };
}

/** The state as an address fragment; what is as at the start is left out. */
export function toHash(state) {
  const start = initialState();
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    if (key === "lang" || JSON.stringify(value) === JSON.stringify(start[key])) continue;
    parts.set(key, Array.isArray(value) ? value.join(SEPARATOR) : String(value));
  }
  return parts.toString();
}

/** A state from an address fragment; anything that it should not hold is left out. */
export function fromHash(hash) {
  const state = initialState();
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (!Object.hasOwn(state, key)) continue;
    const start = state[key];
    if (Array.isArray(start)) state[key] = value.split(SEPARATOR).filter(Boolean);
    else if (typeof start === "boolean") state[key] = value === "true";
    else if (typeof start === "number") state[key] = Math.min(3, Math.max(1, Math.round(Number(value)) || 1));
    else if (key === "view") state.view = ["graph", "table", "map"].includes(value) ? value : "graph";
    else if (key === "from" || key === "to") state[key] = /^[\d-]{2,10}$/.test(value) ? value : "";
    else state[key] = value;
  }
  return state;
}

/** A small store: `set` merges a change and tells everybody who listens. */
export class Store {
  constructor(state) {
    this.state = state;
    this.listeners = [];
  }

  set(change) {
    const before = this.state;
    this.state = { ...before, ...change };
    for (const listener of this.listeners) listener(this.state, before);
  }

  listen(listener) {
    this.listeners.push(listener);
  }
}
