"""Alignment of sentences: order, moves, merges, splits, and what has no partner."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.compare.align import Pair, align

SENTENCES = [
    "The ferry to the northern islands was cancelled on Friday because of ice",
    "Passengers slept on benches and shared sandwiches with the crew",
    "A spokeswoman promised refunds within ten days",
    "Fishermen had warned the harbour office about the cold a week before",
    "The school choir sang for those who waited in the hall",
    "On Saturday an icebreaker opened the channel again",
]
WORDS = [s.split() for s in SENTENCES]
FOREIGN = "Bakers in a distant valley argue over rye".split()


def pairs(
    new: list[list[str]], old: list[list[str]] = WORDS
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(p.old, p.new) for p in align(old, new).pairs]


def test_the_same_text_is_paired_one_to_one() -> None:
    found = align(WORDS, WORDS)
    assert found.pairs == tuple(Pair((n,), (n,)) for n in range(len(WORDS)))
    assert (found.lost, found.added) == ((), ())


def test_a_moved_sentence_is_said_to_have_moved() -> None:
    found = align(WORDS, [WORDS[5], *WORDS[:5]])
    assert [(p.old[0], p.moved) for p in found.pairs] == [(5, True), *((n, False) for n in range(5))]


@pytest.mark.parametrize(
    ("new", "wanted", "why"),
    [
        ([WORDS[0] + WORDS[1], *WORDS[2:]], ((0, 1), (0,)), "two became one"),
        ([WORDS[0] + WORDS[1] + WORDS[2], *WORDS[3:]], ((0, 1, 2), (0,)), "three became one"),
        ([WORDS[0][:6], WORDS[0][6:], *WORDS[1:]], ((0,), (0, 1)), "one became two"),
        ([*WORDS[2:], WORDS[0] + WORDS[1]], ((0, 1), (4,)), "two became one and moved"),
    ],
)
def test_merges_and_splits(new: list[list[str]], wanted: tuple[tuple[int, ...], ...], why: str) -> None:
    found = align(WORDS, new)
    assert wanted in [(p.old, p.new) for p in found.pairs], why
    assert (found.lost, found.added) == ((), ()), why


def test_what_has_no_partner_is_told() -> None:
    found = align(WORDS, [*WORDS[:2], FOREIGN, *WORDS[3:]])
    assert (found.lost, found.added) == ((2,), (2,))


@pytest.mark.parametrize(("old", "new"), [([], []), (WORDS, []), ([], WORDS)])
def test_nothing_on_a_side_pairs_nothing(old: list[list[str]], new: list[list[str]]) -> None:
    found = align(old, new)
    assert found.pairs == ()
    assert (len(found.lost), len(found.added)) == (len(old), len(new))


def test_equal_sentences_keep_their_order() -> None:
    refrain = "We shall wait and see".split()
    old = [WORDS[0], refrain, WORDS[1], refrain, WORDS[2]]
    assert pairs(old, old) == [((n,), (n,)) for n in range(5)]


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(len(WORDS))))
def test_any_order_is_found(order: list[int]) -> None:
    assert pairs([WORDS[n] for n in order]) == [((o,), (n,)) for n, o in enumerate(order)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), max_size=8),
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), max_size=8),
)
def test_each_sentence_is_in_one_place(old: list[list[str]], new: list[list[str]]) -> None:
    found = align(old, new)
    assert sorted([i for p in found.pairs for i in p.old] + list(found.lost)) == list(range(len(old)))
    assert sorted([j for p in found.pairs for j in p.new] + list(found.added)) == list(range(len(new)))
    for p in found.pairs:
        assert len(p.old) == 1 or len(p.new) == 1
        assert list(p.old) == list(range(p.old[0], p.old[-1] + 1)), "a merge is of neighbours"
        assert list(p.new) == list(range(p.new[0], p.new[-1] + 1)), "a split is into neighbours"


def test_two_thousand_sentences_in_another_order() -> None:
    rng = random.Random(1)
    old = [[f"w{rng.randrange(900)}" for _ in range(12)] for _ in range(2000)]
    order = rng.sample(range(2000), 2000)
    found = align(old, [old[n] for n in order])
    assert sum(p.old == (order[p.new[0]],) for p in found.pairs) == 2000
