"""The Spark side of `highgrade build --engine spark`: one application for a whole build.

Reads commands as JSON lines on standard input, answers as JSON lines on standard output, and ends when standard
input does. Holds no rule of Highgrade: SQL and what it streams through come from the other side
(src/base/engine/spark/). Executors need no Python: rows go through TRANSFORM, never through a Python worker.

    {"id": 1, "do": "run",  "sql": …}                 -> {"id": 1, "ok": true, "cores": n}, with {"id": 1, "parts": done} on the way
    {"id": 2, "do": "keep", "sql": …, "table", "path"} -> the rows lie in Parquet under `path` and are a view `table`
    {"id": 3, "do": "rows", "sql": …}                 -> {"id": 3, "row": "<JSON>"} …, {"id": 3, "ok": true};
                                                          "few" is the same for rows that are few, all at once
"""

import json
import os
import sys
import threading
import time

EVERY_SECONDS = 0.3

out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
out_lock = threading.Lock()


def say(**answer):
    with out_lock:
        out.write(json.dumps(answer, ensure_ascii=True) + "\n")
        out.flush()


def read_commands(commands):
    """Queues commands; when the other side is gone, so is the reason to go on, whatever runs now."""
    for line in sys.stdin:
        commands.put(json.loads(line))
    os._exit(0)


def done_parts(context, group):
    """Partitions that are through, of the jobs of one command."""
    tracker = context.statusTracker()
    done = 0
    for job in tracker.getJobIdsForGroup(group):
        info = tracker.getJobInfo(job)
        for stage in info.stageIds if info else []:
            state = tracker.getStageInfo(stage)
            done += state.numCompletedTasks if state else 0
    return done


def watch(context, command, over):
    last = 0
    while not over.wait(EVERY_SECONDS):
        done = done_parts(context, str(command["id"]))
        if done != last:
            say(id=command["id"], parts=done)
            last = done


def execute(spark, command):
    if command["do"] == "keep":
        spark.sql(command["sql"]).write.mode("overwrite").parquet(command["path"])
        spark.read.parquet(command["path"]).createOrReplaceTempView(command["table"])
    elif command["do"] in ("rows", "few"):
        lines = spark.sql("SELECT to_json(struct(*)) AS line FROM (" + command["sql"] + ")")
        for row in lines.collect() if command["do"] == "few" else lines.toLocalIterator():
            say(id=command["id"], row=row.line)
    else:
        spark.sql(command["sql"]).collect()


def main():
    import queue

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.getOrCreate()
    context = spark.sparkContext
    say(ready=True, version=spark.version, cores=context.defaultParallelism, master=context.master)
    commands = queue.Queue()
    threading.Thread(target=read_commands, args=(commands,), daemon=True).start()
    while True:
        command = commands.get()
        over = threading.Event()
        context.setJobGroup(str(command["id"]), command["about"])
        watcher = threading.Thread(target=watch, args=(context, command, over), daemon=True)
        watcher.start()
        started = time.monotonic()
        try:
            execute(spark, command)
            answer = {"ok": True}
        except Exception as error:  # whatever it is belongs to this command; the application goes on
            answer = {"ok": False, "error": str(error)}
        over.set()
        watcher.join()
        sys.stderr.write("highgrade: %s %s, %.2f s\n" % (command["do"], command["about"], time.monotonic() - started))
        say(id=command["id"], cores=context.defaultParallelism, **answer)


main()
