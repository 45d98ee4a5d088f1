#!/bin/sh
# Fetches the checkers of HTML and accessibility, and the Java that one of them runs on, where that is possible; elsewhere
# the tests that need them say themselves that they skip.
set -eu
cd "$(dirname "$0")/.."

.venv/bin/python scripts/checkers.py
if ! command -v java >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    scripts/apt-install.sh default-jre-headless || echo "Java could not be installed" >&2
fi
