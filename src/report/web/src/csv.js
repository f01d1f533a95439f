// Comma-separated values after RFC 4180.

// Text that a spreadsheet would take for a formula is quoted with an apostrophe; numbers stay numbers.
function field(value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(header, rows) {
  return [header, ...rows].map((row) => row.map(field).join(",") + "\r\n").join("");
}

// Rows of a plot: the union of their keys, in order of appearance.
export function rowsToCsv(values) {
  const keys = [...new Set(values.flatMap((value) => Object.keys(value)))];
  return toCsv(keys, values.map((value) => keys.map((key) => value[key])));
}
