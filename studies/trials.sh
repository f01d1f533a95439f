# For scripts that train many small networks (survival.sh, losses.sh): to be sourced with $lutra set. Needs jq.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# make_data EVENTS: simulated events with default settings, as fragments.
make_data() {
  printf 'seed = 4711\nevents = %s\n' "$1" >"$work/data.toml"
  "$lutra" simulate "$work/data.toml" --out "$work/events.h5" --quiet
  "$lutra" fragment "$work/events.h5" --out "$work/fragments.h5" --quiet
}

# trial SEED <STUDY: trains the student of the study on standard input and measures it; prints one line of JSON.
trial() {
  cat >"$work/study.toml"
  if "$lutra" distill "$work/study.toml" --data "$work/fragments.h5" --out "$work/student" --threads 1 --json \
    >"$work/result.json" 2>"$work/error"; then
    "$lutra" evaluate "$work/student/network.json" --data "$work/fragments.h5" --out "$work/metrics.json" \
      --threads 1 --quiet
    jq -c --argjson seed "$1" --slurpfile result "$work/result.json" \
      '{seed: $seed, restarts: $result[0].restarts, validation_loss: $result[0].validation_loss,
        plateau: .student.plateau, leakage_below_7gev: .student.leakage_below_7gev,
        fake_rate: .student.fake_rate, pt_resolution: .student.pt_resolution}' "$work/metrics.json"
  elif grep -q died "$work/error"; then
    printf '{"seed": %s, "died": true}\n' "$1"
  else
    cat "$work/error" >&2
    return 1
  fi
  rm -rf "$work/student"
}

# For jq: mean and standard deviation of a key over runs.
spread='def spread(key): map(key | select(. != null)) | (add / length) as $mean
  | {mean: $mean, least: min, most: max,
     sd: (if length > 1 then map((. - $mean) * (. - $mean)) | add / (length - 1) | sqrt else null end)};'
