#!/usr/bin/env bash
# The networks of a run as a Markdown table, mean and spread (one standard deviation) over the seeds:
#     studies/grid_table.sh experiments/offshell/networks.json
set -euo pipefail
jq -r '
  def round_to(n): . * pow(10; n) | round / pow(10; n);
  def mean: add / length;
  def spread: mean as $m | if length > 1 then ([.[] | (. - $m) * (. - $m)] | add / (length - 1) | sqrt) else 0 end;
  def cell(n): "\(mean | round_to(n)) ± \(spread | round_to(n))";
  "| network | seeds | plateau | fakes [%] | below 7 GeV [%] | pT resolution | LUT |",
  "|---|---|---|---|---|---|---|",
  ([.networks | to_entries[] | .value + {at: .key}] | group_by(.name) | sort_by(.[0].at)[] |
    "| \(.[0].name) | \(length) | \(map(.metrics.plateau) | cell(3)) | \(map(100 * .metrics.fake_rate) | cell(2)) " +
    "| \(map(100 * .metrics.leakage_below_7gev) | cell(1)) | \(map(.metrics.pt_resolution) | cell(3)) " +
    "| \(map(.hardware.lut) | min)-\(map(.hardware.lut) | max) |")
' "${1:?networks.json of a run}"
