#!/bin/bash
# Runs a command with DATABASE_URL naming a PostgreSQL server: the one given, where it answers, or else a throwaway one.
#   scripts/postgres.sh .venv/bin/python -m pytest
set -euo pipefail
cd "$(dirname "$0")/.."

answers='import os, psycopg; psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()'
if [[ -n ${DATABASE_URL:-} ]] && .venv/bin/python -c "$answers" 2>/dev/null; then
    exec "$@"
fi

find_programs() { find /usr/lib/postgresql/*/bin -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1; }
programs=$(find_programs || true)
if [[ -z $programs ]]; then
    scripts/apt-install.sh postgresql
    programs=$(find_programs)
fi

# PostgreSQL refuses to run as root.
as_owner() { if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# The server listens on a socket in its own folder alone: no port to find, and nobody else can reach it.
folder=$(mktemp -d)
trap 'as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate stop &>/dev/null || true; rm -rf "$folder"' EXIT
if [[ $(id -u) == 0 ]]; then chown postgres "$folder"; fi
as_owner "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
as_owner "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -o "-c listen_addresses='' -k '$folder' -F" -w start >/dev/null ||
    { cat "$folder/log" >&2; exit 1; }

DATABASE_URL="postgres://postgres@/$folder/fasciculations" "$@"
