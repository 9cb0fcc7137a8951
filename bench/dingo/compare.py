"""Prints our verdicts beside Dingo's, as Markdown. Run by compare.sh."""

import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys

from damage import CASES, damaged
from dingo_side import ABORTS, BY_CODE, FAIL, NEEDS, PASS, PLACEHOLDERS, REGISTERED, VERSION, inputs, run_aborts, verdict
from our_side import Ours

WINDOW = ("2010-01-01", "2026-12-31")
CODES = ["0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208"]
CODES += [f"020801{n:02}" for n in range(1, 8)] + ["0303"]
DOCUMENTATION = ["0101", "0102", "0103", "0104"]


def main(highgrade, work):
    work = pathlib.Path(work)
    sets = []
    for path in sorted(work.glob("exports/*/*.jsonl")):
        sets.append((path.parent.name, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]))
    broken = damaged(sets)
    software = subprocess.run([highgrade, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{datetime.date.today()} · highgrade {software} · dingo-python {VERSION} · Python {sys.version.split()[0]}\n")

    clean = [judge(highgrade, work / "graded" / name, records) for name, records in sets]
    print("## Released records\n")
    print(", ".join(f"{name} {len(records)}" for name, records in sets) + "\n")
    shares(merge(clean))
    print("\nDingo's components that fail released records:\n")
    components(merge(clean))
    print("\n## Damaged records\n")
    damage = judge(highgrade, work / "graded" / "damaged", [record for _, record in broken])
    print(f"{len(broken)} records: {len(CASES)} cases on one record of each release, and bystanders\n")
    shares(damage)
    print("\n### By case\n")
    blind = {code for code, found in merge(clean).items() if all(theirs == FAIL for _, theirs, _ in found)}
    by_case(damage, [name for name, _ in broken], blind)
    print("\n## Documentation\n")
    documentation(work)
    print("\n## Reach\n")
    print(f"placeholders ({len(PLACEHOLDERS)}): {', '.join(f'{code} {BY_CODE[code].__name__}' for code in PLACEHOLDERS)}\n")
    print(f"rules {len(BY_CODE)}, of which a configuration can name {len(REGISTERED)}: {', '.join(REGISTERED)}\n")
    lacking = {key: value for key, value in sets[0][1][0].items() if key != "annotation"}
    print(f"Dingo's executor on a record without `annotation`: {run_aborts(lacking) or 'a result'}")
    (work / "verdicts.json").write_text(json.dumps(damage, ensure_ascii=False), encoding="utf-8")
    (work / "verdicts-released.json").write_text(json.dumps(clean, ensure_ascii=False), encoding="utf-8")


def judge(highgrade, folder, records):
    """@returns {code: [(ours, Dingo's, Dingo's reasons) of each record]}"""
    ours = Ours(highgrade, folder, records)
    theirs = {code: [verdict(code, inputs(record), WINDOW) for record in records] for code in CODES}
    return {code: [(ours.verdict(code, at), *theirs[code][at]) for at in range(len(records))] for code in CODES}


def merge(parts):
    return {code: [one for part in parts for one in part[code]] for code in CODES}


def share(verdicts):
    judged = [one for one in verdicts if one in (PASS, FAIL)]
    return f"{judged.count(PASS)}/{len(judged)}" if judged else "–"


def shares(found):
    print("| indicator | ours | Dingo | both judged | differ | ours pass, Dingo fail | ours fail, Dingo pass | ours not judged | Dingo: needs a model, aborts |")
    print("|---|---|---|---|---|---|---|---|---|")
    for code in CODES:
        pairs = [(mine, theirs) for mine, theirs, _ in found[code]]
        both = [pair for pair in pairs if None not in pair and pair[1] in (PASS, FAIL)]
        lenient, strict = both.count((PASS, FAIL)), both.count((FAIL, PASS))
        nothing = sum(mine is None for mine, _ in pairs)
        needs, aborts = (sum(theirs == one for _, theirs in pairs) for one in (NEEDS, ABORTS))
        cells = [code, share([mine for mine, _ in pairs]), share([theirs for _, theirs in pairs]), len(both)]
        cells += [lenient + strict, lenient, strict, nothing, f"{needs}, {aborts}"]
        print("| " + " | ".join(map(str, cells)) + " |")


def components(found):
    for code, verdicts in found.items():
        counts = collections.Counter(name for _, _, reasons in verdicts for name in {one.split(":")[0] for one in reasons if one.startswith("Rule")})
        if counts:
            print(f"- {code}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))


def by_case(found, names, blind):
    """How many records of each case get the verdict that the case asks for. @param blind indicators that Dingo fails whatever comes"""
    print("| case | indicator | should | ours right | Dingo right | Dingo's reason |")
    print("|---|---|---|---|---|---|")
    for name, _, expected in CASES:
        places = [at for at, one in enumerate(names) if one == name]
        for code, passes in expected.items():
            want = PASS if passes else FAIL
            verdicts = [found[code][at] for at in places]
            mine = "not judged" if all(one is None for one, _, _ in verdicts) else f"{sum(one == want for one, _, _ in verdicts)}/{len(places)}"
            right = sum(one == want for _, one, _ in verdicts)
            theirs = "fails every record" if code in blind else f"{right}/{len(places)}"
            reasons = next((why for _, one, why in verdicts if one in (FAIL, ABORTS) and why), [""])
            # Components list what they found in no fixed order: their name says enough.
            shown = reasons[0].split(":")[0] if reasons[0].startswith("Rule") else re.sub(r"\s+", " ", reasons[0])[:60]
            print(f"| {name} | {code} | {want} | {mine} | {theirs} | {shown} |")


def documentation(work):
    print("| release | indicator | ours | Dingo | aspects with one of Dingo's keywords (for show: they do not decide) |")
    print("|---|---|---|---|---|")
    for folder in sorted(work.glob("releases/*/*/")):
        if not (folder / "README.md").exists():
            continue
        grade = json.loads((folder / "grade.json").read_text(encoding="utf-8"))["indicators"]
        readme = (folder / "README.md").read_text(encoding="utf-8")
        packed = re.sub(r"\s+", "", readme).lower()
        for code in DOCUMENTATION:
            state, _ = verdict(code, {"content": readme}, WINDOW)
            aspects = BY_CODE[code]._default_aspect_keywords
            hits = sum(any(word.lower() in packed for word in words) for words in aspects.values())
            shown = "needs a model" if state == NEEDS else state
            print(f"| {folder.parent.name} | {code} | {grade[code]['a']}/{grade[code]['b']} | {shown} | {hits}/{len(aspects)} |")


main(*sys.argv[1:])
