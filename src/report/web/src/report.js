// Brings a report to life: draws its plots, and gives tables and plots their buttons. The page's text, tables and numbers
// are complete without it.
import { drawPlots } from "./plots.js";
import { addTableTools } from "./tables.js";
import { addThemeButton } from "./theme.js";

addThemeButton();
document.querySelectorAll("div.table").forEach(addTableTools);
drawPlots().finally(() => {
  document.documentElement.dataset.ready = "true";
});
