// Draws every <figure class="plot"> from the Vega-Lite specification inside it.
import embed from "vega-embed";
import { rowsToCsv } from "./csv.js";
import { button, download } from "./files.js";

const font = "system-ui, 'DejaVu Sans', sans-serif";
const ink = "var(--ink)";

const look = {
  background: null,
  font,
  view: { stroke: "var(--axis)" },
  axis: {
    labelColor: ink, titleColor: ink, domainColor: "var(--axis)", tickColor: "var(--axis)", gridColor: "var(--grid)",
    labelFontSize: 11, titleFontSize: 12, titleFontWeight: "normal",
  },
  legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, orient: "top", columns: 3, labelLimit: 260, symbolSize: 70 },
  header: { labelColor: ink, titleColor: ink },
  title: { color: ink },
  text: { color: ink, font },
  range: { category: Array.from({ length: 12 }, (_, i) => `var(--series-${i + 1})`) },
};

// A file of its own knows no CSS variables: it gets the values of the light theme.
function standalone(svg) {
  const root = document.documentElement;
  const theme = root.dataset.theme;
  root.dataset.theme = "light";
  const style = getComputedStyle(root);
  const text = new XMLSerializer().serializeToString(svg)
    .replace(/var\((--[a-z0-9-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  root.dataset.theme = theme;
  return text;
}

function addTools(figure, spec) {
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.append(button("SVG", () =>
    download(`${figure.id}.svg`, "image/svg+xml", standalone(figure.querySelector("svg")))));
  if (spec) tools.append(button("CSV", () => download(`${figure.id}.csv`, "text/csv", rowsToCsv(spec.data.values))));
  figure.append(tools);
}

async function draw(figure) {
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const { view } = await embed(figure.querySelector(".canvas"), spec, { renderer: "svg", actions: false, config: look });
  const svg = figure.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
  figure.view = view;
  addTools(figure, spec);
}

// One broken plot must not take the others with it; the tests fail on the message.
export async function drawPlots() {
  for (const figure of document.querySelectorAll("figure.plot")) {
    try {
      await draw(figure);
    } catch (error) {
      console.error(`plot ${figure.id}:`, error);
      figure.querySelector(".canvas").textContent = "This plot could not be drawn.";
    }
  }
  document.querySelectorAll("figure.drawing").forEach((figure) => addTools(figure, null));
}
