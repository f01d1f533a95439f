#!/usr/bin/env bash
# Compiles and synthesises a table of networks and settings: what the cost model estimates beside what Yosys counts.
#   studies/synthesis.sh OUT.json [PATTERN]
# runs the cases whose name matches the pattern (all by default: an hour) and replaces their rows of OUT.json. LUTRA and
# PUBLISHED_STUDENT name the programs (build target published_student makes the fixed network of any seed).
set -euo pipefail
lutra=${LUTRA:-build/release/lutra}
published_student=${PUBLISHED_STUDENT:-build/release/tests/published_student}
out=$1
pattern=${2:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# name | network | settings of [compile]. 4.2 ns has room for five adders of two operands (compile/delay.h).
cases=(
  "published student 2|2|"
  "published student 2, portable|2|flavour = \"portable\""
  "published student 2, interval 12|2|interval = 12;clock_ns = 2.0833"
  "published student 2, 4.2 ns|2|clock_ns = 4.2"
  "published student 3|3|"
  "published student 4|4|"
  "published student 6|6|"
  "published student 7|7|"
  "published student 3, interval 12|3|interval = 12;clock_ns = 2.0833"
  "roads16|experiments/networks/roads16.json|"
  "roads16, portable|experiments/networks/roads16.json|flavour = \"portable\""
  "roads38|experiments/networks/roads38.json|"
)

for case in "${cases[@]}"; do
  IFS='|' read -r name network settings <<<"$case"
  grep -q -- "$pattern" <<<"$name" || continue
  if [ ! -e "$network" ]; then
    "$published_student" "$network" "$work/network.json"
    network=$work/network.json
  fi
  { printf '[compile]\ninput_max = 2\n'; tr ';' '\n' <<<"$settings"; } >"$work/study.toml"
  rm -rf "$work/rtl"
  "$lutra" compile "$network" --out "$work/rtl" --study "$work/study.toml" --quiet >/dev/null
  "$lutra" synth "$work/rtl" --quiet >/dev/null
  row=$(jq -c --arg name "$name" --arg commit "$(git rev-parse --short HEAD)" --slurpfile synth "$work/rtl/synth.json" '
    $synth[0] as $s | {$name, lut: $s.lut, lut_estimate: .cost.lut, lut_error: ((.cost.lut / $s.lut - 1) * 1e4 | round / 1e4),
      ff: $s.ff, ff_estimate: .cost.ff, carry: $s.carry, inverters: $s.inverters, cycles: .latency_cycles,
      interval: .interval_cycles, clock_ns, adder_levels: .cost.adder_levels, tool: $s.tool, flow: $s.flow, $commit}
    ' "$work/rtl/design.json")
  [ -e "$out" ] || echo '[]' >"$out"
  jq -r --argjson row "$row" '
    map(select(.name != $row.name)) + [$row] | sort_by(.name) | "[\n  " + (map(tojson) | join(",\n  ")) + "\n]"
    ' "$out" >"$out.new"
  mv "$out.new" "$out"
  echo "$row"
done
