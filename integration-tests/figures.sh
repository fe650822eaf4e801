#!/usr/bin/env bash
# Builds, then measures every figure the README quotes: see --help. Some 13 minutes on an idle machine.
# "figures.sh transactions" measures begin and commit beside Narayana and the disk instead: some 10 minutes.
# "figures.sh memory" measures recoverable memory beside its peers and the disk: some 6 minutes.
# "figures.sh handles" measures handles with threads, deep stacks, tasks, and a million open, and starts: some 15 minutes.
# "figures.sh queues" measures calls beside gRPC-java and a bare socket: some 3 minutes.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
echo "Building (mvn -DskipTests package) ..." >&2
mvn -q -f "$root/pom.xml" -DskipTests package
target="$root/integration-tests/benchmarks/target"
jar=$(ls "$target"/quicksilver-benchmarks-*.jar | head -1)
if [[ "${1:-}" == transactions ]]; then
  shift
  mkdir -p "$target/files"
  cd "$target/files"
  exec "$java" -cp "$jar:$target/lib/*" org.quicksilver.benchmark.TransactionFigures \
    --agent "$root/agent/target/quicksilver.jar" "$@"
fi
if [[ "${1:-}" == memory ]]; then
  shift
  mkdir -p "$target/files"
  cd "$target/files"
  # What LMDB needs from JDK 17 on; the JVMs that are measured get it, too.
  exec "$java" --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -cp "$jar:$target/lib/*" \
    org.quicksilver.benchmark.memory.MemoryFigures "$@"
fi
if [[ "${1:-}" == handles ]]; then
  shift
  exec "$java" -cp "$jar:$target/lib/*" org.quicksilver.benchmark.HandleFigures \
    --agent "$root/agent/target/quicksilver.jar" "$@"
fi
if [[ "${1:-}" == queues ]]; then
  shift
  exec "$java" -cp "$jar:$target/lib/*" org.quicksilver.benchmark.queue.QueueFigures \
    --agent "$root/agent/target/quicksilver.jar" "$@"
fi
exec "$java" -cp "$jar:$target/lib/*" org.quicksilver.benchmark.Figures \
  --agent "$root/agent/target/quicksilver.jar" \
  --legacy "$root/demo-apps/legacy/target/legacy.jar" "$@"
