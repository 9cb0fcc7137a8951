#!/usr/bin/env bash
# Our TC609 indicators beside those of Dingo on the same records: four releases in the national record format, and
# copies of their records with one known thing done to each. Prints Markdown.
#   bench/dingo/compare.sh
# HIGHGRADE  the command to measure (default: bin/highgrade of this repository)
# VENV       a Python environment that has dingo-python 2.5.0 (default: a throw-away one, from PyPI)
# KEEP       a folder to leave records, grades and verdicts in (default: a temporary one, removed at the end)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
highgrade=${HIGHGRADE:-$root/bin/highgrade}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
work=${KEEP:-$scratch/work}
mkdir -p "$work"
venv=${VENV:-$scratch/venv}
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check dingo-python==2.5.0
fi

for example in law education healthcare agriculture; do
  # Exit 2 is a release below grade: still one to compare.
  "$highgrade" build "$root/examples/$example/highgrade.yaml" --out "$work/releases" --json >"$work/$example.json" 2>"$work/$example.log" ||
    [ $? -eq 2 ] || { cat "$work/$example.log" >&2; exit 1; }
done
for release in "$work"/releases/*/*/; do
  name=$(basename "$(dirname "$release")")
  rm -rf "$work/exports/$name"
  "$highgrade" export "$release" --to tc609 --out "$work/exports/$name" >/dev/null
done
"$venv/bin/python" -B "$here/compare.py" "$highgrade" "$work" 2>"$work/python.log" || { cat "$work/python.log" >&2; exit 1; }
