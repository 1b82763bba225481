"""The masked language model: one pass over the text as it stands, then words hidden where it is worth it.

With an artefact head, one pass over the shown text gives every word's
suspicion; only words that it suspects, or that a detector asks about, are then
hidden and read: the cascade. Without a head, or when `exact`, every word is
hidden, all its tokens at once, and read from left to right.

Source: J. Salazar and others, "Masked language model scoring" (2020);
C. Kauf and A. Ivanova, "A better way to do masked language model scoring" (2023).
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mtcheck.lexicon.rare_pairs import rarities
from mtcheck.scoring import artefact_head, rows, verdict_head
from mtcheck.scoring.calibration import Calibration, load_calibration
from mtcheck.scoring.encoder import Encoder
from mtcheck.scoring.lean_encoder import LeanEncoder, fits, has_fast_bf16
from mtcheck.scoring.model_folder import check_weights, signature, token_bits
from mtcheck.scoring.reading import Reading, read
from mtcheck.scoring.rows import MaskedRow, Slot
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span

# Tokens of context a window shows, special tokens not counted. The shipped
# model was trained on rows of 128; longer windows gained nothing.
WINDOW = 126
# Tokens in one forward pass: bounds memory, and is as fast as more on two cores.
BATCH_TOKENS = 64 * 128
# Words whose rows are made at once: enough to fill the batches, little to hold.
CHUNK_WORDS = 2000
# Rows of lengths within one step are padded to one length and read together.
LENGTH_STEP = 8


@dataclass(frozen=True, slots=True)
class _Paragraph:
    ids: list[int]
    slots: list[Slot]


class MaskedLM:
    """A Scorer. `source` is a model folder, or `hub:NAME`.

    `exact` hides every word even where a head could choose. `bf16` multiplies
    in bf16 or not; None asks the processor. Raises OSError or ValueError if the
    model can't be loaded.
    """

    def __init__(self, source: str, *, exact: bool = False, bf16: bool | None = None) -> None:
        hub = source.startswith("hub:")
        name = source.removeprefix("hub:")
        folder = None if hub else Path(name)
        self._encoder = _encoder(name, folder, bf16=has_fast_bf16() if bf16 is None else bf16)
        width = self._encoder.hidden
        self._artefacts = artefact_head.load_head(folder, width) if folder else None
        self._verdict = verdict_head.load_verdict_head(folder, width) if folder else None
        self.calibration = load_calibration(folder) if folder else Calibration()
        self._exact = exact or self._artefacts is None
        self._window = min(WINDOW, self._encoder.limit - 4)
        self._token_bits = token_bits(folder) if folder else None
        self._starts_word = torch.tensor([t.isalpha() for t in self._encoder.vocabulary])
        self.signature = signature(folder) if folder else f"{source}:{_digest(self._encoder)}"

    @torch.inference_mode()
    def score(
        self,
        doc: Document,
        alternatives: Mapping[Span, tuple[str, ...]] | None = None,
        *,
        paragraphs: Collection[Span] | None = None,
    ) -> tuple[TokenScore, ...]:
        """Return one TokenScore for each of `doc.words`, in order.

        `alternatives` names other words to try at some words' places; their
        bits come back in that word's TokenScore. With `paragraphs`, words
        outside them get empty scores.
        """
        wanted = doc.paragraphs if paragraphs is None else sorted(paragraphs)
        scores = {i: TokenScore(w, None) for i, w in enumerate(doc.words)}
        rare = rarities(doc, wanted) if self._artefacts is not None else {}
        for some in _chunks(doc, wanted):
            read_in = self._paragraphs(doc, some)
            for word, suspicion, translated in self._shown(read_in):
                rarity = rare.get(doc.words[word], 0.0)
                scores[word] = replace(
                    scores[word], suspicion=suspicion, translated=translated, rarity=rarity
                )
            for word, confirmed in self._confirmed(doc, read_in, scores, alternatives or {}):
                scores[word] = confirmed
        chance = self.calibration.chance
        return tuple(s if s.suspicion is None else replace(s, chance=chance(s)) for s in scores.values())

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The detectors' numbers that belong to this model."""
        return self.calibration.thresholds

    def _paragraphs(self, doc: Document, spans: Sequence[Span]) -> list[_Paragraph]:
        if not spans:
            return []
        found = self._encoder.tokens([doc[p] for p in spans])
        return [
            _Paragraph(ids, list(rows.slots(doc, span, offsets, self._window)))
            for span, (ids, offsets) in zip(spans, found, strict=True)
        ]

    def _shown(self, read_in: list[_Paragraph]) -> Iterator[tuple[int, float, float | None]]:
        """With nothing hidden: word number, probability of its likeliest token, its passage's log-odds."""
        if self._artefacts is None:
            return
        shown: list[tuple[list[int], list[Slot]]] = []
        for p in read_in:
            by_window: dict[tuple[int, int], list[Slot]] = {}
            for slot in p.slots:
                by_window.setdefault((slot.window.start, slot.window.end), []).append(slot)
            shown += [(p.ids[start:end], own) for (start, end), own in by_window.items()]
        for batch in _batches([len(ids) for ids, _ in shown]):
            logits, pooled = self._judged([shown[i][0] for i in batch])
            likely = torch.sigmoid(logits).tolist()
            odds = [None] * len(batch) if self._verdict is None else self._verdict(pooled).tolist()
            for i, row, passage in zip(batch, likely, odds, strict=True):
                for slot in shown[i][1]:
                    at = len(self._encoder.before) - slot.window.start
                    end = min(slot.end, slot.window.end)
                    yield slot.word, max(row[slot.start + at : end + at]), passage

    def _judged(self, batch: list[list[int]]) -> tuple[Tensor, Tensor]:
        """The artefact head's logits (rows, tokens), and what the verdict head looks at."""
        ids, mask = self._tensor(batch)
        states = self._encoder.states(ids, mask)
        logits = self._artefacts(states)  # type: ignore[misc]
        lengths = torch.tensor([len(row) for row in batch])[:, None] + len(self._encoder.before)
        places = torch.arange(ids.shape[1])[None, :]
        inside = (places >= len(self._encoder.before)) & (places < lengths)
        return logits, verdict_head.pooled(states, logits, inside)

    @torch.inference_mode()
    def passages(self, texts: Sequence[str]) -> Tensor:
        """Return (texts, features): what the verdict head learns from; each text cut to one window.

        Raises ValueError if the model has no artefact head.
        """
        if self._artefacts is None:
            raise ValueError("the model has no artefact head")
        ids = [ids[: self._window] for ids, _ in self._encoder.tokens(texts)]
        found: dict[int, Tensor] = {}
        for batch in _batches([len(row) for row in ids]):
            found.update(zip(batch, self._judged([ids[i] for i in batch])[1], strict=True))
        return torch.stack([found[i] for i in range(len(texts))]).clone()

    @torch.inference_mode()
    def passage_odds(self, texts: Sequence[str]) -> list[float]:
        """Return the log-odds, in nats, that each text came out of a machine.

        Raises ValueError if the model has no verdict head.
        """
        if self._verdict is None:
            raise ValueError("the model has no verdict head; fit one with mtcheck calibrate --pairs")
        return self._verdict(self.passages(texts)).tolist()

    def _confirmed(
        self,
        doc: Document,
        read_in: list[_Paragraph],
        scores: Mapping[int, TokenScore],
        alternatives: Mapping[Span, tuple[str, ...]],
    ) -> Iterator[tuple[int, TokenScore]]:
        """Hide and read the words that are worth it."""
        asked: list[MaskedRow] = []
        where: list[tuple[Slot, str | None, int]] = []  # the word, what stands in its place, token of it
        tokens_of: dict[int, list[int]] = {}
        for p in read_in:
            for slot in p.slots:
                others = alternatives.get(doc.words[slot.word], ())
                score = scores[slot.word]
                doubtful = (score.suspicion or 0.0) >= self.calibration.confirm_from or score.rarity
                if not (self._exact or others or doubtful):
                    continue
                own = tokens_of[slot.word] = p.ids[slot.start : min(slot.end, slot.window.end)]
                options: list[tuple[str | None, list[int]]] = [(None, own)]
                options += [
                    (o, ids) for o, (ids, _) in zip(others, self._encoder.tokens(others), strict=True)
                ]
                for other, tokens in options:
                    if self._encoder.unknown in tokens:
                        continue
                    for j, row in enumerate(rows.masked(p.ids, slot, tokens, self._encoder.mask)):
                        asked.append(row)
                        where.append((slot, other, j))
        bits: dict[tuple[int, str | None], float] = {}
        first: dict[int, Reading] = {}
        for (slot, other, j), reading in zip(where, self._read(asked), strict=True):
            key = (slot.word, other)
            bits[key] = bits.get(key, 0.0) + reading.surprisal
            if other is None and j == 0:
                first[slot.word] = reading
        for word, reading in first.items():
            span = doc.words[word]
            tried = tuple((o, bits[word, o]) for o in alternatives.get(span, ()) if (word, o) in bits)
            yield (
                word,
                replace(
                    scores[word],
                    surprisal=bits[word, None],
                    entropy=reading.entropy,
                    rank=reading.rank,
                    gap=reading.gap,
                    expected=tuple(self._encoder.vocabulary[i] for i in reading.best),
                    frequency_bits=self._frequency_bits(tokens_of[word]),
                    alternatives=tried,
                ),
            )

    def _read(self, asked: list[MaskedRow]) -> Iterator[Reading]:
        readings: dict[int, Reading] = {}
        for batch in _batches([len(row.ids) for row in asked]):
            ids, mask = self._tensor([asked[i].ids for i in batch])
            places = torch.tensor([asked[i].place + len(self._encoder.before) for i in batch])
            logits = self._encoder.logits(self._encoder.states_at(ids, places, mask))
            wanted = [asked[i].wanted for i in batch]
            readings.update(zip(batch, read(logits, wanted, self._starts_word), strict=True))
        for i in range(len(asked)):
            yield readings[i]

    def _tensor(self, batch: list[list[int]]) -> tuple[Tensor, Tensor | None]:
        """(rows, tokens) ids with special tokens, and which are shown; None if none is padded."""
        full = [[*self._encoder.before, *ids, *self._encoder.after] for ids in batch]
        width = max(map(len, full))
        ids = torch.tensor([row + [self._encoder.pad] * (width - len(row)) for row in full])
        if all(len(row) == width for row in full):
            return ids, None
        lengths = torch.tensor([len(row) for row in full])
        return ids, torch.arange(width)[None, :] < lengths[:, None]

    def _frequency_bits(self, ids: list[int]) -> float | None:
        if self._token_bits is None:
            return None
        return sum(self._token_bits[i] for i in ids)


