#!/usr/bin/env bash
# Do narrow students live? Trains the student on the truth alone from 20 seeds each at 4 bits, 2 bits and ternary, for a
# short time, and writes how often it had to start again: studies/survival.sh build/release/lutra experiments/survival.json
set -euo pipefail
lutra=${1:?the program}
out=${2:?JSON file to write}
seeds=${3:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

study() { # precision bits seed
  cat <<TOML
seed = 4711
events = 100000
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

study fixed 4 1 >"$work/study.toml"
"$lutra" simulate "$work/study.toml" --out "$work/events.h5" --quiet
"$lutra" fragment "$work/events.h5" --out "$work/fragments.h5" --quiet

kinds=()
for kind in "fixed 4" "fixed 2" "ternary 4"; do
  read -r precision bits <<<"$kind"
  runs=()
  for seed in $(seq "$seeds"); do
    study "$precision" "$bits" "$seed" >"$work/study.toml"
    if ! result=$("$lutra" distill "$work/study.toml" --data "$work/fragments.h5" --out "$work/$precision-$bits-$seed" \
      --json 2>"$work/error"); then
      grep -q "died" "$work/error" || { cat "$work/error" >&2; exit 1; }
      result='{"restarts": null, "validation_loss": null}'
    fi
    runs+=("$(sed -n 's/.*"restarts": *\([^,}]*\).*/\1/p' <<<"$result") $(sed -n 's/.*"validation_loss": *\([^,}]*\).*/\1/p' <<<"$result")")
  done
  restarts=$(printf '%s\n' "${runs[@]}" | cut -d' ' -f1 | paste -sd, | sed 's/,/, /g')
  losses=$(printf '%s\n' "${runs[@]}" | cut -d' ' -f2 | paste -sd, | sed 's/,/, /g')
  at_once=$(printf '%s\n' "${runs[@]}" | grep -c '^0 ' || true)
  dead=$(printf '%s\n' "${runs[@]}" | grep -c '^null ' || true)
  kinds+=("    {\"precision\": \"$precision\", \"bits\": $bits, \"seeds\": $seeds, \"lived_at_once\": $at_once, \"never_lived\": $dead,
     \"restarts\": [$restarts],
     \"validation_loss\": [$losses]}")
done
{
  echo '{'
  echo '  "what": "students on the truth alone, 5 + 10 epochs of 60,000 events, up to 10 restarts",'
  echo '  "command": "studies/survival.sh build/release/lutra experiments/survival.json",'
  echo '  "kinds": ['
  printf '%s,\n' "${kinds[@]}" | sed '$ s/,$//'
  echo '  ]'
  echo '}'
} >"$out"
