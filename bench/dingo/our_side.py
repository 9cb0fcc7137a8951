"""Our verdicts on the same records: `highgrade grade` of them as they are."""

import json
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
MAX_FAILING = 100


def run(highgrade, *arguments):
    done = subprocess.run([highgrade, *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 2):
        raise RuntimeError(f"highgrade {' '.join(map(str, arguments))}: {done.stderr}")
    return json.loads(done.stdout)


def place(record_id):
    return int(record_id.rsplit("-", 1)[1])


class Ours:
    """What we say of each record."""

    def __init__(self, highgrade, folder, records):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "records.yaml", folder / "highgrade.yaml")
        with open(folder / "records.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        graded = run(highgrade, "grade", folder / "highgrade.yaml", "--json")
        (folder / "grade.json").write_text(json.dumps(graded, ensure_ascii=False, indent=1), encoding="utf-8")
        if graded["counts"]["quarantined"]:
            raise RuntimeError("a record was not graded")
        self.indicators = graded["grade"]["indicators"]
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
        # Where not every record has parts to compare, a grade names only those that fail.
        self.partly = {code for code in self.failing if code == "0206" and self.indicators[code]["b"] < len(records)}

    def verdict(self, code, at):
        """@returns pass, fail, or None where we do not judge"""
        if code not in self.failing:
            return None
        if at in self.failing[code]:
            return "fail"
        return None if code in self.partly else "pass"
