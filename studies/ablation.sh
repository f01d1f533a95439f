#!/usr/bin/env bash
# What each pass of the compiler saves: compiles networks with one pass switched off at a time.
#   studies/ablation.sh OUT.json NETWORK.json...
# prints and writes, for every network and setting, the estimate of the cost model; with SYNTH=1 also what Yosys
# counts (minutes per network). LUTRA names the program, INPUT_MAX the largest input integer (2: fragments of pool 2).
set -euo pipefail
lutra=${LUTRA:-build/release/lutra}
out=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

settings=(
  "all passes|"
  "no shared sums|share_sums = false"
  "no unsharing|unshare_sums = false"
  "no exact ranges|exact_ranges = false"
  "no spread row constants|row_constants = false"
  "none of these four|share_sums = false;unshare_sums = false;exact_ranges = false;row_constants = false"
  "no wide ORs|wide_ors = false"
  "no truth-table collapse|collapse = false"
  "no paired tables|pair_tables = false"
  "no table passes|wide_ors = false;collapse = false;pair_tables = false"
  "portable flavour|flavour = \"portable\""
)

rows=""
for network in "$@"; do
  for setting in "${settings[@]}"; do
    name=${setting%%|*}
    { printf '[compile]\ninput_max = %s\n' "${INPUT_MAX:-2}"; tr ';' '\n' <<<"${setting#*|}"; } >"$work/study.toml"
    rm -rf "$work/rtl"
    "$lutra" compile "$network" --out "$work/rtl" --study "$work/study.toml" --quiet >/dev/null
    row=$(jq -c --arg network "$(basename "$network" .json)" --arg setting "$name" \
      '{$network, $setting, lut_estimate: .cost.lut, ff_estimate: .cost.ff, cycles: .latency_cycles}' "$work/rtl/design.json")
    if [ "${SYNTH:-0}" = 1 ]; then
      "$lutra" synth "$work/rtl" --quiet >/dev/null
      row=$(jq -c --argjson row "$row" '$row + {lut, ff, carry, inverters}' "$work/rtl/synth.json")
    fi
    echo "$row"
    rows+="${rows:+,
  }$row"
  done
done
printf '[\n  %s\n]\n' "$rows" >"$out"
