/** The page with sigma.js, for graphs that vis-network no longer keeps fluid; on a plain canvas where WebGL is missing. */
import { start } from "./app.js";
import { CanvasRenderer } from "./render-canvas.js";
import { SigmaRenderer } from "./render-sigma.js";

function hasWebGl() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

const Renderer = hasWebGl() ? SigmaRenderer : CanvasRenderer;
start((container, model, _drawing, on) => new Renderer(container, model, on));
