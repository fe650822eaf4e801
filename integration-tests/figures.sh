#!/usr/bin/env bash
# Builds, then measures every figure the README quotes: see --help. Some 13 minutes on an idle machine.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
echo "Building (mvn -DskipTests package) ..." >&2
mvn -q -f "$root/pom.xml" -DskipTests package
target="$root/integration-tests/benchmarks/target"
jar=$(ls "$target"/quicksilver-benchmarks-*.jar | head -1)
exec "$java" -cp "$jar:$target/lib/*" org.quicksilver.benchmark.Figures \
  --agent "$root/agent/target/quicksilver.jar" \
  --legacy "$root/demo-apps/legacy/target/legacy.jar" "$@"
