#!/usr/bin/env bash
# Builds everything and shows what a killed client leaves behind in four legacy servers, with Quicksilver's agent and without.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/build.sh"

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

begin demo "$@"
package

stage="$root/demo-apps/stage/target/stage.jar"
built "$stage"

# exec: Ctrl-C and the exit code are the stage's own.
exec "$java" -jar "$stage" \
  --quicksilver "$root/agent/target/quicksilver.jar" \
  --legacy "$root/demo-apps/legacy/target/legacy.jar" \
  ${arguments[@]+"${arguments[@]}"}
