#!/usr/bin/env bash
# What does a network cost after compilation? Trains small networks of many kinds on few events, compiles them all and
# fits the cost that learned precision can count (docs/training.md):
#     studies/calibration.sh build/release/lutra build/release/tests/lut_calibration experiments/lut_calibration.json
set -euo pipefail
lutra=${1:?the program}
calibrate=${2:?lut_calibration}
out=${3:?JSON file to write}
source "$(dirname "$0")/trials.sh"

uniform() { # precision bits
  cat <<TOML
[student]
precision = "$1"
bits = $2
float_epochs = 2
distill.enabled = false
[student.train]
epochs = 4
train_events = 60000
validation_events = 10000
TOML
}

front() { # layers, granularity
  cat <<TOML
[learned]
float_epochs = 2
distill.enabled = false
$1
[learned.learn]
granularity = "$2"
points = 4
polish_epochs = 1
dearest_ebops = 8000
max_ebops = 1e6
[learned.train]
epochs = 16
train_events = 60000
validation_events = 10000
TOML
}

layers() { # op=channels,...: one [[learned.layer]] each, settings separated by +
  local layer
  for layer in "$@"; do printf '[[learned.layer]]\n%s\n' "${layer//+/$'\n'}"; done
}

dense() { echo "op = \"dense\"+channels = $1"; }
table='op = "table"+channels = 2'
road='op = "conv"+channels = 3+kernel_rows = 1+kernel_cols = 5+pad_cols = 2'
best='op = "max_pool"+kernel_rows = 1+kernel_cols = 4+stride_cols = 4'
strided='op = "conv"+channels = 3+stride_rows = 3+stride_cols = 2'

make_data 100000
for kind in "fixed 2" "fixed 3" "fixed 4" "fixed 5" "fixed 6" "fixed 8" "ternary 4"; do
  read -r precision bits <<<"$kind"
  uniform "$precision" "$bits" >"$work/study.toml"
  "$lutra" distill "$work/study.toml" --data "$work/fragments.h5" --out "$work/$precision-$bits" --quiet
done
make_front() { # name granularity layers...
  front "$(layers "${@:3}")" "$2" >"$work/study.toml"
  "$lutra" learn "$work/study.toml" --data "$work/fragments.h5" --out "$work/$1" --quiet
  rm "$work/$1/network.json"
}
make_front dense weight "$(dense 16)" "$(dense 12)" "$(dense 0)"
make_front narrow channel "$(dense 8)" "$(dense 0)"
make_front tables weight "$table" "$(dense 12)" "$(dense 0)"
make_front roads weight "$table" "$road" "$best" "$(dense 8)" "$(dense 0)"
make_front strided weight "$strided" "$(dense 10)" "$(dense 0)"
"$calibrate" "$work"/*/network.json "$work"/*/front-*.json >"$work/all.json"
jq --arg program "$("$lutra" --version)" '{what, program: $program,
  command: "studies/calibration.sh build/release/lutra build/release/tests/lut_calibration experiments/lut_calibration.json"}
  + .' "$work/all.json" >"$work/out.json"
mv "$work/out.json" "$out"
