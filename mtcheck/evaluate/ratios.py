"""The ratios that are made of counts, for one set of counts or a whole table of resamples.

Every function takes the fields of `counts.Counts` as numbers or as numpy
arrays and answers in kind; where nothing can be said the answer is nan, never 0.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

Fields = Mapping[str, Any]


def _share(part: Any, whole: Any) -> Any:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(part, whole)


def _f1(precision: Any, recall: Any) -> Any:
    """0 where both are 0; nan where either is unknown."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        f1 = np.true_divide(2 * precision * recall, precision + recall)
    return np.where((precision == 0) & (recall == 0), 0.0, f1)


def hit_rate(c: Fields) -> Any:
    """Share of labels that a finding touches."""
    return _share(c["touched"], c["labels"])


def precision(c: Fields) -> Any:
    """Share of findings that touch a label."""
    return _share(c["hits"], c["found"])


def char_precision(c: Fields) -> Any:
    """Share of the reported characters that a label covers."""
    return _share(c["char_tp"], c["char_tp"] + c["char_fp"])


def char_recall(c: Fields) -> Any:
    """Share of the labelled characters that are reported."""
    return _share(c["char_tp"], c["char_tp"] + c["char_fn"])


def char_f1(c: Fields) -> Any:
    """Twice the shared characters over all that either side marks."""
    return _share(2 * c["char_tp"], 2 * c["char_tp"] + c["char_fp"] + c["char_fn"])


def credit_precision(c: Fields) -> Any:
    """Mean share of a finding that its partner covers."""
    return _share(c["found_credit"], c["found"])


def credit_recall(c: Fields) -> Any:
    """Mean share of a label that its partner covers."""
    return _share(c["label_credit"], c["labels"])


def credit_f1(c: Fields) -> Any:
    """The harmonic mean of the two credits."""
    return _f1(credit_precision(c), credit_recall(c))


def mcc(c: Fields) -> Any:
    """Matthews correlation over words; nan where one side marks nothing, or everything."""
    import numpy as np

    tp, fp, fn, tn = (np.asarray(c[f"word_{k}"], dtype=float) for k in ("tp", "fp", "fn", "tn"))
    return _share(tp * tn - fp * fn, np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))


RATIOS: dict[str, Callable[[Fields], Any]] = {
    f.__name__: f
    for f in (
        hit_rate,
        precision,
        char_precision,
        char_recall,
        char_f1,
        credit_precision,
        credit_recall,
        credit_f1,
        mcc,
    )
}


def number(value: Any) -> float | None:
    """A plain number for output, or None for nan."""
    plain = float(value)
    return None if math.isnan(plain) else plain
