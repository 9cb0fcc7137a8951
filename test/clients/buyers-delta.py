"""delta-sharing, unchanged, on what prepare-sale.mjs sold."""
import json, os, tempfile

import delta_sharing

from sale import REFUSED, refused, sale, url, usage


def tables_of(who, address):
    """Addresses of a data set's tables for one buyer."""
    path = os.path.join(tempfile.mkdtemp(), "profile.share")
    json.dump({"shareCredentialsVersion": 1, "endpoint": f"{url}/delta-sharing", "bearerToken": sale["keys"][who]}, open(path, "w"))
    share, schema = address.split("/")
    found = [t for t in delta_sharing.SharingClient(path).list_all_tables() if (t.share, t.schema) == (share, schema)]
    return [f"{path}#{t.share}.{t.schema}.{t.name}" for t in found]


for one in sale["addresses"].values():
    address, records = one["address"], one["records"]
    before = usage(address)
    rows = sum(len(delta_sharing.load_as_pandas(table)) for table in tables_of("buyer", address))
    assert rows == records, f"{address}: delta-sharing sees {rows} of {records}"
    assert usage(address)["charged"] == before["charged"], "what was charged for by another protocol is charged again"
    print(f"ok {address}: {records} records by delta-sharing, nothing charged twice")

address = sale["addresses"]["law"]["address"]
for who, words in REFUSED:
    refused(f"{who}, delta-sharing", words, lambda: delta_sharing.load_as_pandas(tables_of(who, address)[0]))
