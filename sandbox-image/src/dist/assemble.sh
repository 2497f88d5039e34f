#!/bin/sh
# Builds the daemon's directory and its zip: a Java runtime with only the modules it needs, its jars, its AOT cache.
# usage: assemble.sh <JDK> <target directory> <name of the daemon's jar>
set -eu
export LC_ALL=C
jdk=$1 target=$2 jar=$3
here=$(cd "$(dirname "$0")" && pwd)
out=$target/titan-sandboxd

# Everything the result depends on; the jars are reproducible, so an unchanged daemon is not built again.
state=$(cat "$jdk/release" "$target/$jar" "$target"/app/*.jar "$here"/* | sha256sum)
if [ -f "$target/titan-sandboxd.zip" ] && [ "$(cat "$target/titan-sandboxd.sha256" 2>/dev/null)" = "$state" ]; then
  exit 0
fi
rm -rf "$out" "$target/titan-sandboxd.zip"
mkdir -p "$out/app" "$out/bin"

# java.logging: what Netty logs through. java.xml: Jackson asks for its interfaces before its first object. jdk.unsupported:
# spares Netty 60 ms of linking at start. No TLS, no naming, no desktop. Not compressed: the zip does that better.
"$jdk/bin/jlink" --add-modules java.base,java.logging,java.xml,jdk.unsupported --strip-debug --no-header-files \
  --no-man-pages --compress zip-0 --output "$out/lib"
rm -rf "$out/lib/legal" "$out/lib/lib/classlist" "$out/lib/lib/jrt-fs.jar"

cp "$target"/app/*.jar "$target/$jar" "$out/app/"
class_path=$(cd "$out/app" && ls -- *.jar | sed 's|^|$home/app/|' | paste -sd: -)
sed "s|@CLASS_PATH@|$class_path|" "$here/titan-sandboxd" > "$out/bin/titan-sandboxd"
chmod -R a+rX "$out"
cp "$here/titan-selftest" "$out/bin/"
chmod 755 "$out/bin/titan-sandboxd" "$out/bin/titan-selftest"
# The AOT cache remembers size and time of each jar. One time for all, kept by the zip, makes it valid everywhere.
find "$out" -type f -exec touch -d '2026-01-01T00:00:00Z' {} +

TITAN_SANDBOXD_MAIN=dev.titan.sandboxd.dist.Rehearsal TITAN_SANDBOXD_AOT=-XX:AOTCacheOutput \
  timeout 120 "$out/bin/titan-sandboxd"
test -s "$out/app/titan-sandboxd.aot"
touch -d '2026-01-01T00:00:00Z' "$out/app/titan-sandboxd.aot"
chmod a+r "$out/app/titan-sandboxd.aot"

"$jdk/bin/java" -cp "$target/$jar" dev.titan.sandboxd.dist.DirectoryZip "$out" "$target/titan-sandboxd.zip"
printf '%s' "$state" > "$target/titan-sandboxd.sha256"
