# Builds the jar once for each state of the sources, and runs it.
# shellcheck shell=bash

TITAN_JAR="$TITAN_ROOT/server/target/titan.jar"
BUILD_STAMP="$TITAN_ROOT/server/target/titan.stamp"
BUILD_LOG="$TITAN_ROOT/target/titan-build.log"
JVM_OPTIONS=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# Prints one hash of everything the jar is made of. Tests are not: changing one needs no new jar.
sources_hash() {
  (
    cd "$TITAN_ROOT" || exit
    find . \( -name target -o -name .git -o -path '*/src/test' \) -prune -o \
      -type f \( -name pom.xml -o -path '*/src/*' -o -path './.mvn/*' -o -path './sandbox-image/*' \) -print0 |
      LC_ALL=C sort -z | xargs -0 cksum | cksum
  )
}

built() {
  [[ -f $TITAN_JAR && -f $BUILD_STAMP && $(<"$BUILD_STAMP") == "$1" ]]
}

build_when_changed() {
  local hash
  hash="$(sources_hash)"
  if built "$hash"; then
    return
  fi
  # Two launchers at once: the second waits and finds the work done.
  mkdir -p "$TITAN_ROOT/target"
  if command -v flock >/dev/null; then
    exec 9>"$TITAN_ROOT/target/titan-build.lock"
    flock -n 9 || { say "waiting for another build" && flock 9; }
  fi
  if ! built "$hash"; then
    build "$hash"
  fi
  exec 9>&-
}

build_now() {
  build "$(sources_hash)"
}

build() {
  local hash=$1 began=$SECONDS
  need_maven
  say "building (the first time also fetches the libraries; log: $BUILD_LOG)"
  rm -f "$BUILD_STAMP"
  if ! maven_with_progress "$BUILD_LOG" package -Dmaven.test.skip=true -pl server -am; then
    say_tail "$BUILD_LOG"
    die "the build failed."
  fi
  [[ -f $TITAN_JAR ]] || die "the build made no $TITAN_JAR (log: $BUILD_LOG)."
  prepare_quick_start
  printf '%s\n' "$hash" >"$BUILD_STAMP"
  say "built in $((SECONDS - began)) s"
}

# maven_with_progress LOG ARGUMENT...: all output to the log, one line for each module to the person.
maven_with_progress() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  (
    cd "$TITAN_ROOT" || exit
    mvn -B "$@" </dev/null 2>&1 | tee "$log" | show_modules
  )
}

show_modules() {
  local line module='Building (.*[^ ]) +[^ ]+ +\[([0-9]+/[0-9]+)\]$'
  while IFS= read -r line; do
    if [[ $line =~ $module ]]; then
      say "  [${BASH_REMATCH[2]}] ${BASH_REMATCH[1]}"
    fi
  done
}

run_jar() {
  local options=("${JVM_OPTIONS[@]}") jar=$TITAN_JAR
  if [[ -f $QUICK_JAR ]]; then
    jar=$QUICK_JAR
  fi
  if [[ -f $(quick_cache) ]]; then
    options+=("-XX:AOTCache=$(quick_cache)")
  fi
  case "$1" in
    # A server lives long enough for the optimising compiler to pay off.
    up) options+=(-Xmx1g) ;;
    # One task: the quick compiler starts sooner and is fast enough for what waits on models.
    run) options+=(-Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1) ;;
    *) options+=(-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1) ;;
  esac
  # TITAN_JAVA_OPTS is a list of options, split on purpose.
  # shellcheck disable=SC2086
  exec "$JAVA_HOME/bin/java" "${options[@]}" ${TITAN_JAVA_OPTS:-} -jar "$jar" "$@"
}
