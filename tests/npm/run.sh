#!/usr/bin/env bash
# Packs what release.yml publishes to npm, installs it without a network, and runs it: what a user's `npx copydesk` does. Also
# holds the text of the release to CHANGELOG.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD work=$PWD/target/npm
rm -rf "$work"
mkdir -p "$work/user" "$work/tarballs"
cargo build --quiet --bin copydesk
binary=${CARGO_TARGET_DIR:-$root/target}/debug/copydesk
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)

# `expect STATUS TEXT COMMAND`: the command ends so, and what it writes holds the text.
expect() {
  local wanted=$1 text=$2 status=0 output
  shift 2
  output=$("$@" 2>&1) || status=$?
  [ "$status" -eq "$wanted" ] || { printf '%s\nstatus %s, not %s: %s\n' "$output" "$status" "$wanted" "$*" >&2; exit 1; }
  [[ $output == *"$text"* ]] || { printf '%s\nwithout "%s": %s\n' "$output" "$text" "$*" >&2; exit 1; }
}

# The package of the machine that this runs on.
case $(uname -s)-$(uname -m) in
  Linux-x86_64) target=x86_64-unknown-linux-musl package=@copydesk/linux-x64 ;;
  Linux-aarch64) target=aarch64-unknown-linux-musl package=@copydesk/linux-arm64 ;;
  Darwin-x86_64) target=x86_64-apple-darwin package=@copydesk/darwin-x64 ;;
  Darwin-arm64) target=aarch64-apple-darwin package=@copydesk/darwin-arm64 ;;
  *) echo "no package for this machine" >&2; exit 1 ;;
esac
.ci/archive "$target" "$binary" "$work/archives" >/dev/null
export GITHUB_SERVER_URL=https://git.example GITHUB_REPOSITORY=someone/copydesk
node npm/build.mjs "$work/archives" "$work/packages" "$target"
for folder in "$package" copydesk; do
  expect 0 "git+https://git.example/someone/copydesk.git" npm pkg get repository.url --prefix "$work/packages/$folder"
  npm pack --silent --pack-destination "$work/tarballs" "$work/packages/$folder" >/dev/null
done
cd "$work/user"
npm init --yes --silent >/dev/null
npm install --silent --offline --no-audit --no-fund "$work"/tarballs/*.tgz
program=node_modules/.bin/copydesk
expect 0 "copydesk $version" "$program" --version
expect 1 "error[" "$program" check --root "$root/examples/blog" --format short
expect 2 "error" "$program" check --no-such-flag
rm -rf "node_modules/$package"
expect 2 "$package is missing" "$program" --version

# A release without one of its archives, or with a damaged one, is none.
cd "$root"
expect 1 "no such file" node npm/build.mjs "$work/archives" "$work/incomplete"
echo more >>"$work/archives/copydesk-$target.tar.gz"
expect 1 "checksum" node npm/build.mjs "$work/archives" "$work/damaged" "$target"

# The text of a release is the section of its version.
mkdir -p "$work/notes/.ci"
cp .ci/release-notes "$work/notes/.ci/"
printf '[package]\nversion = "1.2.0"\n' >"$work/notes/Cargo.toml"
printf '# Changelog\n\n## Unreleased\n\n* New\n\n## 1.2.0 (2026-01-02)\n\n* Good\n\n## 1.1.0\n\n* Old\n' >"$work/notes/CHANGELOG.md"
[ "$("$work/notes/.ci/release-notes" 1.2.0 | tr -d '\n')" = "* Good" ]
expect 1 "has version 1.2.0" "$work/notes/.ci/release-notes" 1.1.0
printf '# Changelog\n\n## Unreleased\n\n* New\n' >"$work/notes/CHANGELOG.md"
expect 1 "no section" "$work/notes/.ci/release-notes" 1.2.0
