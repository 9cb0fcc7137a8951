#!/usr/bin/env bash
# Builds on real Sparks against the embedded engine: 3.5 and 4.x from PyPI in throw-away environments, each in one
# process (local[2]) and as a master with two workers on 127.0.0.1. Needs python3 with venv, and Java 17.
#   test/engines/spark.sh [version …]
set -euo pipefail
cd "$(dirname "$0")/../.."
versions=("$@")
[ ${#versions[@]} -gt 0 ] || versions=(3.5.9 4.3.0)

if ! command -v java >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
  echo "no Java: installing openjdk-17-jre-headless"
  apt-get update -q && apt-get install -y -q openjdk-17-jre-headless
fi

work=$(mktemp -d)
daemons=()
stop_daemons() {
  for pid in ${daemons[@]+"${daemons[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${daemons[@]+"${daemons[@]}"}; do wait "$pid" 2>/dev/null || true; done
  daemons=()
}
trap 'stop_daemons; rm -rf "$work"' EXIT

export HIGHGRADE_HOME="$work/home"
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOG_DIR="$work/logs" SPARK_DAEMON_MEMORY=256m

# Waits until a log holds a pattern.
wait_for() {
  for _ in $(seq 120); do
    grep -q "$2" "$1" 2>/dev/null && return
    sleep 0.5
  done
  echo "not seen in $1: $2" >&2
  tail -20 "$1" >&2
  return 1
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# All inputs on the first (unless told otherwise), two of them on the others: a build on Spark takes half a minute before it does anything.
inputs=${HIGHGRADE_SPARK_INPUTS:-all}
for version in "${versions[@]}"; do
  echo "== Spark $version"
  python3 -m venv "$work/$version"
  "$work/$version/bin/pip" install -q --no-cache-dir --disable-pip-version-check "pyspark==$version"
  home=$(echo "$work/$version"/lib/python3*/site-packages/pyspark)
  class="$home/bin/spark-class"
  port=$(free_port)
  SPARK_HOME=$home "$class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0 >"$work/master-$version.log" 2>&1 &
  daemons+=($!)
  wait_for "$work/master-$version.log" "I have been elected leader"
  workers=()
  for worker in 1 2; do
    SPARK_HOME=$home "$class" org.apache.spark.deploy.worker.Worker "spark://127.0.0.1:$port" --host 127.0.0.1 --webui-port 0 \
      --cores 1 --memory 1g --work-dir "$work/worker-$version-$worker" >"$work/worker-$version-$worker.log" 2>&1 &
    workers+=($!)
    daemons+=($!)
    wait_for "$work/worker-$version-$worker.log" "Successfully registered with master"
  done
  HIGHGRADE_SPARK_INPUTS=$inputs HIGHGRADE_SPARK_HOMES=$home HIGHGRADE_SPARK_MASTERS="local[2] spark://127.0.0.1:$port" HIGHGRADE_SPARK_WORKERS="${workers[*]}" \
    npx vitest run test/engines --reporter=verbose
  stop_daemons
  inputs=few
done
