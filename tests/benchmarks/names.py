"""How many judged name variants are found: `python tests/benchmarks/names.py [--misses] [FILE.jsonl...]`.

Each file holds records with `text` and perhaps `spans` of words left in another language: of
those the share that is touched is printed, of every file the name findings per 1,000 words.

Not a test: the sample is small, and its numbers are to be read, not passed.
"""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

from mtcheck.detectors import DETECTORS
from mtcheck.findings import Evidence
from mtcheck.lexicon.names import NameDictionary, load_names
from mtcheck.text import Document, Span

JUDGED = Path(__file__).parent.parent.parent / "corpora" / "name-variants" / "judged.tsv"
NAME_DETECTORS = ("exonym", "foreign-transliteration", "foreign-inflection", "name-consistency")
SENTENCES = {
    "person": ("The statement by {} was published on Monday.", "On Tuesday {} met the mayor."),
    "place": ("The office in {} was closed on Monday.", "He moved to {} with his family."),
    "body": ("The statement by {} was published on Monday.", "A lawyer for {} declined to comment."),
    "other": ("The report on {} was published on Monday.", "Most of it was about {} again."),
}

# What an article has usually said before a name is bent.
INTRODUCED = {
    "person": "Anna {} came first. ",
    "place": "The mayor of {} came first. ",
    "body": "A lawyer of {} came first. ",
    "other": "A friend of {} came first. ",
}


def found(variant: str, sentence: str, names: NameDictionary) -> bool:
    """Whether a name detector touches the variant in the sentence."""
    doc = Document(sentence.format(variant))
    start = doc.text.rindex(variant)
    span = Span(start, start + len(variant))
    evidence = Evidence(doc, None, names)
    chosen = (d for d in DETECTORS if d.id in NAME_DETECTORS)
    return any(f.span.overlaps(span) for d in chosen for f in d.find(evidence))


def read_through(file: Path, names: NameDictionary) -> str:
    """One line on a file of texts: labelled capitalised words touched, findings per 1,000 words."""
    words = findings = labelled = touched = 0
    for line in file.open(encoding="utf-8"):
        record = json.loads(line)
        doc = Document(record["text"])
        evidence = Evidence(doc, None, names)
        spans = [f.span for d in DETECTORS if d.id in NAME_DETECTORS for f in d.find(evidence)]
        words += len(doc.words)
        findings += len(spans)
        for label in record.get("spans", ()):
            wanted = Span(label["start"], label["end"])
            if doc[wanted][:1].isupper():
                labelled += 1
                touched += any(s.overlaps(wanted) for s in spans)
    said = f"{file.name}: {findings} name findings, {1000 * findings / words:.3f} per 1,000 words"
    return said + (f", {touched} of {labelled} labelled capitalised words" if labelled else "")


def main() -> None:
    """Print recall on the true variants, per kind and per reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print each variant that is not found")
    parser.add_argument("files", nargs="*", type=Path, help="JSON Lines with texts")
    shown = parser.parse_args()
    with JUDGED.open(encoding="utf-8") as file:
        judged = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = load_names()
    for text in shown.files:
        print(read_through(text, names))
    wanted: Counter[str] = Counter()
    total: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    introduced: Counter[str] = Counter()
    wrong = [
        row["variant"]
        for row in judged
        if row["judgement"] == "no" and any(found(row["variant"], s, names) for s in SENTENCES[row["kind"]])
    ]
    for row in judged:
        if row["judgement"] != "yes":
            continue
        without = NameDictionary(e for e in names if e.variant != row["variant"])
        for sentence in SENTENCES[row["kind"]]:
            in_all, by_rule = (found(row["variant"], sentence, n) for n in (names, without))
            if shown.misses and not in_all:
                print("missed:", sentence.format(row["variant"]))
            bare = row["preferred"].removesuffix("'s").removesuffix("’s")
            after = found(row["variant"], INTRODUCED[row["kind"]].format(bare) + sentence, names)
            for group in ("all", row["kind"], row["reason"]):
                wanted[group] += 1
                total[group] += in_all
                rules[group] += by_rule
                introduced[group] += after
    for group, count in wanted.most_common():
        shares = (f"{c[group] / count:.2f}" for c in (total, rules, introduced))
        print("{}: {}, by rule {}, after the bare name {} ({} sentences)".format(group, *shares, count))
    print(f"found though judged “no”: {len(wrong)} {wrong}")


if __name__ == "__main__":
    main()
