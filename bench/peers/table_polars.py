"""The work of bench/tables.mjs in polars: lazy scan, streaming engine, Parquet."""
import json
import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl

csv, out = sys.argv[1:3]
WORDS = ["", "N/A", "-", "NA", "NULL"]


def number(name):
    folded = pl.col(name).str.replace_many(list("０１２３４５６７８９．"), list("0123456789.")).str.strip_chars_end("℃").str.replace_all(",", "", literal=True)
    return pl.when(pl.col(name).is_in(WORDS)).then(None).otherwise(folded.cast(pl.Float64, strict=False))


def bad(raw, typed):
    return pl.col(raw).is_not_null() & ~pl.col(raw).is_in(WORDS) & pl.col(typed).is_null()


scan = pl.scan_csv(csv, infer_schema=False, quote_char='"')
moment = pl.coalesce([pl.col("时间").str.to_datetime(form, strict=False) for form in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S")])
typed = scan.with_columns(moment.alias("time"), number("温度").alias("temperature"), number("压力").alias("pressure"), number("数量").cast(pl.Int64).alias("quantity"))
sound = typed.filter(
    ~(pl.col("时间").is_not_null() & pl.col("time").is_null()) & ~bad("温度", "temperature") & ~bad("压力", "pressure") & ~bad("数量", "quantity")
).filter(pl.any_horizontal(pl.col("产线").is_not_null(), pl.col("设备").is_not_null()))
clean = sound.select(
    pl.col("工单号").alias("order"),
    "time",
    pl.col("产线").alias("line"),
    pl.col("设备").alias("machine"),
    pl.when(pl.col("temperature").is_between(-40, 200)).then(pl.col("temperature")).alias("temperature"),
    pl.when(pl.col("pressure").is_between(0, 10)).then(pl.col("pressure")).alias("pressure"),
    "quantity",
    pl.col("备注").str.strip_chars().alias("remark"),
).collect(engine="streaming")
unique = clean.unique(maintain_order=True)
unique.write_parquet(out, compression="zstd")
total = scan.select(pl.len()).collect(engine="streaming").item()
print(json.dumps({"kept": unique.height, "merged": clean.height - unique.height, "refused": total - clean.height}))
