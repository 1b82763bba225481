"""One article in, one row out: what a worker of any engine does. It knows of no engine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtcheck.check import check
from mtcheck.engines.articles import Article
from mtcheck.findings import Detector, Profile
from mtcheck.lexicon.names import NameDictionary
from mtcheck.models import ModelError, find_model, load_scorer
from mtcheck.readers import Unreadable, read_file, read_text
from mtcheck.reports.json import finding_as_dict

Row = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """What holds for the whole archive; it can be pickled. `model` is None for the rules alone."""

    detectors: tuple[Detector, ...]
    model: str | None = None
    min_probability: float | None = None
    names: NameDictionary | None = None
    profile: Profile = Profile.DEFAULT


class ArticleScorer:
    """Checks articles one by one. Raises ModelError if the model can't be loaded."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._scorer = load_scorer(find_model(rules.model)) if rules.model is not None else None

    def __call__(self, article: Article) -> Row:
        """The article's row: findings, or the `error` that says why it has none."""
        row: Row = {"id": article.id, "file": article.file, "row": article.row}
        if article.source:
            row["source"] = article.source
        if article.date:
            row["date"] = article.date
        if article.wrong:
            return row | {"error": article.wrong}
        try:
            if article.text is None:
                doc = read_file(Path(article.file))
            else:
                doc = read_text(article.text, article.id, article.suffix)
            report = check(
                doc,
                detectors=self._rules.detectors,
                scorer=self._scorer,
                min_probability=self._rules.min_probability,
                names=self._rules.names,
                profile=self._rules.profile,
            )
        except Unreadable as error:
            return row | {"error": " ".join(str(error).split()).removeprefix(f"{article.file}: ")}
        except MemoryError:
            return row | {"error": "too large for the memory of this machine"}
        return row | {
            "words": len(doc.words),
            "translated": report.translated,
            "findings": [finding_as_dict(f, doc) for f in report.findings],
        }


def signature(rules: Rules) -> str:
    """What a row depends on beside its article: other rules, another signature. Raises ModelError."""
    from mtcheck.text import Document

    parts = [d.id for d in rules.detectors]
    report = check(Document(""), detectors=(), names=rules.names, profile=rules.profile)
    about = model_signature(rules.model) if rules.model is not None else "no model"
    return f"{report.signature}+{about}+{rules.min_probability}+{','.join(parts)}"


def model_signature(model: str) -> str:
    """The signature of a model folder, or the name of a hub model. Raises ModelError."""
    from mtcheck.scoring.model_folder import signature as of_folder

    found = find_model(model)
    try:
        return found if found.startswith("hub:") else of_folder(Path(found))
    except OSError as error:
        raise ModelError(f"{model}: can't be read ({error.strerror})") from None


Make = Callable[[], ArticleScorer]
