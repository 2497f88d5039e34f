# Makes the built jar start quickly, once for each build: unpacked, so that the JVM reads its libraries itself, and with an
# AOT cache (JEP 514) recorded from a start of the whole server in a throwaway home. Together they take two thirds off the
# processor time of a start. Neither is needed: where it fails, or with TITAN_QUICK_START=no, starts are merely slower.
# shellcheck shell=bash

QUICK_JAR="$TITAN_ROOT/server/target/titan/titan.jar"
QUICK_LOG="$TITAN_ROOT/target/titan-quickstart.log"

# The cache is good for the very JDK that wrote it.
quick_cache() {
  printf '%s/titan-%s.aot' "$(dirname "$QUICK_JAR")" "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")"
}

prepare_quick_start() {
  rm -rf "$(dirname "$QUICK_JAR")"
  if [[ ${TITAN_QUICK_START:-yes} == no ]]; then
    return
  fi
  "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$TITAN_JAR" extract --destination "$(dirname "$QUICK_JAR")" >"$QUICK_LOG" 2>&1 || {
    rm -rf "$(dirname "$QUICK_JAR")"
    return
  }
  say "  recording a start, so that the next ones are quick"
  record_start || rm -f "$(quick_cache)"
}

record_start() {
  local home port server status=0
  home="$(mktemp -d /tmp/titan-start.XXXXXX)"
  port=$((20000 + RANDOM % 10000))
  env -i PATH="$TITAN_HOME/temporal/bin:$PATH" HOME="${HOME:-/root}" TITAN_HOME="$home" TITAN_NO_INSTALL=1 \
    "$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" -Xmx1g "-XX:AOTCacheOutput=$(quick_cache)" -jar "$QUICK_JAR" \
    up --port "$port" >>"$QUICK_LOG" 2>&1 </dev/null &
  server=$!
  await_ready "$server" "$port" || status=1
  # The cache is written while the JVM ends.
  kill "$server" 2>/dev/null || true
  await_end "$server" || status=1
  end_children "$home"
  rm -rf "$home"
  return "$status"
}

# A start takes ten seconds on two idle cores; on a machine that is too busy for it nothing is recorded.
await_ready() {
  local server=$1 port=$2 deadline=$((SECONDS + 60))
  while ((SECONDS < deadline)) && runs "$server"; do
    if TITAN_PORT="$port" timeout 5 "$TITAN_ROOT/deploy/healthcheck" 2>/dev/null; then
      return 0
    fi
    sleep 0.2
  done
  return 1
}

await_end() {
  local server=$1 deadline=$((SECONDS + 60))
  while ((SECONDS < deadline)); do
    if ! runs "$server"; then
      wait "$server" 2>/dev/null || true
      return 0
    fi
    sleep 0.2
  done
  kill -KILL "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  return 1
}

# A child that has ended and was not waited for still answers signals.
runs() {
  jobs -rp | grep -qx "$1"
}

# A server that had to be killed leaves its Temporal and PostgreSQL for the next one, which this home will not have.
end_children() {
  local file pid
  for file in "$1"/temporal/temporal.pid "$1"/postgres/postgres.pid; do
    pid="$(sed -n '3s/ .*//p' "$file" 2>/dev/null || true)"
    if [[ -n $pid ]] && grep -qs -- "$1" "/proc/$pid/cmdline"; then
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done
}
