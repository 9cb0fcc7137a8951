"""Our verdicts on the same records: `highgrade grade` of a recipe that declares the record format as a table."""

import json
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
MAX_FAILING = 100


def flat(record):
    """The record as a row: what a table cannot nest gets columns of its own; nothing else is changed."""
    items = record.get("data_content")
    texts = [one["content"].strip() for one in items if one.get("media_type") == "text"] if isinstance(items, list) else []
    annotation = record.get("annotation") or {}
    row = {key: value for key, value in record.items() if key not in ("annotation", "table", "split", "attributes")}
    row["text"] = "\n".join(texts)
    row["label"] = annotation.get("label")
    row["annotation_method"] = annotation.get("annotation_method")
    row["annotator"] = annotation.get("annotator")
    return row


def run(highgrade, *arguments):
    done = subprocess.run([highgrade, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        raise RuntimeError(f"highgrade {' '.join(map(str, arguments))}: {done.stderr}")
    return json.loads(done.stdout)


def place(record_id):
    return int(record_id.rsplit("-", 1)[1])


class Ours:
    """What we say of each record. A record that breaks the schema is refused before it is graded: `refused`."""

    def __init__(self, highgrade, folder, records):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "records.yaml", folder / "highgrade.yaml")
        with open(folder / "records.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(flat(record), ensure_ascii=False) + "\n" for record in records)
        graded = run(highgrade, "grade", folder / "highgrade.yaml", "--json")
        (folder / "grade.json").write_text(json.dumps(graded, ensure_ascii=False, indent=1), encoding="utf-8")
        # `grade` keeps no list of the refused; a build with the same schema and no steps writes one.
        shutil.rmtree(folder / "out", ignore_errors=True)
        run(highgrade, "build", folder / "highgrade.yaml", "--out", folder / "out", "--json")
        self.refused = {}
        for line in (folder / "out/.highgrade/tc609-records/quarantine.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            self.refused[place(entry["id"])] = entry
        if len(self.refused) != graded["counts"]["quarantined"]:
            raise RuntimeError("grade and build refuse different records")
        self.indicators = graded["grade"]["indicators"]
        self.counts = graded["counts"]
        self.failing = {}
        for code, indicator in self.indicators.items():
            if indicator["status"] == "measured" and code >= "0200":
                self.failing[code] = indicator["failing"]
        for part in self.indicators["0208"]["evidence"]["subIndicators"]:
            if part["status"] == "measured":
                self.failing[part["code"]] = part["failing"]
        for code, ids in self.failing.items():
            if len(ids) >= MAX_FAILING:
                raise RuntimeError(f"{code}: more failing records than a grade names")
        self.failing = {code: {place(one) for one in ids} for code, ids in self.failing.items()}

    def verdict(self, code, at):
        """@returns pass, fail, or None where we do not judge"""
        entry = self.refused.get(at)
        if entry:
            return "fail" if code in blamed(entry) else None
        if code not in self.failing:
            return None
        return "fail" if at in self.failing[code] else "pass"


def blamed(entry):
    """Indicators that a refusal counts against."""
    codes = {"0201"}
    if entry["reason"] == "refine/required-missing":
        codes.add("0204")
    if entry["field"] in ("label", "annotation_method", "annotator"):
        codes.add("0203")
    return codes
