#!/usr/bin/env bash
# What should a trigger's network minimise? Trains the 4-bit student on the truth alone with different losses, three
# seeds each, and writes what each is worth on the test events, at the threshold of 10 GeV and, since the losses differ in
# how early they accept, at the one where 5 % of the muons below 7 GeV pass:
#     studies/losses.sh build/release/lutra experiments/losses.json
set -euo pipefail
lutra=${1:?the program}
out=${2:?JSON file to write}
seeds=${3:-3}
leakage=0.05
source "$(dirname "$0")/trials.sh"

study() { # settings of the task, seed
  cat <<TOML
[student]
bits = 4
float_epochs = 3
distill.enabled = false
[student.task]
outputs = "pt"
accept_at = [10]
accept_width = 2
label_width = 1
$1
[student.train]
epochs = 12
seed = $2
TOML
}

make_data 300000
# Squared errors are in pT. Weights of pT^-4 make that the squared error in 1/pT, to first order: d(1/pT) = dpT / pT^2.
while IFS='|' read -r name settings; do
  settings=${settings//,/$'\n'}
  for seed in $(seq "$seeds"); do study "$settings" "$seed" | trial "$seed"; done |
    jq -s --arg loss "$name" --arg task "$settings" "$spread"'
      {loss: $loss, task: $task, plateau: spread(.plateau), leakage_below_7gev: spread(.leakage_below_7gev),
       fake_rate: spread(.fake_rate), pt_resolution: spread(.pt_resolution),
       at_leakage: {leakage_below_7gev: 0.05, plateau: spread(.at_leakage.plateau),
                    fake_rate: spread(.at_leakage.fake_rate)}, runs: .}'
done <<TABLE | jq -s --arg program "$("$lutra" --version)" '{what: "the 4-bit student on the truth alone, 3 + 12 epochs of 195,000 events",
  command: "studies/losses.sh build/release/lutra experiments/losses.json", program: $program, losses: .}' >"$work/all.json"
pT|value_weight = 1
1/pT|value_weight = 1,spectrum_power = 4
decision at 10 GeV|value_weight = 0,accept_weight = 1
pT and decision|value_weight = 0.5,accept_weight = 0.5
pT, falling spectrum|value_weight = 1,spectrum_power = 2
pT and decision, falling spectrum|value_weight = 0.5,accept_weight = 0.5,spectrum_power = 2
TABLE
mv "$work/all.json" "$out"
