#!/usr/bin/env bash
# Shows a file system made of services, kills one of them or the client in the middle of a transaction, and what the others give back.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

usage() {
  cat <<'END'
usage: services.sh [--kill client|windows|files|directory|data-1|data-2|nobody] [--skip-build]

Starts a node, a window manager, a file server, a directory server, two data servers and a client
that opens a window and writes two files in one transaction; shows its tree; kills one of them with
kill -9 (default: the client); shows what every other gave back.
Exit code 0: nobody holds anything any more. Needs Linux, JDK 17 or later and Maven.

  --skip-build  use what is already built
END
}

fail() {
  echo "services: $*" >&2
  exit 1
}

build=yes
victim=client
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --skip-build) build=no ;;
    --kill) [ $# -gt 1 ] || fail "--kill whom?"; victim="$2"; shift ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" >/dev/null || fail "no java found: install JDK 17 or later, or set JAVA_HOME"

if [ "$build" = yes ]; then
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or later, or use --skip-build"
  echo "Building (mvn -DskipTests package) ..."
  mvn -q -f "$root/pom.xml" -DskipTests package -pl agent,demo-apps/aware -am \
    || fail "the build failed; the messages are above"
fi

jar="$root/demo-apps/aware/target/aware.jar"
[ -f "$jar" ] || fail "no such file: $jar. Not built yet? Run without --skip-build."

exec "$java" -cp "$jar:$root/demo-apps/aware/target/lib/*" aware.services.Demo \
  "$root/agent/target/quicksilver.jar" "$victim"
