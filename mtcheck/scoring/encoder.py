"""What the scorer asks of a masked language model, whoever runs it."""

from collections.abc import Sequence
from typing import Any, Protocol

# A tensor; torch is not imported for a name.
Tensor = Any
# Token ids, and each token's half-open place in the text.
Tokens = tuple[list[int], list[tuple[int, int]]]


class Encoder(Protocol):
    """Tokenizer, encoder and prediction head.

    `before` and `after` are the special tokens around a row, `vocabulary` the
    tokens by id (at least as many as `logits` has columns), `limit` the tokens
    that a row may have, `hidden` the width of a state.
    """

    vocabulary: list[str]
    before: list[int]
    after: list[int]
    mask: int
    pad: int
    unknown: int | None
    hidden: int
    limit: int

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, without special ones."""
        ...

    def states(self, ids: Tensor, shown: Tensor | None = None) -> Tensor:
        """(rows, tokens) ids -> (rows, tokens, hidden). `shown` is false where a row is padded."""
        ...

    def states_at(self, ids: Tensor, places: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, hidden): the state of each row at its one place."""
        ...

    def logits(self, states: Tensor) -> Tensor:
        """(rows, hidden) -> (rows, vocabulary)."""
        ...
