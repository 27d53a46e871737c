/**
 * What the page asks of a renderer (`render-vis.js`, `render-sigma.js`).
 *
 * `setVisible` (what is shown) is always followed by `highlight` (what stays bright), then perhaps by `fit`. `complete`, where
 * there is one, is called once the first frame is on the screen.
 *
 * @typedef {{a: number, b: number, pair: number, edges?: number[]}} Link
 *   what is drawn between two nodes: a pair (`pair` is its number), or the bundle of a folded community (`pair` -1)
 *
 * @typedef {object} Listeners
 * @property {(n: number) => void} node a node was clicked
 * @property {(link: Link) => void} link
 * @property {() => void} background
 * @property {(what: {node?: number, link?: Link} | null, x: number, y: number) => void} hover
 * @property {(context?: CanvasRenderingContext2D) => void} frame a frame was drawn: labels follow, on this context if given
 */
export {};
