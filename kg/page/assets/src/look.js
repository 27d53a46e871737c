/** Colours and widths that every renderer shares. */

export const PAPER = "#fbf9f5";
export const INK = "#26221c";
export const LINE = "#b9ad9a";
export const ACCENT = "#8c3b1c";

/** A colour as it looks behind paper: dimmed nodes and lines. */
export function faded(colour, share = 0.16) {
  const channel = (text, i) => parseInt(text.slice(1 + 2 * i, 3 + 2 * i), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(channel(colour, i) * share + channel(PAPER, i) * (1 - share)));
  return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** Width of a line that stands for `count` relations. The counterpart of `render._network`. */
export function linkWidth(count) {
  return Math.min(1.6 + 0.7 * (count - 1), 5);
}
