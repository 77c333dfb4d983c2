#!/usr/bin/env bash
# First step of action.yml: gets copydesk, and tells the next step where it is. An archive of the release is taken if its
# checksum agrees; where there is none for this machine, cargo builds the program.
set -euo pipefail

fail() { printf '::error title=copydesk::%s\n' "$1"; exit 2; }

# The version this copy of the action belongs to.
own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$COPYDESK_ACTION/Cargo.toml" | head -n 1)
version=${COPYDESK_VERSION#v}
version=${version:-$own}
# It becomes part of an address and of a command, so it is looked at first.
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "version must be like $own"

# As release.yml names them.
program=copydesk
case $RUNNER_OS-$RUNNER_ARCH in
  Linux-X64) archive=copydesk-x86_64-unknown-linux-musl.tar.gz ;;
  Linux-ARM64) archive=copydesk-aarch64-unknown-linux-musl.tar.gz ;;
  macOS-X64) archive=copydesk-x86_64-apple-darwin.tar.gz ;;
  macOS-ARM64) archive=copydesk-aarch64-apple-darwin.tar.gz ;;
  # Windows on ARM runs programs for x64.
  Windows-*) archive=copydesk-x86_64-pc-windows-msvc.tar.gz program=copydesk.exe ;;
  *) archive= ;;
esac
folder=$RUNNER_TEMP/copydesk-$version
release=$GITHUB_SERVER_URL/$COPYDESK_REPOSITORY/releases/download/v$version

download() {
  curl --fail --silent --show-error --location --proto-redir '=https' --retry 3 --output "$folder/$1" "$release/$1"
}

# Whether the file beside the archive names its hash. What is not that archive is never unpacked.
checked() {
  local sum=(sha256sum)
  command -v sha256sum >/dev/null || sum=(shasum -a 256)
  local wanted found
  wanted=$(cut -d ' ' -f 1 "$folder/$archive.sha256")
  found=$("${sum[@]}" <"$folder/$archive" | cut -d ' ' -f 1)
  [[ $wanted =~ ^[0-9a-f]{64}$ && $wanted == "$found" ]]
}

# Archives hold one folder that is named like them.
unpack() {
  (cd "$folder" && tar -xzf "$archive")
  binary=$folder/${archive%.tar.gz}/$program
}

build() {
  command -v cargo >/dev/null || fail "no archive of copydesk $version for this machine, and no cargo to build it"
  # The action's own version lies beside it; others come from where cargo finds them.
  local source=(copydesk --version "$version")
  [ "$version" != "$own" ] || source=(--path "$COPYDESK_ACTION")
  cargo install --locked --root "$folder" "${source[@]}"
  binary=$folder/bin/$program
}

mkdir -p "$folder"
if [ -n "$archive" ] && download "$archive" && download "$archive.sha256"; then
  checked || fail "the checksum of $archive does not agree: it is not installed"
  unpack
else
  printf '::notice title=copydesk::no archive of copydesk %s for this machine: building it\n' "$version"
  build
fi
"$binary" --version
printf 'binary=%s\n' "$binary" >>"$GITHUB_OUTPUT"
