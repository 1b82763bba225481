"""What belongs to one model and not to the code: from where a word is doubtful, and how sure that is.

`calibration.json` lies beside the weights and is written by `mtcheck calibrate`.
No torch here.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from mtcheck.scoring.surprisal import TokenScore

FILE = "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """`confirm_from`: the head's suspicion from which a word is hidden and read.

    `weights` of a logistic sum over `features` give a word's doubt, a raw score;
    `doubts` and `chances`, of the same length, `doubts` rising, map it to the
    probability that a reader would mark the word. `thresholds` are numbers for
    the detectors and the verdict, name -> value. Without a file nothing is calibrated.
    """

    confirm_from: float = 0.5
    weights: Mapping[str, float] = field(default_factory=dict)
    doubts: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    how: str = ""

    def doubt(self, score: TokenScore) -> float | None:
        """The weighted sum of a word's features, in nats; None if the model did not judge it."""
        found = features(score)
        if found is None or not self.weights:
            return None
        return self.weights.get("constant", 0.0) + sum(self.weights.get(k, 0.0) * v for k, v in found.items())

    def chance(self, score: TokenScore) -> float | None:
        """The probability that a reader would mark the word; None if never calibrated."""
        doubt = self.doubt(score)
        if not self.doubts or doubt is None:
            return None
        at = bisect_right(self.doubts, doubt)
        if at == 0:
            return self.chances[0]
        if at == len(self.doubts):
            return self.chances[-1]
        left, right = self.doubts[at - 1], self.doubts[at]
        share = (doubt - left) / (right - left)
        return self.chances[at - 1] + share * (self.chances[at] - self.chances[at - 1])


def features(score: TokenScore) -> dict[str, float] | None:
    """What the logistic sum weighs; a word that was not hidden has the head's suspicion only.

    Bits are divided by ten, so that all weights are of one size. How the passage reads is left
    out: it follows a writer's style, and made sound copy of another kind look suspicious.
    """
    if score.suspicion is None:
        return None
    p = min(max(score.suspicion, 1e-6), 1 - 1e-6)
    found = {"head": math.log(p / (1 - p))}
    if score.rarity:
        found |= {"paired": 1.0, "rarity": score.rarity / 10}
    if score.surprisal is None or score.rank is None or score.entropy is None:
        return found
    found |= {
        "read": 1.0,
        "surprisal": min(score.surprisal, 40.0) / 10,
        "gap": min(score.gap or 0.0, 30.0) / 10,
        "log_rank": math.log2(score.rank) / 10,
        "entropy": score.entropy / 10,
    }
    if score.frequency_bits is not None:
        found["frequency"] = min(score.frequency_bits, 40.0) / 10
    return found


def load_calibration(folder: Path) -> Calibration:
    """Return a model folder's calibration, or an empty one. Raises ValueError if the file is broken."""
    file = folder / FILE
    if not file.is_file():
        return Calibration()
    try:
        data = json.loads(file.read_text("utf-8"))
        data["doubts"], data["chances"] = tuple(data["doubts"]), tuple(data["chances"])
        read = Calibration(**data)
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(f"{FILE}: {error}") from error
    if len(read.doubts) != len(read.chances) or any(a >= b for a, b in pairwise(read.doubts)):
        raise ValueError(f"{FILE}: doubts must rise and have a chance each")
    return read


def save_calibration(calibration: Calibration, folder: Path) -> None:
    """Write it beside the weights."""
    (folder / FILE).write_text(json.dumps(asdict(calibration), indent=1) + "\n", "utf-8")
