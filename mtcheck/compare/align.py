"""Which sentences of a suspect text were made from which of the original.

First the heaviest chain of likely pairs that keeps the order of both texts
(dynamic programming over likely pairs alone, so memory grows with the text and
not with its square), then the best of what is left: sentences that moved. Last,
a sentence without a partner joins its neighbour's pair if that explains words
of the other side which nothing explained so far: merges and splits.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtcheck.compare.likeness import Likely, Likeness, Stems

# This and the last number: the best of four settings on 2,195 round-trip translated articles, 2026-11-23;
# the README says how they were shuffled, merged and split.
LEAST_LIKENESS = 0.12
# A pair takes part in the chain only if neither side has a far better partner.
_NEAR_BEST = 0.7
# The part of a joining sentence that the other side must hold, apart from what is explained.
_LEAST_NEW = 0.25


@dataclass(frozen=True)
class Pair:
    """Sentences by number, ascending: `old` of the original became `new` of the suspect."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


@dataclass(frozen=True)
class Alignment:
    """The pairs in the order of the suspect, and the sentences without a partner."""

    pairs: tuple[Pair, ...]
    lost: tuple[int, ...]
    added: tuple[int, ...]


def align(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> Alignment:
    """Align sentences, each given as its words.

    >>> align([["One", "fox"], ["Two", "hens"]], [["Two", "hens"], ["A", "goat"]]).pairs
    (Pair(old=(1,), new=(0,), moved=False),)
    """
    likeness = Likeness(old, new)
    likely = likeness.likely(LEAST_LIKENESS)
    partner = {p.old: p.new for p in _chain(_near_best(likely))}
    taken = set(partner.values())
    for p in sorted(likely, key=lambda p: (-p.likeness, p.old, p.new)):
        if p.old not in partner and p.new not in taken:
            partner[p.old] = p.new
            taken.add(p.new)
    groups = _joined(likeness, [({i}, {j}) for i, j in sorted(partner.items())])
    in_order = {(p.old, p.new) for p in _chain([Likely(min(o), min(n), 1.0) for o, n in groups])}
    pairs = [Pair(tuple(sorted(o)), tuple(sorted(n)), (min(o), min(n)) not in in_order) for o, n in groups]
    paired_old = {i for p in pairs for i in p.old}
    paired_new = {j for p in pairs for j in p.new}
    return Alignment(
        tuple(sorted(pairs, key=lambda p: p.new)),
        tuple(i for i in range(len(old)) if i not in paired_old),
        tuple(j for j in range(len(new)) if j not in paired_new),
    )


def _near_best(likely: Sequence[Likely]) -> list[Likely]:
    best: dict[tuple[str, int], float] = {}
    for p in likely:
        for side in (("old", p.old), ("new", p.new)):
            best[side] = max(best.get(side, 0.0), p.likeness)
    return [p for p in likely if p.likeness >= _NEAR_BEST * max(best["old", p.old], best["new", p.new])]


def _chain(likely: Iterable[Likely]) -> list[Likely]:
    """The heaviest chain in which both numbers rise; a Fenwick tree holds the best end so far."""
    # Of one original sentence the later partner first, so that it is never followed by an earlier one.
    ordered = sorted(likely, key=lambda p: (p.old, -p.new))
    size = 1 + max((p.new for p in ordered), default=0)
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    end = (0.0, -1)
    for n, p in enumerate(ordered):
        best, at = (0.0, -1), p.new
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        before.append(best[1])
        here = (best[0] + p.likeness, n)
        at = p.new + 1
        while at <= size:
            tree[at] = max(tree[at], here)
            at += at & -at
        end = max(end, here)
    chain = []
    at = end[1]
    while at >= 0:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


Group = tuple[set[int], set[int]]


def _joined(likeness: Likeness, groups: list[Group]) -> list[Group]:
    """Let sentences without a partner join the pair beside them, again while any does."""
    sides = (likeness.old, likeness.new)
    homes = [{n: g for g in groups for n in g[side]} for side in (0, 1)]
    changed = True
    while changed:
        changed = False
        for side in (0, 1):
            home = homes[side]
            for n in range(len(sides[side])):
                if n in home:
                    continue
                beside = {id(home[m]): home[m] for m in (n - 1, n + 1) if m in home}
                # One sentence to several, or several to one: the joining side's other side stays single.
                options = [
                    (_gain(likeness, g, side, n), k) for k, g in beside.items() if len(g[1 - side]) == 1
                ]
                gain, key = max(options, default=(0.0, 0))
                if gain > 0:
                    beside[key][side].add(n)
                    home[n] = beside[key]
                    changed = True
    return groups


def _gain(likeness: Likeness, group: Group, side: int, n: int) -> float:
    """By how much likeness grows if sentence `n` joins; 0 where it explains too little."""
    own, other = (likeness.old, likeness.new)[side], (likeness.new, likeness.old)[side]
    joining: Stems = own[n]
    held = sum((own[i] for i in group[side]), Counter[str]())
    target = sum((other[i] for i in group[1 - side]), Counter[str]())
    unexplained = target - held
    if likeness.shared(joining, unexplained) < _LEAST_NEW * likeness.mass(joining):
        return 0.0
    return likeness.of(held + Counter(joining), target) - likeness.of(held, target)
