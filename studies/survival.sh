#!/usr/bin/env bash
# Do narrow students live? Trains the published student on the truth alone from 20 seeds each at 4 bits, 2 bits and with
# ternary weights, for a short time on few events, and writes how often it had to start again and how well it ended:
#     studies/survival.sh build/release/lutra experiments/survival.json
set -euo pipefail
lutra=${1:?the program}
out=${2:?JSON file to write}
seeds=${3:-20}
source "$(dirname "$0")/trials.sh"

study() { # precision bits seed
  cat <<TOML
[student]
precision = "$1"
bits = $2
float_epochs = 5
distill.enabled = false
[student.train]
epochs = 10
train_events = 60000
validation_events = 10000
seed = $3
TOML
}

make_data 100000
for kind in "fixed 4" "fixed 2" "ternary 4"; do
  read -r precision bits <<<"$kind"
  for seed in $(seq "$seeds"); do study "$precision" "$bits" "$seed" | trial "$seed"; done |
    jq -s --arg precision "$precision" --argjson bits "$bits" "$spread"'
      {precision: $precision, bits: $bits, seeds: length, lived_at_once: map(select(.restarts == 0)) | length,
       never_lived: map(select(.died)) | length, plateau: spread(.plateau), runs: .}'
done | jq -s --arg program "$("$lutra" --version)" '{what: "the published student on the truth alone, 5 + 10 epochs of 60,000 events, up to 10 restarts",
  command: "studies/survival.sh build/release/lutra experiments/survival.json", program: $program, kinds: .}' >"$work/all.json"
mv "$work/all.json" "$out"
