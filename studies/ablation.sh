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
    files="$work/rtl/design.json"
    if [ "${SYNTH:-0}" = 1 ]; then
      "$lutra" synth "$work/rtl" --quiet >/dev/null
      files="$files $work/rtl/synth.json"
    fi
    row=$(node - "$network" "$name" $files <<'JS'
const [network, setting, design, synth] = process.argv.slice(2);
const body = (file) => { const j = JSON.parse(require("fs").readFileSync(file)); return j.body ?? j; };
const d = body(design), s = synth ? body(synth) : null;
const row = { network: require("path").basename(network, ".json"), setting, lut_estimate: d.cost.lut,
              ff_estimate: d.cost.ff, cycles: d.latency_cycles };
if (s) Object.assign(row, { lut: s.lut, ff: s.ff, carry: s.carry, inverters: s.inverters });
process.stdout.write(JSON.stringify(row));
JS
    )
    echo "$row"
    rows+="${rows:+,
  }$row"
  done
done
printf '[\n  %s\n]\n' "$rows" >"$out"
