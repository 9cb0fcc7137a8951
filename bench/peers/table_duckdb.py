"""The work of bench/tables.mjs in DuckDB: one statement from the CSV to a typed table, then its clean part to Parquet."""
import json
import sys

import duckdb

csv, out = sys.argv[1:3]
con = duckdb.connect()
con.execute("SET threads = 2; SET preserve_insertion_order = false;")

# Full-width digits, units behind numbers, thousands separators and words for "missing", as the recipe of ours knows them.
NUMBER = """try_cast(nullif(replace(rtrim(translate({0}, '０１２３４５６７８９．', '0123456789.'), '℃'), ',', ''), '') AS DOUBLE)"""
WORDS = "('', 'N/A', '-', 'NA', 'NULL')"
con.execute(f"""
CREATE TEMP TABLE typed AS
SELECT 工单号 AS "order",
  coalesce(try_strptime(时间, ['%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%S', '%Y年%m月%d日 %H:%M:%S'])) AS time, 时间 AS raw_time,
  产线 AS line, 设备 AS machine,
  CASE WHEN 温度 IN {WORDS} THEN NULL ELSE {NUMBER.format('温度')} END AS temperature, 温度 AS raw_temperature,
  CASE WHEN 压力 IN {WORDS} THEN NULL ELSE {NUMBER.format('压力')} END AS pressure, 压力 AS raw_pressure,
  CASE WHEN 数量 IN {WORDS} THEN NULL ELSE cast({NUMBER.format('数量')} AS BIGINT) END AS quantity, 数量 AS raw_quantity,
  nullif(trim(备注), '') AS remark
FROM read_csv('{csv}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', new_line = '\\n')
""")
total = con.execute("SELECT count(*) FROM typed").fetchone()[0]
con.execute(f"""
CREATE TEMP VIEW clean AS
SELECT "order", time, line, machine,
  CASE WHEN temperature BETWEEN -40 AND 200 THEN temperature END AS temperature,
  CASE WHEN pressure BETWEEN 0 AND 10 THEN pressure END AS pressure, quantity, remark
FROM typed
WHERE (raw_time IS NULL OR time IS NOT NULL)
  AND (raw_temperature IS NULL OR raw_temperature IN {WORDS} OR temperature IS NOT NULL)
  AND (raw_pressure IS NULL OR raw_pressure IN {WORDS} OR pressure IS NOT NULL)
  AND (raw_quantity IS NULL OR raw_quantity IN {WORDS} OR quantity IS NOT NULL)
  AND coalesce(line, machine) IS NOT NULL
""")
typed = con.execute("SELECT count(*) FROM clean").fetchone()[0]
con.execute(f"COPY (SELECT DISTINCT * FROM clean) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
kept = con.execute(f"SELECT count(*) FROM read_parquet('{out}')").fetchone()[0]
print(json.dumps({"kept": kept, "merged": typed - kept, "refused": total - typed}))
