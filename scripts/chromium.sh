#!/bin/sh
# Installs Debian's Chromium for the browser tests where root can; elsewhere those tests say themselves that they skip.
set -eu
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    scripts/apt-install.sh chromium fonts-liberation || echo "Chromium could not be installed" >&2
fi