def _chunks(doc: Document, paragraphs: Sequence[Span]) -> Iterator[list[Span]]:
    """Some paragraphs at a time, so that memory does not grow with the document."""
    some: list[Span] = []
    words = 0
    for p in paragraphs:
        some.append(p)
        words += len(doc.words_in(p))
        if words >= CHUNK_WORDS:
            yield some
            some, words = [], 0
    if some:
        yield some


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Rows of nearly one length together, so that little is padded; each batch bounded in tokens."""
    by_length: dict[int, list[int]] = {}
    for i, length in enumerate(lengths):
        by_length.setdefault(-(-length // LENGTH_STEP), []).append(i)
    for step, indices in sorted(by_length.items()):
        count = max(1, BATCH_TOKENS // max(1, step * LENGTH_STEP))
        for at in range(0, len(indices), count):
            yield indices[at : at + count]


def _encoder(name: str, folder: Path | None, *, bf16: bool) -> Encoder:
    if folder is not None:
        check_weights(folder)
        if fits(folder):
            return LeanEncoder(folder, bf16=bf16)
    from mtcheck.scoring.hub_encoder import HubEncoder

    return HubEncoder(name, hub=folder is None)


def _digest(encoder: Any) -> str:
    """A short hash of weights that came from the hub."""
    h = hashlib.blake2b(digest_size=6)
    for name, p in sorted(encoder.model.state_dict().items()):
        h.update(name.encode())
        h.update(p.detach().contiguous().float().numpy().tobytes())
    return h.hexdigest()
