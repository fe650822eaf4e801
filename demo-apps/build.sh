# Sourced by the scripts beside it: common options, the JVM, the build. They define usage() first.
# After "begin NAME ARGUMENTS...": root, java, build (yes or no), arguments (those not taken here).

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"

fail() {
  echo "$name: $*" >&2
  exit 1
}

begin() {
  name="$1"
  shift
  build=yes
  arguments=()
  local argument
  for argument in "$@"; do
    case "$argument" in
      --help | -h) usage; exit 0 ;;
      --skip-build) build=no ;;
      *) arguments+=("$argument") ;;
    esac
  done
  command -v "$java" >/dev/null || fail "no java found: install JDK 17 or later, or set JAVA_HOME"
}

# What Maven is to build besides, as its options: nothing for everything.
package() {
  [ "$build" = yes ] || return 0
  command -v mvn >/dev/null || fail "no mvn found: install Maven 3.8 or later, or use --skip-build"
  echo "Building (mvn -DskipTests package) ..." >&2
  mvn -q -f "$root/pom.xml" -DskipTests package "$@" \
    || fail "the build failed; the messages are above. Again: mvn -f $root/pom.xml -DskipTests package"
}

built() {
  [ -f "$1" ] || fail "no such file: $1. Not built yet? Run without --skip-build."
}
