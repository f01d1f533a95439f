#!/usr/bin/env bash
# The networks of a run as Markdown tables, mean and spread (one standard deviation) over the seeds: the students, a table
# per number of training events, then the others.
#     studies/grid_table.sh experiments/offshell/networks.json
set -euo pipefail
jq -r '
  def decimals(n): . * pow(10; n) | round | tostring | if n == 0 then . else
    (if startswith("-") then ["-", .[1:]] else ["", .] end) | .[0] as $sign | ("0" * ([n + 1 - (.[1] | length), 0] | max) // "") + .[1]
    | $sign + .[:-n] + "." + .[-n:] end;
  def mean: add / length;
  def spread: mean as $m | if length > 1 then ([.[] | (. - $m) * (. - $m)] | add / (length - 1) | sqrt) else 0 end;
  def cell(n): (mean | decimals(n)) + if length > 1 then " ± " + (spread | decimals(n)) else "" end;
  def thousands: round | tostring | if length > 3 then (.[:-3] | tonumber | thousands) + "," + .[-3:] else . end;
  def lut: map(.hardware) | (map(select(.estimated | not))[0] // {lut: (map(.lut) | mean)}) | .lut | thousands;
  def measured: "\(map(.metrics.plateau) | cell(3)) | \(map(100 * .metrics.fake_rate) | cell(2)) " +
    "| \(map(100 * .metrics.leakage_below_7gev) | cell(1)) | \(map(.metrics.pt_resolution) | cell(3)) ";
  def precision: if .bits == null then {float: "32 bits (float)", ternary: "ternary weights, 4 bits"}[.precision] else "\(.bits) bits" end;
  def teacher: if .distilled then {float: "float teacher", quantized: "5-bit teacher"}[.teacher] else "-" end;
  (.body.networks // .networks) | (map(select(.family == "student")) | group_by(.train_events) | sort_by(-length)[] |
    "\(.[0].train_events | thousands) training events\n",
    "| weights, activations | distilled from | seeds | plateau | fakes [%] | below 7 GeV [%] | pT resolution | eta resolution [10⁻³] | LUT |",
    "|---|---|---|---|---|---|---|---|---|",
    ([to_entries[] | .value + {at: .key}] | group_by(.name) | sort_by({float: -99, ternary: 99}[.[0].precision] // -.[0].bits, .[0].distilled, .[0].teacher)[] |
      "| \(.[0] | precision) | \(.[0] | teacher) | \(length) | \(measured)" +
      "| \(map(1000 * .metrics.eta_resolution) | mean | decimals(1)) | \(lut) |"), ""),
  "| network | seeds | plateau | fakes [%] | below 7 GeV [%] | pT resolution | LUT |", "|---|---|---|---|---|---|---|",
  ([to_entries[] | .value + {at: .key} | select(.family != "student")] | group_by(.name) | sort_by(.[0].at)[] |
    "| \(.[0].name) | \(length) | \(measured)| \(lut) |")
' "${1:?networks.json of a run}"
