#!/usr/bin/env bash
# Kills a bank whose accounts are in recoverable memory, again and again, and looks whether money was lost or invented.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/build.sh"

usage() {
  cat <<'END'
usage: bank.sh --engine lrvm|vista [--kills N] [--seed N] [--skip-build]

Exit code 0: no money was lost or invented, and nothing that was said to be committed was missing.
Needs Linux, JDK 17 or later and Maven.

  --skip-build  use what is already built
END
}

begin bank "$@"
package -pl demo-apps/aware -am

jar="$root/demo-apps/aware/target/aware.jar"
built "$jar"
exec "$java" -cp "$jar:$root/demo-apps/aware/target/lib/*" aware.bank.Bank \
  ${arguments[@]+"${arguments[@]}"}
