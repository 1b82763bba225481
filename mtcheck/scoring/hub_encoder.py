"""Any Hugging Face masked language model with a tokenizer that keeps offsets."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from mtcheck.scoring.encoder import Tokens


class HubEncoder:
    """An Encoder of whatever architecture. `name` is a folder, or with `hub` a name of the hub.

    Raises OSError or ValueError if the model can't be loaded.
    """

    def __init__(self, name: str, *, hub: bool) -> None:
        import transformers

        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        options: dict[str, Any] = {"local_files_only": not hub, "trust_remote_code": False}
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(name, **options)
        model = transformers.AutoModelForMaskedLM.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, **options
        )
        if self._tokenizer.mask_token_id is None or not self._tokenizer.is_fast:
            raise ValueError("its tokenizer has no mask token or keeps no offsets")
        self.model = model.eval()
        self._predict = _prediction_head(model)
        first = self._tokenizer.cls_token_id, self._tokenizer.bos_token_id
        last = self._tokenizer.sep_token_id, self._tokenizer.eos_token_id
        self.before = [i for i in first if i is not None][:1]
        self.after = [i for i in last if i is not None][:1]
        self.mask: int = self._tokenizer.mask_token_id
        self.pad: int = self._tokenizer.pad_token_id or 0
        self.unknown: int | None = self._tokenizer.unk_token_id
        self.hidden: int = model.config.hidden_size
        self.limit: int = getattr(model.config, "max_position_embeddings", 512)
        size = model.config.vocab_size
        known = self._tokenizer.convert_ids_to_tokens(list(range(min(len(self._tokenizer), size))))
        self.vocabulary: list[str] = known + [""] * (size - len(known))

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, without special ones."""
        if not texts:
            return []
        encoding = self._tokenizer(
            list(texts),
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=False,
            verbose=False,
        )
        return list(zip(encoding["input_ids"], encoding["offset_mapping"], strict=True))

    def states(self, ids: Tensor, shown: Tensor | None = None) -> Tensor:
        """(rows, tokens) ids -> (rows, tokens, hidden). `shown` is false where a row is padded."""
        mask = torch.ones_like(ids) if shown is None else shown.long()
        return self.model.base_model(input_ids=ids, attention_mask=mask).last_hidden_state

    def states_at(self, ids: Tensor, places: Tensor, shown: Tensor | None = None) -> Tensor:
        """Return (rows, hidden): the state of each row at its one place."""
        return self.states(ids, shown)[torch.arange(len(ids)), places]

    def logits(self, states: Tensor) -> Tensor:
        """(rows, hidden) -> (rows, vocabulary)."""
        return self._predict(states)


def _prediction_head(model: Any) -> Any:
    """The layers above the encoder, whatever the architecture calls them."""
    if hasattr(model, "head") and hasattr(model, "decoder"):
        return lambda states: model.decoder(model.head(states))
    for name in ("cls", "lm_head", "predictions"):
        if hasattr(model, name):
            return getattr(model, name)
    raise ValueError(f"{type(model).__name__}: unknown prediction head")
