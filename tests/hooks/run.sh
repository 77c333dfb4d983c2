#!/usr/bin/env bash
# Proves .pre-commit-hooks.yaml with the real pre-commit and the real prek on a small site: tests/hooks/cases.py has the
# cases. Both come from PyPI into a virtual environment below target/; without them this fails, it never skips.
#
#   tests/hooks/run.sh [NAME OF A CASE ...]
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD work=$PWD/target/hooks
bin=$(.ci/python hooks)
cargo build --quiet --bin copydesk
# Nothing of the person who runs this takes part: neither settings of git nor a commit in progress.
while read -r name; do unset "$name"; done < <(git rev-parse --local-env-vars)
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_NOSYSTEM=1
printf '[user]\nname = Case\nemail = case@copydesk.invalid\n[init]\ndefaultBranch = main\n' >"$GIT_CONFIG_GLOBAL"
export PATH="$bin:$PATH"
export COPYDESK_ROOT=$root COPYDESK_BINARY=${CARGO_TARGET_DIR:-$root/target}/debug/copydesk COPYDESK_WORK=$work
exec "$bin/python" tests/hooks/cases.py "$@"
