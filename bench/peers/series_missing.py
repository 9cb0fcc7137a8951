"""Missing values of the numeric columns of Parquet files."""
import json
import sys

import pyarrow.parquet as pq

missing = 0
for path in sys.argv[1:]:
    for batch in pq.ParquetFile(path).iter_batches():
        missing += sum(column.null_count for column in batch.columns)
print(json.dumps({"missing": missing}))
