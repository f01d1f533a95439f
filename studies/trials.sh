# For scripts that train many small networks (survival.sh, losses.sh): to be sourced with $lutra set. Needs jq.
# shellcheck shell=bash
# shellcheck disable=SC2154  # $lutra is the caller's
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# make_data EVENTS: simulated events with default settings, as fragments.
make_data() {
  printf 'seed = 4711\nevents = %s\n' "$1" >"$work/data.toml"
  "$lutra" simulate "$work/data.toml" --out "$work/events.h5" --quiet
  "$lutra" fragment "$work/events.h5" --out "$work/fragments.h5" --quiet
}

# at_leakage SHARE: plateau and fakes of the network just trained where its threshold lets this share of the muons below
# 7 GeV pass, between the two nearest of the thresholds tried; null when none lets as many or as few pass.
at_leakage() {
  local gev
  for gev in 4 5 6 7 8 9 10 11 12; do
    printf '[metrics]\nthreshold_gev = %s\n' "$gev" >"$work/metrics.toml"
    "$lutra" evaluate "$work/student/network.json" --data "$work/fragments.h5" --study "$work/metrics.toml" \
      --out "$work/at.json" --threads 1 --quiet
    jq -c .student "$work/at.json"
    jq -e ".student.leakage_below_7gev > $1" "$work/at.json" >/dev/null || break
  done | jq -cs --argjson share "$1" '
    def between(low; high):
      ((low.leakage_below_7gev - $share) / (low.leakage_below_7gev - high.leakage_below_7gev)) as $x
      | {plateau: (low.plateau + $x * (high.plateau - low.plateau)),
         fake_rate: (low.fake_rate + $x * (high.fake_rate - low.fake_rate))};
    [range(length - 1) as $i | {low: .[$i], high: .[$i + 1]}]
    | map(select(.low.leakage_below_7gev > $share and .high.leakage_below_7gev <= $share)) | first
    | if . then between(.low; .high) else null end'
}

# trial SEED <STUDY: trains the student of the study on standard input and measures it; prints one line of JSON. With
# $leakage set, also what it does where that share leaks.
trial() {
  local at=null
  cat >"$work/study.toml"
  if "$lutra" distill "$work/study.toml" --data "$work/fragments.h5" --out "$work/student" --threads 1 --json \
    >"$work/result.json" 2>"$work/error"; then
    "$lutra" evaluate "$work/student/network.json" --data "$work/fragments.h5" --out "$work/metrics.json" \
      --threads 1 --quiet
    [[ -z ${leakage:-} ]] || at=$(at_leakage "$leakage")
    jq -c --argjson seed "$1" --argjson at "$at" --slurpfile result "$work/result.json" \
      '{seed: $seed, restarts: $result[0].restarts, validation_loss: $result[0].validation_loss,
        plateau: .student.plateau, leakage_below_7gev: .student.leakage_below_7gev,
        fake_rate: .student.fake_rate, pt_resolution: .student.pt_resolution}
        + if $at then {at_leakage: $at} else {} end' "$work/metrics.json"
  elif grep -q died "$work/error"; then
    printf '{"seed": %s, "died": true}\n' "$1"
  else
    cat "$work/error" >&2
    return 1
  fi
  rm -rf "$work/student"
}

# For jq: mean and standard deviation of a key over runs. It is the callers' and $mean is jq's.
# shellcheck disable=SC2034,SC2016
spread='def spread(key): map(key | select(. != null)) | if length == 0 then null else (add / length) as $mean
  | {mean: $mean, least: min, most: max,
     sd: (if length > 1 then map((. - $mean) * (. - $mean)) | add / (length - 1) | sqrt else null end)} end;'
