/** The page with sigma.js, for graphs that vis-network no longer keeps fluid. */
import { start } from "./app.js";
import { SigmaRenderer } from "./render-sigma.js";

start((container, model, _drawing, on) => new SigmaRenderer(container, model, on));
