// A table as a LaTeX tabular; intervals become asymmetric errors.

const special = {
  "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
  "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
};

export function escapeLatex(text) {
  return text.replace(/[\\~^&%$#_{}]/g, (character) => special[character]);
}

function significant(error) {
  return Math.max(0, 1 - Math.floor(Math.log10(error)));
}

// 0.953 with [0.948, 0.957] -> $0.9530^{+0.0040}_{-0.0050}$: two digits of the smaller error.
export function latexEstimate(value, lo, hi) {
  const errors = [hi - value, value - lo].filter((error) => error > 0);
  const digits = errors.length ? Math.min(8, significant(Math.min(...errors))) : 4;
  return `$${value.toFixed(digits)}^{+${(hi - value).toFixed(digits)}}_{-${(value - lo).toFixed(digits)}}$`;
}

export function toLatex(caption, header, rows, alignment) {
  const line = (cells) => `  ${cells.join(" & ")} \\\\`;
  return [
    "\\begin{table}", `  \\caption{${escapeLatex(caption)}}`, `  \\begin{tabular}{${alignment}}`, "  \\hline",
    line(header.map(escapeLatex)), "  \\hline", ...rows.map(line), "  \\hline", "  \\end{tabular}", "\\end{table}", "",
  ].join("\n");
}
