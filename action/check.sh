#!/usr/bin/env bash
# Second step of action.yml: runs copydesk. Annotations go to the log, the summary to the page of the job, SARIF into the
# file that was asked for. The step ends with the status of copydesk.
set -euo pipefail

summary=$RUNNER_TEMP/copydesk-summary.md
arguments=(check --no-progress --format github --format "markdown=$summary")
[ -z "$COPYDESK_SARIF" ] || arguments+=(--format "sarif=$COPYDESK_SARIF")

# Split, and nothing more: no globs, no variables, no commands.
while read -r -a words; do
  # An empty array is unset for the bash of macOS.
  arguments+=(${words[@]+"${words[@]}"})
done <<<"$COPYDESK_ARGS"
# A path may hold blanks, so each has a line to itself; after `--` none is taken for a flag.
arguments+=(--)
while IFS= read -r path; do
  [ -z "$path" ] || arguments+=("$path")
done <<<"$COPYDESK_PATHS"

rm -f "$summary"
status=0
"$COPYDESK_BINARY" "${arguments[@]}" || status=$?
[ ! -f "$summary" ] || cat "$summary" >>"$GITHUB_STEP_SUMMARY"
exit "$status"
