"""The work of bench/series.mjs in polars: gaps, stuck sensors, spikes (Hampel, looking back), minute means, hourly windows."""
import json
import os
import sys
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl

raw, out = sys.argv[1:3]
Path(out).mkdir(parents=True, exist_ok=True)
WINDOW, DEVIATIONS, RUN = 31, 12, 30

table = pl.concat(
    [pl.read_csv(path, infer_schema=False) for path in sorted(Path(raw).glob("*.csv"))]
)
tags = table.columns[1:]
table = table.with_columns(pl.col("时间").str.to_datetime("%Y-%m-%d %H:%M:%S").alias("时间"), *[pl.col(tag).cast(pl.Float64) for tag in tags])
table = table.rename({"时间": "time"}).filter(pl.col("time") >= pl.col("time").cum_max())
before = table.select(pl.sum_horizontal(pl.col(tags).null_count())).item()
after_gap = (pl.col("time").diff() > pl.duration(minutes=1)).fill_null(True)
table = table.with_columns([pl.when(after_gap).then(None).otherwise(pl.col(tag)).alias(tag) for tag in tags])


def cleaned(tag):
    column = pl.col(tag)
    run = column.is_not_null().cum_sum().over(column.rle_id())
    return pl.when(run >= RUN).then(None).otherwise(column).alias(tag)


table = table.with_columns([cleaned(tag) for tag in tags])
between = table.select(pl.sum_horizontal(pl.col(tags).null_count())).item()


def without_spikes(tag):
    column = pl.col(tag)
    past = column.shift(1)
    median = past.rolling_median(WINDOW, min_samples=WINDOW)
    deviation = (past - median).abs().rolling_median(WINDOW, min_samples=WINDOW) * 1.4826
    return pl.when((column - median).abs() > DEVIATIONS * deviation).then(None).otherwise(column).alias(tag)


table = table.with_columns([without_spikes(tag) for tag in tags])
after = table.select(pl.sum_horizontal(pl.col(tags).null_count())).item()
table.write_parquet(f"{out}/clean.parquet", compression="zstd")
minutes = table.group_by_dynamic("time", every="1m").agg(pl.col(tags).mean())
hours = minutes.group_by_dynamic("time", every="1h").agg(pl.col(tags))
hours.write_parquet(f"{out}/windows.parquet", compression="zstd")
print(json.dumps({"rows": table.height, "removed": after - before, "spikes": after - between, "windows": hours.height}))
