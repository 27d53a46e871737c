/** The drawing as PNG and SVG. */
import { LINE, PAPER, linkWidth } from "./look.js";
import palette from "./palette.json" with { type: "json" };

/** Offer a blob as a download. */
export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Several canvases, one over the other, as a PNG. */
export function toPng(canvases) {
  const width = Math.max(...canvases.map((c) => c.width));
  const height = Math.max(...canvases.map((c) => c.height));
  const whole = document.createElement("canvas");
  whole.width = width;
  whole.height = height;
  const context = whole.getContext("2d");
  context.fillStyle = PAPER;
  context.fillRect(0, 0, width, height);
  for (const canvas of canvases) context.drawImage(canvas, 0, 0, width, height);
  return new Promise((resolve) => whole.toBlob(resolve, "image/png"));
}

const escapeXml = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

/** Outline of a node's shape around 0,0 as an SVG path. */
export function shapePath(shape, r) {
  const polygon = (corners, turn, size) =>
    `M${Array.from({ length: corners }, (_, i) => {
      const a = (i / corners) * 2 * Math.PI + turn;
      return `${(size * Math.cos(a)).toFixed(1)},${(size * Math.sin(a)).toFixed(1)}`;
    }).join("L")}Z`;
  if (shape === "square") return `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}Z`;
  if (shape === "diamond") return `M0,${-r}L${r},0L0,${r}L${-r},0Z`;
  if (shape === "hexagon") return polygon(6, 0, r);
  if (shape === "triangle") return polygon(3, -Math.PI / 2, r * 1.15);
  if (shape === "triangleDown") return polygon(3, Math.PI / 2, r * 1.15);
  return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
}

/**
 * The view as an SVG document.
 * @param {import("./model.js").Model} model
 * @param {object} view see `LabelLayer.draw`
 * @param {any[]} labels from `LabelLayer.layout`
 */
export function toSvg(model, view, labels) {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}">`,
    `<title>${escapeXml(model.title)}</title>`,
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    `<g stroke="${LINE}" fill="none">`,
  ];
  const f = (v) => v.toFixed(1);
  for (const link of view.links) {
    const [ax, ay] = view.place(link.a);
    const [bx, by] = view.place(link.b);
    const faded = view.brightLink(link) ? "" : ' opacity="0.18"';
    const count = link.pair >= 0 ? model.edgesOf(link.pair).length : link.edges.length;
    parts.push(`<path d="M${f(ax)},${f(ay)}L${f(bx)},${f(by)}" stroke-width="${linkWidth(count)}"${faded}/>`);
  }
  parts.push("</g>");
  for (const n of view.nodes) {
    const [x, y] = view.place(n);
    const { colour, shape } = palette[model.type[n]];
    const faded = view.bright(n) ? "" : ' opacity="0.18"';
    parts.push(`<path transform="translate(${f(x)},${f(y)})" d="${shapePath(shape, Math.max(view.radius(n), 1.5))}" fill="${colour}"${faded}><title>${escapeXml(view.name(n))}</title></path>`);
  }
  parts.push('<g text-anchor="middle" font-family="Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif" paint-order="stroke" stroke="#fbf9f5" stroke-width="3" stroke-linejoin="round">');
  for (const { x, y, lines, size, colour, weight } of labels) {
    lines.forEach((line, i) => {
      parts.push(`<text x="${f(x)}" y="${f(y + size * 0.9 + i * (size + 2))}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escapeXml(line)}</text>`);
    });
  }
  parts.push("</g></svg>");
  return parts.join("\n");
}
