"""Loads what prepare-sale.mjs sold, with unchanged clients, and holds what they see against what the server counted."""
import os, tempfile

from sale import REFUSED, refused, sale, url, usage
os.environ["HF_ENDPOINT"] = f"{url}/hf"
os.environ["HF_TOKEN"] = sale["keys"]["buyer"]

import datasets, mlcroissant, pandas
from huggingface_hub import HfApi, snapshot_download

datasets.disable_progress_bars()


for name, one in sale["addresses"].items():
    address, records = one["address"], one["records"]
    configs = datasets.get_dataset_config_names(address)
    seen = 0
    for config in configs:
        loaded = datasets.load_dataset(address, config)
        seen += sum(len(split) for split in loaded.values())
    assert seen == records, f"{address}: load_dataset sees {seen} of {records}"
    after = usage(address)
    assert after["used"]["records"] == records, after
    first = next(iter(datasets.load_dataset(address, configs[0], streaming=True).values()))
    assert len(list(first.take(3))) == 3
    folder = snapshot_download(address, repo_type="dataset", local_dir=tempfile.mkdtemp())
    files = HfApi().list_repo_files(address, repo_type="dataset")
    parquet = [file for file in files if file.startswith("data/") and file.endswith(".parquet")]
    assert sum(len(pandas.read_parquet(f"hf://datasets/{address}/{file}")) for file in parquet) == records
    assert address in [found.id for found in HfApi().list_datasets(search=name.split("/")[0], limit=5)]
    verified = os.system(f"node bin/highgrade verify {folder} > {folder}.verify")
    assert verified == 0, open(f"{folder}.verify").read()

    os.environ["CROISSANT_BASIC_AUTH_USERNAME"] = "key"
    os.environ["CROISSANT_BASIC_AUTH_PASSWORD"] = sale["keys"]["buyer"]
    croissant = mlcroissant.Dataset(jsonld=f"{url}/croissant/{address}/main/croissant.json")
    assert not croissant.metadata.ctx.issues.errors, croissant.metadata.ctx.issues.errors
    rows = sum(sum(1 for _ in croissant.records(record_set.id)) for record_set in croissant.metadata.record_sets)
    assert rows == records, f"{address}: mlcroissant sees {rows} of {records}"

    again = usage(address)
    assert again["used"] == after["used"] and again["charged"] == after["charged"], (after, again)
    print(f"ok {address}: {records} records by datasets, streaming, snapshot, pandas, mlcroissant; charged once: {again['charged']}, {again['used']['tokens']} tokens")

address = sale["addresses"]["law"]["address"]
for who, words in REFUSED:
    os.environ["HF_TOKEN"] = sale["keys"][who]
    fresh = tempfile.mkdtemp()
    refused(f"{who}, load_dataset", words, lambda: datasets.load_dataset(address, cache_dir=fresh, download_mode="force_redownload", token=sale["keys"][who]))
    refused(f"{who}, snapshot_download", words, lambda: snapshot_download(address, repo_type="dataset", cache_dir=fresh, token=sale["keys"][who]))
