"""The work of bench/series.mjs in pandas: gaps, stuck sensors, spikes (Hampel, looking back), minute means, hourly windows."""
import json
import sys
from pathlib import Path

import pandas as pd

raw, out = sys.argv[1:3]
Path(out).mkdir(parents=True, exist_ok=True)
WINDOW, DEVIATIONS, RUN = 31, 12, 30

table = pd.concat([pd.read_csv(path) for path in sorted(Path(raw).glob("*.csv"))], ignore_index=True)
table["time"] = pd.to_datetime(table.pop("时间"), format="%Y-%m-%d %H:%M:%S")
table = table[table["time"] >= table["time"].cummax()].set_index("time")
before = int(table.isna().to_numpy().sum())
gaps = table.index.to_series().diff().ne(pd.Timedelta(0)) & ~(table.index.to_series().diff() <= pd.Timedelta(minutes=1))
table[gaps.to_numpy()] = float("nan")
stuck = spikes = 0
for tag in table.columns:
    column = table[tag]
    run = column.groupby((column != column.shift()).cumsum()).cumcount() + 1
    column = column.mask(run >= RUN)
    past = column.shift(1)
    median = past.rolling(WINDOW).median()
    deviation = (past - median).abs().rolling(WINDOW).median() * 1.4826
    wrong = (column - median).abs() > DEVIATIONS * deviation
    spikes += int(wrong.sum())
    table[tag] = column.mask(wrong)
after = int(table.isna().to_numpy().sum())
table.to_parquet(f"{out}/clean.parquet", compression="zstd")
minutes = table.resample("1min").mean().dropna(how="all")
hours = minutes.groupby(minutes.index.floor("1h")).agg(list)
hours.to_parquet(f"{out}/windows.parquet", compression="zstd")
print(json.dumps({"rows": len(table), "removed": after - before, "spikes": spikes, "windows": len(hours)}))
