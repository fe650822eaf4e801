#!/usr/bin/env bash
# Builds everything and shows what a killed client leaves behind in four legacy servers, with Quicksilver's agent and without.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

usage() {
  cat <<'END'
usage: demo.sh [--skip-build] [--run both|with|without] [--watch SECONDS] [--keep] [--verbose]

Builds Quicksilver, starts a node and four legacy servers with the agent, kills their clients with
kill -9, shows what is given back and how fast; then the same without the agent, for comparison.
Exit code 0: all was as promised. Needs Linux, JDK 17 or later and Maven; Xvfb if there is no display.

  --skip-build  use what is already built
  --run         with the agent, without it, or one after the other (default)
  --watch       how long to watch that nothing happens without the agent (default: 5)
  --keep        keep the temporary directory: files, the node's home, what the programs printed
  --verbose     show commands and what every program prints
END
}

fail() {
  echo "demo: $*" >&2
  exit 1
}

build=yes
arguments=()
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage; exit 0 ;;
    --skip-build) build=no ;;
    *) arguments+=("$argument") ;;
  esac
done

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
command -v "$java" >/dev/null || fail "no java found: install JDK 17 or later, or set JAVA_HOME"

if [ "$build" = yes ]; then
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or later, or use --skip-build"
  echo "Building (mvn -DskipTests package) ..."
  mvn -q -f "$root/pom.xml" -DskipTests package \
    || fail "the build failed; the messages are above. Again: mvn -f $root/pom.xml -DskipTests package"
fi

stage="$root/demo-apps/stage/target/stage.jar"
[ -f "$stage" ] || fail "no such file: $stage. Not built yet? Run without --skip-build."

# exec: Ctrl-C and the exit code are the stage's own.
exec "$java" -jar "$stage" \
  --quicksilver "$root/agent/target/quicksilver.jar" \
  --legacy "$root/demo-apps/legacy/target/legacy.jar" \
  ${arguments[@]+"${arguments[@]}"}
