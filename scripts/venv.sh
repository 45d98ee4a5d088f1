#!/bin/sh
# Builds .venv with what a requirements file names; where nothing changed, it does nothing and needs no network.
#   scripts/venv.sh requirements.txt
# PYTHON may name the interpreter.
set -eu
cd "$(dirname "$0")/.."
requirements=$1

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
identity() { "$1" -c 'import sys; print(sys.base_prefix, sys.version)' 2>&1; }

is_usable() {
    is_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 || return
    [ -z "${PYTHON:-}" ] || [ "$(identity .venv/bin/python)" = "$(identity "$PYTHON")" ]
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3 python3.14 python3.13 python3.12 python3.11; fi
    for candidate in "$@"; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$("$1" --version 2>/dev/null) || found="no $1"
    echo "Python 3.11 or newer is needed, and here is $found; name another with PYTHON=/path/to/python3" >&2
    return 1
}

if ! is_usable; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian ships them apart
        scripts/apt-install.sh "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

wanted=$(cat requirements*.txt | cksum)
if [ "$(cat ".venv/$requirements.installed" 2>/dev/null)" != "$wanted" ]; then
    echo "Installing $requirements into .venv"
    rm -f .venv/*.installed # so that an interrupted installation is begun again
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --requirement "$requirements"
    for file in requirements.txt "$requirements"; do # every other file includes the first
        echo "$wanted" >".venv/$file.installed"
    done
fi
