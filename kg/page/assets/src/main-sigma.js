/**
 * The page for graphs that vis-network no longer keeps fluid: sigma.js (WebGL) where the machine has a GPU, else a plain
 * canvas. Without a GPU the processor computes WebGL: measured with 50,000 nodes (Chromium with SwiftShader), a frame then
 * costs 190 ms of processor time, on the plain canvas 80 ms. `?renderer=webgl` and `?renderer=canvas` in the address
 * decide otherwise.
 */
import { start } from "./app.js";
import { CanvasRenderer } from "./render-canvas.js";
import { SigmaRenderer } from "./render-sigma.js";

function hasFastWebGl() {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  // Some browsers hand out a context that the processor computes all the same; its name tells.
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

const wanted = new URLSearchParams(location.search).get("renderer");
const Renderer = wanted === "webgl" || (wanted !== "canvas" && hasFastWebGl()) ? SigmaRenderer : CanvasRenderer;
start((container, model, _drawing, on) => new Renderer(container, model, on));
