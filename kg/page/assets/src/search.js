/** Search by name, alias, pinyin (full or initials) and abbreviation (characters in order). */

/** @param {string} text */
export function normalize(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("ü", "v").replace(/[\s·•．.,，、“”"'《》()（）-]/g, "");
}

export class Search {
  /**
   * @param {{size: number, name: string[], aliases: (n: number) => string[], type: string[]}} model nodes in order of importance
   * @param {Record<string, string>} [pinyin] characters by syllable: `{"xing": "行星", "hang": "行"}`
   */
  constructor(model, pinyin = {}) {
    this.model = model;
    this.readings = new Map();
    for (const [syllable, characters] of Object.entries(pinyin)) {
      for (const c of characters) {
        const known = this.readings.get(c);
        if (known) known.push(syllable);
        else this.readings.set(c, [syllable]);
      }
    }
    this.names = null;
    // A bit for each letter that a character's reading can begin with: most positions are ruled out by one look.
    this.initials = new Uint32Array(0x10000);
    for (const [c, readings] of this.readings) for (const r of readings) this.initials[c.charCodeAt(0)] |= bit(r.charCodeAt(0));
    for (let code = 97; code <= 122; code++) this.initials[code] = bit(code);
  }

  /** Forms of each node, made at the first search and kept. */
  prepare() {
    if (this.names) return;
    this.names = new Array(this.model.size);
    for (let n = 0; n < this.model.size; n++) {
      const forms = [normalize(this.model.name[n])];
      for (const alias of this.model.aliases(n)) forms.push(normalize(alias));
      this.names[n] = forms;
    }
  }

  /**
   * Nodes that a query finds, best first.
   * @param {string} query
   * @param {number} [limit]
   * @returns {{node: number, score: number, via: string}[]} `via`: the alias that was found, else ""
   */
  find(query, limit = 20) {
    const wanted = normalize(query);
    if (!wanted) return [];
    this.prepare();
    const latin = /^[a-z]+$/.test(wanted);
    /** @type {{node: number, score: number, via: string}[]} */
    const found = [];
    for (let n = 0; n < this.model.size; n++) {
      let score = 0;
      let via = "";
      const forms = this.names[n];
      for (let f = 0; f < forms.length; f++) {
        const s = this.score(forms[f], wanted, latin) - (f ? 5 : 0);
        if (s > score) {
          score = s;
          via = f ? this.model.aliases(n)[f - 1] : "";
        }
      }
      if (score > 0) found.push({ node: n, score, via });
    }
    // Nodes come in order of importance, and sorting is stable: equal scores stay in that order.
    return found.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  score(form, wanted, latin) {
    if (form === wanted) return 100;
    const at = form.indexOf(wanted);
    if (at === 0) return 90 - Math.min(form.length - wanted.length, 9);
    if (at > 0) return 75 - Math.min(at, 9);
    if (latin) return this.pinyinScore(form, wanted);
    return wanted.length >= 2 && isSubsequence(form, wanted) ? 45 - Math.min(form.length - wanted.length, 20) : 0;
  }

  pinyinScore(form, wanted) {
    const wantedBit = bit(wanted.charCodeAt(0));
    for (let start = 0; start < form.length; start++) {
      if (!(this.initials[form.charCodeAt(start)] & wantedBit)) continue;
      const rest = this.match(form, start, wanted, 0);
      if (rest >= 0) return (start ? 50 : 65) - Math.min(rest, 20);
    }
    return 0;
  }

  /**
   * Whether `wanted` from `at` on is read off `form` from `start` on, each character by a whole syllable or its initial
   * (the last one by any beginning). Returns how many characters of the form are left over, -1 for no match.
   */
  match(form, start, wanted, at) {
    if (at === wanted.length) return form.length - start;
    if (start === form.length) return -1;
    const readings = this.readings.get(form[start]);
    if (!readings) return form[start] === wanted[at] ? this.match(form, start + 1, wanted, at + 1) : -1;
    for (const syllable of readings) {
      if (syllable[0] !== wanted[at]) continue;
      let length = 1;
      while (length < syllable.length && wanted[at + length] === syllable[length]) length++;
      if (at + length === wanted.length) return form.length - start - 1;
      if (length === syllable.length) {
        const rest = this.match(form, start + 1, wanted, at + length);
        if (rest >= 0) return rest;
      }
      // `zh`, `ch`, `sh` count as initials too.
      if (length >= 2 && syllable[1] === "h" && length < syllable.length) {
        const rest = this.match(form, start + 1, wanted, at + 2);
        if (rest >= 0) return rest;
      }
      const rest = this.match(form, start + 1, wanted, at + 1);
      if (rest >= 0) return rest;
    }
    return -1;
  }
}

/** Whether all characters of `wanted` stand in `form`, in this order, from its first on. */
function isSubsequence(form, wanted) {
  let i = 0;
  for (let at = 0; at < form.length && i < wanted.length; at++) if (form[at] === wanted[i]) i++;
  return i === wanted.length;
}

function bit(code) {
  return 1 << (code - 97);
}
