"""From the log-odds of passages to the probability that a machine translated the whole. No torch here."""

import math
from collections.abc import Mapping, Sequence

from mtcheck.scoring.surprisal import TokenScore

# Names among the model's thresholds, and what each weighs.
CONSTANT, MEAN, MEAN_LOG_WORDS = "verdict_constant", "verdict_mean", "verdict_mean_log_words"
# Below this, one odd sentence would decide.
MIN_WORDS = 60


def verdict(scores: Sequence[TokenScore], thresholds: Mapping[str, float]) -> float | None:
    """Return the probability, or None for a short text or a model that was never calibrated for it."""
    odds = [s.translated for s in scores if s.translated is not None]
    if len(odds) < MIN_WORDS or MEAN not in thresholds:
        return None
    weighed = sum(thresholds[k] * v for k, v in verdict_features(sum(odds) / len(odds), len(odds)).items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, weighed)))), 4)


def verdict_features(mean: float, words: int) -> dict[str, float]:
    """What the article's logistic sum weighs: the mean log-odds, which counts for more in a longer text."""
    return {CONSTANT: 1.0, MEAN: mean, MEAN_LOG_WORDS: mean * math.log(words / 100)}
