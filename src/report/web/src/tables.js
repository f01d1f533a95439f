// Tables that sort by a click on a column's head and copy as CSV (full precision) and LaTeX.
import { toCsv } from "./csv.js";
import { button, copy, download } from "./files.js";
import { escapeLatex, latexEstimate, toLatex } from "./latex.js";

function number(cell, name) {
  return cell.dataset[name] === undefined ? null : Number(cell.dataset[name]);
}

function heads(table) {
  return [...table.querySelectorAll("thead th")];
}

// Without the rows that head a group.
function dataRows(body) {
  return [...body.querySelectorAll("tr:not(.group)")];
}

function bodyRows(table) {
  return dataRows(table).map((row) => [...row.cells]);
}

// Numbers by size, texts by alphabet, empty numbers last whatever the direction.
function compare(a, b, direction) {
  const [x, y] = [number(a, "value"), number(b, "value")];
  if (x !== null && y !== null) return direction * (x - y);
  if (x !== null || y !== null) return x === null ? 1 : -1;
  return direction * a.textContent.localeCompare(b.textContent);
}

function sortBy(table, column) {
  const head = heads(table)[column];
  const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  heads(table).forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  for (const body of table.tBodies) // every group for itself
    dataRows(body).sort((a, b) => compare(a.cells[column], b.cells[column], direction)).forEach((row) => body.append(row));
}

function columnTitle(head) {
  return head.dataset.unit ? `${head.dataset.name} [${head.dataset.unit}]` : head.dataset.name;
}

export function tableCsv(table) {
  const rows = bodyRows(table);
  const withInterval = heads(table).map((_, column) => rows.some((row) => number(row[column], "lo") !== null));
  const expand = (cells) => cells.flatMap((cell, column) => (withInterval[column] ? cell : [cell[0]]));
  const header = heads(table).map((head) => [columnTitle(head), `${columnTitle(head)} low`, `${columnTitle(head)} high`]);
  const values = rows.map((row) =>
    row.map((cell) => [number(cell, "value") ?? cell.textContent, number(cell, "lo"), number(cell, "hi")]));
  return toCsv(expand(header), values.map(expand));
}

export function tableLatex(table) {
  const rows = bodyRows(table);
  const alignment = heads(table).map((_, column) => (rows.some((row) => number(row[column], "value") !== null) ? "r" : "l"));
  const cells = rows.map((row) =>
    row.map((cell) => {
      const [value, lo, hi] = ["value", "lo", "hi"].map((name) => number(cell, name));
      return lo === null || hi === null ? escapeLatex(cell.textContent) : latexEstimate(value, lo, hi);
    }));
  return toLatex(table.closest(".table").querySelector(".caption").textContent, heads(table).map(columnTitle), cells, alignment.join(""));
}

export function addTableTools(holder) {
  const table = holder.querySelector("table");
  heads(table).forEach((head, column) => {
    const label = document.createElement("button");
    label.type = "button";
    label.title = "Sort by this column";
    label.append(...head.childNodes);
    label.addEventListener("click", () => sortBy(table, column));
    head.append(label);
  });
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.append(
    button("Copy CSV", (source) => copy(tableCsv(table), source)),
    button("Copy LaTeX", (source) => copy(tableLatex(table), source)),
    button("Download CSV", () => download(`${holder.id}.csv`, "text/csv", tableCsv(table))),
  );
  holder.append(tools);
}
