/** The page with vis-network, for graphs up to some hundred nodes. */
import { start } from "./app.js";
import { VisRenderer } from "./render-vis.js";

const drawing = JSON.parse(document.getElementById("kg-vis").textContent);
start((container, model, on) => new VisRenderer(container, model, drawing, on));
