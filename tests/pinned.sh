#!/usr/bin/env bash
# For scripts that prove things with packages of npm, to be sourced: exactly the versions that are named, installed once. The
# packages run no code of their own when they are installed.

# The folder that Cargo builds into, absolute.
target=${CARGO_TARGET_DIR:-$PWD/target}
case $target in /*) ;; *) target=$PWD/$target ;; esac

# install_pinned FOLDER NAME@VERSION ...   `fail` says what it means when that cannot be done.
install_pinned() {
  local work=$1
  shift
  if [ "$(cat "$work/pins" 2>/dev/null)" != "$*" ]; then
    rm -rf "$work"
    mkdir -p "$work"
    command -v npm >/dev/null || fail "needs Node 20 or newer with npm"
    echo '{"private":true}' >"$work/package.json"
    npm install --prefix "$work" --ignore-scripts --no-package-lock --no-audit --no-fund --silent "$@" \
      || fail "cannot install $*"
    printf '%s' "$*" >"$work/pins"
  fi
}
