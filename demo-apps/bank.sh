#!/usr/bin/env bash
# Kills a bank whose accounts are in recoverable memory, again and again, and looks whether money was lost or invented.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

usage() {
  cat <<'END'
usage: bank.sh --engine lrvm|vista [--kills N] [--seed N] [--skip-build]

Exit code 0: no money was lost or invented, and nothing that was said to be committed was missing.
Needs Linux, JDK 17 or later and Maven.

  --skip-build  use what is already built
END
}

fail() {
  echo "bank: $*" >&2
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
  mvn -q -f "$root/pom.xml" -DskipTests package -pl demo-apps/aware -am \
    || fail "the build failed; the messages are above"
fi

jar="$root/demo-apps/aware/target/aware.jar"
[ -f "$jar" ] || fail "no such file: $jar. Not built yet? Run without --skip-build."

exec "$java" -cp "$jar:$root/demo-apps/aware/target/lib/*" aware.bank.Bank ${arguments[@]+"${arguments[@]}"}
