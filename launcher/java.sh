# Finds a JDK of at least the version Titan needs, and Maven.
# shellcheck shell=bash

JAVA_MIN=25
MAVEN_MIN=3.8.7

# Prints the feature version of the JDK in that directory; nothing when there is no JDK in it.
jdk_version() {
  local home=$1 version
  [[ -x $home/bin/java && -x $home/bin/javac && -r $home/release ]] || return 0
  version="$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release")"
  version="${version%%[.-]*}"
  printf '%s' "${version%%+*}"
}

jdk_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  local java
  if java="$(command -v java)"; then
    dirname "$(dirname "$(readlink -f "$java")")"
  fi
  printf '%s\n' \
    /usr/lib/jvm/* /opt/* /opt/java/* /usr/java/* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/root}"/Library/Java/JavaVirtualMachines/*/Contents/Home
}

find_jdk() {
  local candidate version
  while IFS= read -r candidate; do
    version="$(jdk_version "$candidate")"
    if [[ $version =~ ^[0-9]+$ ]] && ((version >= JAVA_MIN)); then
      JAVA_HOME=$candidate
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

# Sets and exports JAVA_HOME.
need_jdk() {
  if ! find_jdk; then
    local package="openjdk-$JAVA_MIN-jdk-headless"
    if may_install && package_exists "$package"; then
      install_packages "Titan runs on JDK $JAVA_MIN" "$package" || true
    fi
    find_jdk || die "no JDK $JAVA_MIN or newer found. Install one (Debian and Ubuntu: the package temurin-$JAVA_MIN-jdk from Adoptium's apt repository; SDKMAN: sdk install java $JAVA_MIN-tem) or set JAVA_HOME to it."
  fi
  export JAVA_HOME
}

need_maven() {
  if ! command -v mvn >/dev/null; then
    install_packages "Titan is built with Maven $MAVEN_MIN or newer" maven || die "no Maven."
  fi
}
