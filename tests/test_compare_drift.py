"""What counts as a change, of which kind, and where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.compare.versions import compared
from mtcheck.readers import read_text
from mtcheck.text import Document

BASE = "The harbour office in Tromso told 40 crews on Friday that the northern channel was not open."


@pytest.mark.parametrize(
    ("before", "after", "kind", "match", "suggestion", "why"),
    [
        ("Tromso", "Tromse", "changed-name", "Tromse", "Tromso", "a name is another"),
        ("in Tromso ", "", "changed-name", "office", "office in Tromso", "a name is gone"),
        ("40", "14", "changed-number", "14", "40", "a number is another"),
        ("was not", "was", "changed-negation", "was", "was not", "a negation is gone"),
        ("was not", "was hardly", None, "", "", "one negation for another is a change of words"),
        ("was not", "wasn’t", None, "", "", "a contraction denies too"),
        ("told", "informed", "drifted-word", "informed", "told", "another word"),
        ("crews", "tired crews", "drifted-word", "tired", "", "a word more"),
        ("The harbour", "Harbour", "drifted-word", "Harbour", "The harbour", "a word less, at the start"),
    ],
)
def test_kinds(before: str, after: str, kind: str | None, match: str, suggestion: str, why: str) -> None:
    suspect = Document(BASE.replace(before, after))
    found = compared(Document(BASE), suspect).findings
    if kind is None:
        assert {f.detector for f in found} == {"drifted-word"}, why
        return
    assert [(f.detector, suspect[f.span], f.suggestions) for f in found] == [(kind, match, (suggestion,))], (
        why
    )


@pytest.mark.parametrize(
    ("original", "suspect", "why"),
    [
        ("", "", "nothing"),
        (BASE, BASE, "the same"),
        ("Three crews left.", "3 crews left.", "the same number"),
        ("It cost 1,500 crowns.", "It cost 1500 crowns.", "the same number"),
        ("“We don’t know,” she said.", '"We don\'t know," she said.', "other quotation marks"),
        ("The crews left\nthe harbour at noon.", "The crews left the harbour at noon.", "wrapped anew"),
    ],
)
def test_what_is_no_change(original: str, suspect: str, why: str) -> None:
    assert compared(Document(original), Document(suspect)).findings == (), why


def test_a_name_that_moved_in_its_sentence_did_not_change() -> None:
    old = "On Friday the office told Anna Berg and forty crews of the port that ice had closed the channel."
    new = "The office told Anna Berg and forty crews of the port on Friday that ice had closed the channel."
    assert {f.detector for f in compared(Document(old), Document(new)).findings} == {"drifted-word"}


def test_words_inside_a_quotation_come_before_other_words() -> None:
    suspect = Document('The tired mayor said: "We shall restore every single house in the town."')
    original = Document('The weary mayor said: "We shall rebuild every single house in the town."')
    found = compared(original, suspect).findings
    assert [(f.detector, suspect[f.span]) for f in found] == [
        ("drifted-word", "tired"),
        ("changed-quotation", "restore"),
    ]
    assert float(found[1].because["priority"]) < float(found[0].because["priority"])


def test_a_sentence_of_which_little_is_left_is_one_finding() -> None:
    original = "The harbour office told all crews that the northern channel was closed."
    suspect = Document("Authorities at the harbour let seamen know of a closed northern passage.")
    [finding] = compared(Document(original), suspect).findings
    assert finding.detector == "reworded-sentence"
    assert finding.suggestions == (original.rstrip("."),)


def test_sentences_without_partner_are_told_on_both_sides() -> None:
    first, second = "Snow fell on the old bridge all night.", "Nobody in the village complained to the mayor."
    goats = "Goats ate tulips behind the chapel."
    suspect = Document(f"{first} {goats}")
    added, lost = sorted(compared(Document(f"{first} {second}"), suspect).findings, key=lambda f: f.detector)
    assert (added.detector, suspect[added.span]) == ("added-sentence", goats)
    assert (lost.detector, lost.span.start, lost.because["original"]) == ("lost-sentence", len(first), second)


def test_a_lost_sentence_behind_an_address_is_told() -> None:
    first = "The list of all crews stands at https://ice.example/list"
    found = compared(Document(f"{first}\n\nGoats ate tulips."), Document(first)).findings
    assert [f.detector for f in found] == ["lost-sentence"]


def test_formats_may_differ_and_offsets_are_those_of_the_suspect() -> None:
    source = "<p>The harbour <b>office</b> &amp; the crews left at <i>ten</i>.</p>"
    suspect = read_text(source, "a.html", ".html")
    [finding] = compared(Document("The harbour office & the crews left at nine."), suspect).findings
    place = suspect.to_source(finding.span)
    assert (finding.detector, source[place.start : place.end]) == ("changed-number", "ten")


def test_scores_are_sacrebleu_s_and_say_so() -> None:
    same = compared(Document(BASE), Document(BASE)).scores
    assert (round(same.chrf, 6), same.ter) == (100.0, 0.0)
    result = compared(Document("The cat sat on the mat."), Document("The cat sat on the rug."))
    assert result.scores.ter == pytest.approx(100 / 6)
    assert "chrF:#:1|" in result.scores.signature
    assert "TER:#:1|" in result.scores.signature
    assert result.findings[0].because["TER"] == 16.7


TEXTS = st.text(st.sampled_from("ab AB1.,“”\"'’\n\r\u00e9\U0001f600"), max_size=60)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(original: str, suspect: str) -> None:
    doc = Document(suspect)
    found = compared(Document(original), doc).findings
    assert all(f.span.end <= len(suspect) for f in found)
    assert list(found) == sorted(found, key=lambda f: f.span)
    assert compared(doc, doc).findings == ()
