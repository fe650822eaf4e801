#!/usr/bin/env bash
# Shows a file system made of services, kills one of them or the client in the middle of a transaction, and what the others give back.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/build.sh"

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

begin services "$@"
victim=client
set -- ${arguments[@]+"${arguments[@]}"}
if [ $# -gt 0 ]; then
  [ $# -eq 2 ] && [ "$1" = --kill ] || { usage >&2; exit 2; }
  victim="$2"
fi
package -pl agent,demo-apps/aware -am

jar="$root/demo-apps/aware/target/aware.jar"
built "$jar"
exec "$java" -cp "$jar:$root/demo-apps/aware/target/lib/*" aware.services.Demo \
  "$root/agent/target/quicksilver.jar" "$victim"
