"""Sound rows -> rows damaged in the likeness of machine translation, with the damage marked.

Why damage that we make: nobody has marked 100 million words by hand, and the
likeness need not be perfect. What a translation engine leaves behind is mostly
a sound sentence with one wrong word, so each row gets a handful of edits.

Works on token ids, so that a training step needs no text. A row is a list of
words, each a list of ids; an edit takes the list and a place, changes it and
marks what a reader would point at.

Source: K. Clark and others, "ELECTRA" (2020) for learning from replaced
tokens; the kinds are ours, after M. Karpinska and others, "DEMETR" (2022).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# Words that engines swap for one another, drop and add.
FUNCTION_CLASSES = (
    "the a an this that these those its his her their our my your some any no".split(),
    "of in to for on with at by from as into about after before over under between through during "
    "without against towards toward among within upon since until than".split(),
    "is are was were be been being am has have had having do does did will would can could may might "
    "must should shall".split(),
    "he she it they we you I him her them us me one himself itself themselves".split(),
    "and or but nor so yet because although while whereas if unless when where as that which who whom "
    "whose what how".split(),
    "not never no also only even just still already yet too very more most less much many few several "
    "all both each every either neither other another such".split(),
)
# Endings whose exchange turns one form of a word into another.
_ENDINGS = ("", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "ion", "ions", "al", "ment", "ness", "ity")
# A few words that come through untranslated, from ten languages.
_FOREIGN = (
    "le la les des du une dans pour avec sur est der die das und von mit für nicht auf ist el los las "
    "del una por con para que il della di che per não uma dos het een van voor niet och av til ikke "
    "som w na że się jest nie bir ve için"
).split()

Words = list[list[int]]
Marks = list[bool]


@dataclass(frozen=True)
class Vocabulary:
    """What damage needs to know of a tokenizer; built once by `read_vocabulary`."""

    classes: dict[int, list[int]]
    forms: dict[int, list[int]]
    recased: dict[int, int]
    continues: NDArray[np.bool_]
    letters: NDArray[np.bool_]
    content: NDArray[np.int64]
    content_share: NDArray[np.float64]
    foreign: list[list[int]]
    pauses: tuple[int, ...]  # full stops and their like, the comma
    special: int  # ids up to this one are no words
    meaning: dict[int, list[int]] = field(default_factory=dict)  # nearest words; renewed while training


def read_vocabulary(tokens: dict[str, int], counts: NDArray[np.int64]) -> Vocabulary:
    """Return the tables of a WordPiece vocabulary, given each token's count in the corpus."""
    known = {w: i for w, i in tokens.items() if w.isalpha()}
    classes: dict[int, list[int]] = {}
    for group in FUNCTION_CLASSES:
        ids = [known[w] for w in group if w in known]
        for w in group:
            for form, others in (
                (w, ids),
                (w.capitalize(), [known[o.capitalize()] for o in group if o.capitalize() in known]),
            ):
                if form in known:
                    classes.setdefault(known[form], []).extend(i for i in others if i != known[form])
    stems: dict[str, list[int]] = defaultdict(list)
    for w in known:
        for ending in _ENDINGS:
            stem = w.removesuffix(ending) if ending else w
            if w.endswith(ending) and len(stem) >= 4:
                stems[stem].append(known[w])
                stems[stem.removesuffix("e")].append(known[w])
    forms: dict[int, list[int]] = defaultdict(list)
    for group_ids in stems.values():
        for i in group_ids:
            forms[i].extend(j for j in group_ids if j != i)
    size = len(counts)
    continues, letters = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for token, i in tokens.items():
        continues[i] = token.startswith("##")
        letters[i] = token.isalpha()
    content = np.array(
        [i for w, i in known.items() if len(w) > 3 and i not in classes and counts[i] > 50], dtype=np.int64
    )
    share = counts[content].astype(np.float64) ** 0.75
    foreign = [[known[w]] for w in _FOREIGN if w in known and w not in {"die", "for", "in", "was"}]
    return Vocabulary(
        classes=classes,
        forms={i: sorted(set(v)) for i, v in forms.items() if set(v)},
        recased={
            i: known[o]
            for w, i in known.items()
            for o in ({w.capitalize()} if w.islower() else {w.lower()})
            if o != w and o in known
        },
        continues=continues,
        letters=letters,
        content=content,
        content_share=share / share.sum(),
        foreign=foreign,
        pauses=tuple(tokens[t] for t in (".", "!", "?", ",") if t in tokens),
        special=tokens["[MASK]"],
    )


