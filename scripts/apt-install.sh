#!/bin/sh
# Installs Debian packages where that is possible, and says in one line what to type where it is not.
#   scripts/apt-install.sh python3.11-venv
set -eu

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Needed: $*. On Debian: sudo apt-get install $*" >&2
    exit 1
fi
echo "Installing from Debian: $*"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends "$@" >/dev/null
