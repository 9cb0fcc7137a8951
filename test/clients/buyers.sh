#!/usr/bin/env bash
# The buyers' own clients, from PyPI, against a running server: what they load, what is counted, and what they are told
# when they may not. Needs python3 with venv, and a build (npm ci).
#   test/clients/buyers.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; }; rm -rf "$work"' EXIT

# datasets and delta-sharing want different pyarrow: an environment each.
python3 -m venv "$work/hub" && "$work/hub/bin/pip" -q install 'datasets==5.2.0' 'huggingface_hub==2.4.0' pandas 'mlcroissant==1.1.1' pillow
python3 -m venv "$work/delta" && "$work/delta/bin/pip" -q install 'delta-sharing==1.4.2'

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
HIGHGRADE_HOME="$work/home" PORT=$port node bin/highgrade serve >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 240); do
  node -e "fetch('http://127.0.0.1:$port/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))" && break
  sleep 0.5
done

node test/clients/prepare-sale.mjs "http://127.0.0.1:$port" >"$work/sale.json"
export HF_HOME="$work/hf" CROISSANT_CACHE="$work/croissant" HF_HUB_DISABLE_TELEMETRY=1
for part in hub delta; do
  "$work/$part/bin/python" "test/clients/buyers-$part.py" "$work/sale.json" || { grep -v "\"status\":20" "$work/server.log" | tail -5 | cut -c1-300; exit 1; }
done
