"""The tables that people edit: in order, without doubles, and bad rows refused."""

from pathlib import Path

import pytest

from mtcheck.lexicon import idioms, names, tables, titles


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
