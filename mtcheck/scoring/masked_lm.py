"""The masked language model: whole words hidden, scored within the word from left to right.

The one file that imports torch and transformers for scoring. Any Hugging Face
masked language model with an offset-keeping tokenizer will do.

Source: J. Salazar and others, "Masked language model scoring" (2020);
C. Kauf and A. Ivanova, "A better way to do masked language model scoring" (2023).
"""

import hashlib
import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from mtcheck.scoring import windows
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.text import Document, Span

# Tokens of context a window shows, special tokens not counted. The shipped
# model was trained on rows of 128; longer windows gained nothing.
WINDOW = 126
# Rows in one forward pass: bounds memory, and is as fast as larger ones on two cores.
BATCH = 64
_BEST = 8
FREQUENCIES = "token_counts.json"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word's place among the tokens of a paragraph: `start` to `end`, half-open."""

    word: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the model says of one hidden token; surprisal, entropy and gap in bits."""

    surprisal: float
    entropy: float
    rank: int
    gap: float
    best: tuple[str, ...]


class MaskedLM:
    """A Scorer. `source` is a model folder, or `hub:NAME`.

    Raises OSError or ValueError if the model can't be loaded.
    """

    def __init__(self, source: str) -> None:
        import transformers

        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        hub = source.startswith("hub:")
        name = source.removeprefix("hub:")
        options: dict[str, Any] = {"local_files_only": not hub, "trust_remote_code": False}
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(name, **options)
        model = transformers.AutoModelForMaskedLM.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, **options
        )
        if self._tokenizer.mask_token_id is None or not self._tokenizer.is_fast:
            raise ValueError("its tokenizer has no mask token or keeps no offsets")
        self._model = model.eval()
        self._unknown = self._tokenizer.unk_token_id
        self._mask = self._tokenizer.mask_token_id
        first = self._tokenizer.cls_token_id, self._tokenizer.bos_token_id
        last = self._tokenizer.sep_token_id, self._tokenizer.eos_token_id
        self._before = [i for i in first if i is not None][:1]
        self._after = [i for i in last if i is not None][:1]
        limit = getattr(model.config, "max_position_embeddings", 512)
        self._window = min(WINDOW, limit - 4)
        self._token_bits = None if hub else _token_bits(Path(name))
        self._starts_word = torch.tensor(
            [
                t.isalpha() and t[:1] != "#"
                for t in self._tokenizer.convert_ids_to_tokens(
                    list(range(min(len(self._tokenizer), model.config.vocab_size)))
                )
            ]
            + [False] * max(0, model.config.vocab_size - len(self._tokenizer))
        )
        self.signature = f"{Path(name).name}:{_digest(self._model)}"

    def score(
        self, doc: Document, alternatives: Mapping[Span, tuple[str, ...]] | None = None
    ) -> tuple[TokenScore, ...]:
        """Return one TokenScore for each of `doc.words`, in order.

        `alternatives` names other words to try at some words' places; their
        bits come back in that word's TokenScore.
        """
        scores: dict[int, TokenScore] = {}
        for paragraph in doc.paragraphs:
            scores.update(self._score_paragraph(doc, paragraph, alternatives or {}))
        return tuple(scores.get(i, TokenScore(w, None)) for i, w in enumerate(doc.words))

    def _score_paragraph(
        self, doc: Document, paragraph: Span, alternatives: Mapping[Span, tuple[str, ...]]
    ) -> Iterator[tuple[int, TokenScore]]:
        encoding = self._tokenizer(
            doc[paragraph],
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=False,
            verbose=False,
        )
        ids, offsets = encoding["input_ids"], encoding["offset_mapping"]
        slots = list(_slots(doc, paragraph, offsets))
        for window in windows.cut(len(ids), self._window):
            own = [s for s in slots if window.own_start <= s.start < window.own_end]
            yield from self._score_window(doc, ids, window, own, alternatives)

    def _score_window(
        self,
        doc: Document,
        ids: list[int],
        window: windows.Window,
        slots: list[_Slot],
        alternatives: Mapping[Span, tuple[str, ...]],
    ) -> Iterator[tuple[int, TokenScore]]:
        rows: list[tuple[list[int], int, int]] = []  # token ids, place asked, token wanted
        where: list[tuple[int, str | None, int]] = []  # slot, alternative or None, index in its word
        for n, slot in enumerate(slots):
            word = doc.words[slot.word]
            end = min(slot.end, window.end)
            options: list[tuple[str | None, list[int]]] = [(None, ids[slot.start : end])]
            for other in alternatives.get(word, ()):
                options.append((other, self._tokenizer(other, add_special_tokens=False)["input_ids"]))
            for other_word, tokens in options:
                if self._unknown is not None and self._unknown in tokens:
                    continue
                for j in range(len(tokens)):
                    row = [
                        *ids[window.start : slot.start],
                        *tokens[:j],
                        *[self._mask] * (len(tokens) - j),
                        *ids[end : window.end],
                    ]
                    rows.append((row, slot.start - window.start + j, tokens[j]))
                    where.append((n, other_word, j))
        bits: dict[tuple[int, str | None], float] = {}
        heads: dict[int, _Reading] = {}
        for (n, other_word, j), reading in zip(where, self._forward(rows), strict=True):
            key = (n, other_word)
            bits[key] = bits.get(key, 0.0) + reading.surprisal
            if other_word is None and j == 0:
                heads[n] = reading
        for n, slot in enumerate(slots):
            word = doc.words[slot.word]
            if (n, None) not in bits:
                yield slot.word, TokenScore(word, None)
                continue
            head = heads[n]
            tried = tuple((o, bits[n, o]) for o in alternatives.get(word, ()) if (n, o) in bits)
            yield (
                slot.word,
                TokenScore(
                    word,
                    bits[n, None],
                    entropy=head.entropy,
                    rank=head.rank,
                    gap=head.gap,
                    expected=head.best,
                    frequency_bits=self._frequency_bits(ids[slot.start : slot.end]),
                    alternatives=tried,
                ),
            )

    @torch.inference_mode()
    def _forward(self, rows: list[tuple[list[int], int, int]]) -> Iterator[_Reading]:
        by_length: dict[int, list[int]] = {}
        for i, (row, _, _) in enumerate(rows):
            by_length.setdefault(len(row), []).append(i)
        results: dict[int, _Reading] = {}
        for indices in by_length.values():
            for at in range(0, len(indices), BATCH):
                batch = indices[at : at + BATCH]
                ids = torch.tensor([[*self._before, *rows[i][0], *self._after] for i in batch])
                hidden = self._model.base_model(
                    input_ids=ids, attention_mask=torch.ones_like(ids)
                ).last_hidden_state
                place = torch.tensor([rows[i][1] + len(self._before) for i in batch])
                logits = self._head(hidden[torch.arange(len(batch)), place])
                for i, result in zip(batch, self._read(logits, [rows[i][2] for i in batch]), strict=True):
                    results[i] = result
        for i in range(len(rows)):
            yield results[i]

    def _head(self, hidden: Tensor) -> Tensor:
        """(rows, hidden) -> (rows, vocabulary) logits, whatever the architecture calls its head."""
        model = self._model
        if hasattr(model, "head") and hasattr(model, "decoder"):
            return model.decoder(model.head(hidden))
        for name in ("cls", "lm_head", "predictions"):
            if hasattr(model, name):
                return getattr(model, name)(hidden)
        raise ValueError(f"{type(model).__name__}: unknown prediction head")

    def _read(self, logits: Tensor, wanted: list[int]) -> Iterator[_Reading]:
        log_p = torch.log_softmax(logits.float(), dim=-1)
        entropy = -(log_p.exp() * log_p).sum(-1) / math.log(2)
        target = log_p[torch.arange(len(wanted)), torch.tensor(wanted)]
        rank = (log_p > target[:, None]).sum(-1) + 1
        gap = (log_p.max(-1).values - target) / math.log(2)
        best = log_p.masked_fill(~self._starts_word, -torch.inf).topk(_BEST).indices
        for b in range(len(wanted)):
            fillers = tuple(self._tokenizer.convert_ids_to_tokens(best[b].tolist()))
            yield _Reading(
                -target[b].item() / math.log(2), entropy[b].item(), int(rank[b]), gap[b].item(), fillers
            )

    def _frequency_bits(self, ids: list[int]) -> float | None:
        if self._token_bits is None:
            return None
        return sum(self._token_bits[i] for i in ids)


def _slots(doc: Document, paragraph: Span, offsets: list[tuple[int, int]]) -> Iterator[_Slot]:
    """The tokens that touch each word of the paragraph; both run from left to right."""
    at = 0
    base = paragraph.start
    words = doc.words_in(paragraph)
    number = bisect_left(doc.words, words[0]) if words else 0
    for index, word in enumerate(words, number):
        while at < len(offsets) and base + offsets[at][1] <= word.start:
            at += 1
        end = at
        while end < len(offsets) and base + offsets[end][0] < word.end:
            end += 1
        if end > at:
            yield _Slot(index, at, end)


def _token_bits(folder: Path) -> list[float] | None:
    """Bits of each token without context, from counts kept beside the model."""
    file = folder / FREQUENCIES
    if not file.is_file():
        return None
    counts = json.loads(file.read_text("utf-8"))
    total = sum(counts) + len(counts)
    return [math.log2(total / (c + 1)) for c in counts]


def _digest(model: Any) -> str:
    """A short hash of the weights: another model, another signature."""
    h = hashlib.blake2b(digest_size=6)
    for name, p in sorted(model.state_dict().items()):
        h.update(name.encode())
        h.update(p.detach().contiguous().float().numpy().tobytes())
    return h.hexdigest()
