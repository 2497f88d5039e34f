# Builds the benchmarks once for each state of the sources, and runs them. They are no part of the jar.
# shellcheck shell=bash

BENCH_CLASS_PATH="$TITAN_ROOT/benchmarks/target/class-path"
BENCH_STAMP="$TITAN_ROOT/benchmarks/target/bench.stamp"
BENCH_LOG="$TITAN_ROOT/target/titan-bench.log"

run_bench() {
  local hash
  hash="$(sources_hash)"
  if [[ ! -f $BENCH_CLASS_PATH || ! -f $BENCH_STAMP || $(<"$BENCH_STAMP") != "$hash" ]]; then
    build_bench "$hash"
  fi
  if ! engine_answers; then
    need_bubblewrap || die "there is no sandbox to measure."
  fi
  # Serial, because more threads than the machine has to spare would measure themselves.
  exec "$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" -Xmx256m -XX:+UseSerialGC \
    "-Dtitan.root=$TITAN_ROOT" "-Dtitan.sandboxd=$TITAN_ROOT/sandbox-image/target/titan-sandboxd" \
    -cp "$TITAN_ROOT/benchmarks/target/classes:$(<"$BENCH_CLASS_PATH")" dev.titan.benchmarks.Bench "$@"
}

build_bench() {
  need_maven
  say "building the benchmarks (log: $BENCH_LOG)"
  rm -f "$BENCH_STAMP"
  if ! maven_with_progress "$BENCH_LOG" package -Dmaven.test.skip=true -pl benchmarks,server -am; then
    say_tail "$BENCH_LOG"
    die "the build failed."
  fi
  printf '%s\n' "$1" >"$BENCH_STAMP"
}
