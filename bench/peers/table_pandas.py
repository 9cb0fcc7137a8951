"""The work of bench/tables.mjs in pandas: whole columns in memory, one thread."""
import json
import sys

import pandas as pd

csv, out = sys.argv[1:3]
WORDS = {"", "N/A", "-", "NA", "NULL"}
FOLD = str.maketrans("０１２３４５６７８９．", "0123456789.")

raw = pd.read_csv(csv, dtype=str, keep_default_na=False, na_values=[""])
total = len(raw)


def number(name):
    column = raw[name]
    plain = pd.to_numeric(column, errors="coerce")
    rest = column[plain.isna() & column.notna() & ~column.isin(WORDS)]
    folded = rest.str.translate(FOLD).str.removesuffix("℃").str.replace(",", "", regex=False)
    plain.loc[rest.index] = pd.to_numeric(folded, errors="coerce")
    return plain, plain.isna() & column.notna() & ~column.isin(WORDS)


time = pd.to_datetime(raw["时间"], format="%Y-%m-%d %H:%M:%S", errors="coerce")
for form in ("%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S"):
    rest = raw["时间"][time.isna() & raw["时间"].notna()]
    time.loc[rest.index] = pd.to_datetime(rest, format=form, errors="coerce")
temperature, bad_t = number("温度")
pressure, bad_p = number("压力")
quantity, bad_q = number("数量")
bad = (time.isna() & raw["时间"].notna()) | bad_t | bad_p | bad_q
table = pd.DataFrame(
    {
        "order": raw["工单号"],
        "time": time,
        "line": raw["产线"],
        "machine": raw["设备"],
        "temperature": temperature.where(temperature.between(-40, 200)),
        "pressure": pressure.where(pressure.between(0, 10)),
        "quantity": quantity.astype("Int64"),
        "remark": raw["备注"].str.strip(),
    }
)
del raw
clean = table[~bad & (table["line"].notna() | table["machine"].notna())]
unique = clean.drop_duplicates()
unique.to_parquet(out, compression="zstd", index=False)
print(json.dumps({"kept": len(unique), "merged": len(clean) - len(unique), "refused": total - len(clean)}))
