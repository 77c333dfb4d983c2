#!/usr/bin/env bash
# Runs the steps of action.yml as a runner would, against releases on a server of its own: tests/action/cases.py has the cases.
#
#   tests/action/run.sh [NAME OF A CASE ...]
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(.ci/python action)
cargo build --quiet --bin copydesk
export COPYDESK_CHECKOUT=$PWD COPYDESK_BUILT=${CARGO_TARGET_DIR:-$PWD/target}/debug/copydesk
exec "$bin/python" tests/action/cases.py "$@"
