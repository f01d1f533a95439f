#!/usr/bin/env bash
# Copies from the folder of `lutra run` what its report is drawn from, and the networks, not the data and the checkpoints:
#     studies/keep.sh runs/offshell experiments/offshell
set -euo pipefail
run=${1:?the folder of a run}
out=${2:?the folder to write}
[ -e "$run/metrics.json" ] || { echo "keep.sh: no metrics.json in $run: is it the folder of a finished run?" >&2; exit 2; }

keep() { # file of the run, name to keep it under
  if [ -e "$run/$1" ]; then install -D -m 644 "$run/$1" "$out/$2"; fi
}

# The files that src/base/artifacts.cc keeps; its test compares the two lists.
for file in study.toml metrics.json verify.json synth.json rtl/design.json learned/rtl/design.json learned/synth.json \
  chain/design.json chain-verify.json chain-synth.json student/network.json teacher/history.json student/history.json \
  displays.json references.json fragmentation.json networks.json pareto.json fit.json learned/network.json \
  learned/front.json; do
  keep "$file" "$file"
done
# Of each kind of roads the network of the first seed, without a teacher.
for folder in "$run"/roads/*-alone-seed1; do
  roads=$(basename "$folder")
  keep "roads/$roads/network.json" "networks/roads${roads%%-*}.json"
done
