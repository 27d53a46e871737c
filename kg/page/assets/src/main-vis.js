/** The page with vis-network, for graphs up to some hundred nodes. */
import { start } from "./app.js";
import { VisRenderer } from "./render-vis.js";

start((container, model, drawing, on) => new VisRenderer(container, model, drawing, on));
