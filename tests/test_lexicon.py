"""The tables that people edit: in order, without doubles, and bad rows refused."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from mtcheck.detectors import literal_idiom
from mtcheck.findings import Evidence
from mtcheck.lexicon import idioms, literal_idioms, names, tables, titles
from mtcheck.text import Document


def test_names_are_sorted_and_unique() -> None:
    variants = [row[0] for row in tables.rows("names.tsv", names.COLUMNS)]
    assert variants == sorted(variants)
    assert len(variants) == len(set(variants))


def test_every_name_has_its_fields() -> None:
    for entry in names.load_names():
        assert entry.variant.strip() == entry.variant, entry
        assert entry.preferred, entry
        assert entry.language, entry
        assert entry.source, entry


def test_valid_prefers_itself_and_nothing_else_does() -> None:
    for entry in names.load_names():
        assert (entry.relation == "valid") == (entry.variant == entry.preferred), entry


def test_no_row_prefers_the_variant_of_another() -> None:
    dictionary = names.load_names()
    for entry in dictionary:
        target = dictionary.lookup(entry.preferred)
        assert target is None or target.relation == "valid", entry


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Moscou\tMoscow", "2 columns, expected 7"),
        ("Moscou\tMoscow\ttown\texonym\tfr\t\town", "Moscou: unknown kind"),
        ("Moscou\tMoscow\tplace\tnickname\tfr\t\town", "Moscou: unknown kind or relation"),
    ],
)
def test_a_bad_row_is_refused(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names.tsv").write_text("\t".join(names.COLUMNS) + "\n" + row + "\n", "utf-8")
    monkeypatch.setattr(tables, "_TABLES", tmp_path)
    names.load_names.cache_clear()
    try:
        with pytest.raises(ValueError, match=message):
            names.load_names()
    finally:
        names.load_names.cache_clear()


def test_titles_and_idioms_are_sorted_and_unique() -> None:
    for name, columns in (("titles.tsv", titles.COLUMNS), ("idioms.tsv", idioms.COLUMNS)):
        first = [row[0] for row in tables.rows(name, columns)]
        assert first == sorted(first), name
        assert len(first) == len(set(first)), name
    assert len(titles.load_titles()) >= 250
    assert idioms.load_idioms()


def test_literal_idioms_are_sorted_unique_and_of_many_languages() -> None:
    first = [row[0] for row in tables.rows("literal_idioms.tsv", literal_idioms.COLUMNS)]
    assert first == sorted(first)
    assert len(first) == len(set(first)) >= 600
    spoken = Counter(code for idiom in literal_idioms.load_literal_idioms() for code in idiom.languages)
    assert all(spoken[code] >= 50 for code in ("fr", "de", "es", "it", "pt", "nl", "pl", "ru")), spoken
    assert spoken.keys() == literal_idioms.LANGUAGES.keys()


def test_no_english_idiom_passes_for_a_literal_one() -> None:
    english = [idiom.text for idiom in idioms.load_idioms()]
    english += [idiom.meant for idiom in literal_idioms.load_literal_idioms()]
    for text in english:
        found = list(literal_idiom.find(Evidence(Document(f"They {text}."), None, names.load_names())))
        assert not found, text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("eat one's Hat\tlose a bet\tde\teinen Besen fressen", "in lower case"),
        ("two words\tlose a bet\tde\teinen Besen fressen", "at least three words"),
        ("eat/ a broom\tlose a bet\tde\teinen Besen fressen", "at least three words"),
        ("eat a broom/broom\tlose a bet\tde\teinen Besen fressen", "a form comes twice"),
        ("eat a broom\t \tde\teinen Besen fressen", "nothing meant"),
        ("eat a broom\tlose a bet\tgerman\teinen Besen fressen", "unknown language"),
        ("eat a broom\tlose a bet\tde nl\teinen Besen fressen", "one original for each language"),
        ("one's one's one's\tlose a bet\tde\teinen Besen fressen", "no fixed word"),
    ],
)
def test_a_bad_literal_idiom_is_refused(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "\t".join(literal_idioms.COLUMNS) + "\n" + row + "\n"
    (tmp_path / "literal_idioms.tsv").write_text(table, "utf-8")
    monkeypatch.setattr(tables, "_TABLES", tmp_path)
    literal_idioms.load_literal_idioms.cache_clear()
    try:
        with pytest.raises(ValueError, match=message):
            literal_idioms.load_literal_idioms()
    finally:
        literal_idioms.load_literal_idioms.cache_clear()


def test_transliterations_are_sorted_unique_and_of_known_kinds() -> None:
    from mtcheck.lexicon.conventions import CONVENTIONS
    from mtcheck.lexicon.transliteration import COLUMNS, KINDS

    rows = list(tables.rows("transliteration.tsv", COLUMNS))
    assert rows == sorted(set(rows))
    spoken = {code for c in CONVENTIONS for code in c.language.split()}
    for form, english, language, kind in rows:
        assert kind in KINDS, form
        if kind in {"given", "shared", "stem"}:
            assert set(language.split()) <= spoken, form
            assert form != english or kind != "given", form
        else:
            assert form == english, form


def test_an_anchor_stands_in_whatever_its_shape_finds() -> None:
    """A shape is only tried where its anchor stands, so the anchor may not be a guess."""
    from mtcheck.lexicon.calques import load_calques

    cases = tomllib.loads((Path(__file__).parent / "cases" / "calqued-structure.toml").read_text("utf-8"))
    texts = [case["text"].replace("{", "").replace("}", "") for case in cases["flag"]]
    for text in texts:
        found = [c for c in load_calques() if c.pattern.search(text)]
        assert found, text
        assert all(c.anchor in text.lower() for c in found), text