class Damage:
    """Applies random edits to rows of token ids; the last seed given decides all of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._v = vocabulary
        self.reseed([0])
        # (edit, weight): how often each kind is tried; most tries of the
        # rarer kinds fail because the place does not fit.
        kinds: list[tuple[Callable[[Words, Marks, int], bool], float]] = [
            (self._function, 30),
            (self._drop, 12),
            (self._add, 8),
            (self._repeat, 5),
            (self._doublet, 14),
            (self._swap, 8),
            (self._move, 4),
            (self._form, 10),
            (self._meaning, 12),
            (self._content, 7),
            (self._recase, 6),
            (self._stray_mark, 3),
            (self._drop_mark, 6),
            (self._foreign, 2),
        ]
        weights = np.array([w for _, w in kinds], dtype=float)
        self._edits = [e for e, _ in kinds]
        self._share = weights / weights.sum()

    def reseed(self, seed: list[int]) -> None:
        """Start the random numbers anew, so that a resumed run sees the same edits."""
        self._rng = np.random.default_rng(seed)

    def learn_meaning(self, vectors: NDArray[np.float32], *, nearest: int = 8) -> None:
        """Take each content word's nearest words from (vocabulary, width) vectors."""
        ids = self._v.content
        unit = vectors[ids] / (np.linalg.norm(vectors[ids], axis=1, keepdims=True) + 1e-6)
        for at in range(0, len(ids), 512):
            alike = unit[at : at + 512] @ unit.T
            alike[np.arange(len(alike)), np.arange(at, at + len(alike))] = -1.0
            best = np.argpartition(-alike, nearest, axis=1)[:, :nearest]
            for row, i in zip(best, ids[at : at + 512], strict=True):
                self._v.meaning[int(i)] = ids[row].tolist()

    def apply(self, row: NDArray[np.int64], *, rate: float) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return (ids, marks): the row with about `rate` of its words edited, each token marked or not.

        The length may change by a few tokens.
        """
        starts = np.flatnonzero(~self._v.continues[row])
        words: Words = [list(map(int, w)) for w in np.split(row, starts) if len(w)]
        marks: Marks = [False] * len(words)
        for _ in range(self._rng.poisson(rate * len(words))):
            # A place that does not fit costs little; another is tried.
            for _ in range(4):
                kind = int(self._rng.choice(len(self._edits), p=self._share))
                at = int(self._rng.integers(1, max(2, len(words) - 6)))
                near = slice(max(0, at - 2), at + 3)
                if at + 5 < len(words) and not any(marks[near]) and self._edits[kind](words, marks, at):
                    break
        ids = np.array([i for w in words for i in w], dtype=np.int64)
        flags = np.array([m for w, m in zip(words, marks, strict=True) for _ in w], dtype=bool)
        return ids, flags

    def _plain(self, word: list[int]) -> bool:
        return word[0] > self._v.special and bool(self._v.letters[word[0]])

    def _one_of(self, table: dict[int, list[int]], words: Words, marks: Marks, at: int) -> bool:
        options = table.get(words[at][0]) if len(words[at]) == 1 else None
        if not options:
            return False
        words[at] = [options[int(self._rng.integers(len(options)))]]
        marks[at] = True
        return True

    def _function(self, words: Words, marks: Marks, at: int) -> bool:
        return self._one_of(self._v.classes, words, marks, at)

    def _form(self, words: Words, marks: Marks, at: int) -> bool:
        return self._one_of(self._v.forms, words, marks, at)

    def _meaning(self, words: Words, marks: Marks, at: int) -> bool:
        return self._one_of(self._v.meaning, words, marks, at)

    def _content(self, words: Words, marks: Marks, at: int) -> bool:
        if not len(self._v.content) or not self._plain(words[at]) or words[at][0] in self._v.classes:
            return False
        words[at] = [int(self._rng.choice(self._v.content, p=self._v.content_share))]
        marks[at] = True
        return True

    def _drop(self, words: Words, marks: Marks, at: int) -> bool:
        function = words[at][0] in self._v.classes
        if not self._plain(words[at]) or (not function and self._rng.random() > 0.3):
            return False
        del words[at], marks[at]
        # What is missing can only be pointed at through what follows.
        marks[at] = True
        return True

    def _add(self, words: Words, marks: Marks, at: int) -> bool:
        if not self._plain(words[at]):
            return False
        ids = list(self._v.classes)
        if not ids:
            return False
        new = ids[int(self._rng.integers(len(ids)))]
        words.insert(at, [self._v.recased.get(new, new) if self._rng.random() < 0.2 else new])
        marks.insert(at, True)
        return True

    def _repeat(self, words: Words, marks: Marks, at: int) -> bool:
        if not self._plain(words[at]):
            return False
        words.insert(at + 1, list(words[at]))
        marks.insert(at + 1, True)
        return True

    def _doublet(self, words: Words, marks: Marks, at: int) -> bool:
        """`decent and honest` -> `decent and decent`."""
        joint = words[at + 1][0] in self._v.classes and self._plain(words[at + 2])
        if not joint or not self._plain(words[at]) or words[at][0] in self._v.classes:
            return False
        words[at + 2] = list(words[at])
        marks[at] = marks[at + 1] = marks[at + 2] = True
        return True

    def _swap(self, words: Words, marks: Marks, at: int) -> bool:
        if not (self._plain(words[at]) and self._plain(words[at + 1])) or words[at] == words[at + 1]:
            return False
        words[at], words[at + 1] = words[at + 1], words[at]
        marks[at] = marks[at + 1] = True
        return True

    def _move(self, words: Words, marks: Marks, at: int) -> bool:
        by = int(self._rng.integers(2, 5))
        if not all(self._plain(w) for w in words[at : at + by + 1]):
            return False
        words.insert(at + by, words.pop(at))
        marks[at + by] = True
        return True

    def _recase(self, words: Words, marks: Marks, at: int) -> bool:
        other = self._v.recased.get(words[at][0])
        if other is None:
            return False
        words[at] = [other, *words[at][1:]]
        marks[at] = True
        return True

    def _stray_mark(self, words: Words, marks: Marks, at: int) -> bool:
        if not (self._v.pauses and self._plain(words[at]) and self._plain(words[at + 1])):
            return False
        options = self._v.pauses
        words.insert(at + 1, [options[int(self._rng.integers(len(options)))]])
        marks.insert(at + 1, True)
        return True

    def _drop_mark(self, words: Words, marks: Marks, at: int) -> bool:
        if words[at][0] not in self._v.pauses:
            return False
        del words[at], marks[at]
        marks[at] = True
        return True

    def _foreign(self, words: Words, marks: Marks, at: int) -> bool:
        if not self._plain(words[at]) or not self._v.foreign:
            return False
        words[at] = list(self._v.foreign[int(self._rng.integers(len(self._v.foreign)))])
        marks[at] = True
        return True
