"""Where the parts meet: run detectors over a document, keep what may stand, order it.

Findings that touch masked zones are dropped, overlapping ones become one, and
each gets the probability that was measured for its detector.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from mtcheck.compare.kinds import KINDS
from mtcheck.detectors import DETECTORS
from mtcheck.findings import Category, Detector, Evidence, Finding, Profile, Report
from mtcheck.lexicon.names import NameDictionary, load_names
from mtcheck.lexicon.traps import alternatives
from mtcheck.scoring.surprisal import Scorer
from mtcheck.scoring.verdict import verdict
from mtcheck.text import Document

NO_MODEL = "no language model was loaded"
# About half a minute of the shipped model on two cores, ten of a model without an artefact head.
MOST_SCORED_WORDS = 150_000
TOO_LONG = f"more than {MOST_SCORED_WORDS:,} words: give the model the text in parts"


def category_of(detector_id: str) -> Category:
    """The category of a registered detector or kind of change. Raises KeyError for an unknown id."""
    return _categories()[detector_id]


@cache
def _categories() -> dict[str, Category]:
    return {d.id: d.category for d in (*DETECTORS, *KINDS)}


@cache
def measured_precision() -> dict[str, float]:
    """Detector id -> share of its findings that hit a label, from `mtcheck eval
    --write-precision`.

    A detector that was never measured is missing, and its findings have no score.
    """
    table = json.loads((files("mtcheck") / "precision.json").read_text("utf-8"))
    return {str(k): float(v) for k, v in table["precision"].items()}


@cache
def rules_signature() -> str:
    """Mtcheck's version and a hash of every table and detector that shapes a finding."""
    digest = hashlib.blake2b(digest_size=6)
    package = files("mtcheck")
    for folder in ("compare", "detectors", "lexicon"):
        for file in sorted((package / folder).iterdir(), key=lambda f: f.name):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
    try:
        number = version("mtcheck")
    except PackageNotFoundError:
        number = "0"
    return f"mtcheck-{number}:{digest.hexdigest()}"


def check(
    doc: Document,
    *,
    detectors: Sequence[Detector] = DETECTORS,
    scorer: Scorer | None = None,
    min_probability: float | None = None,
    names: NameDictionary | None = None,
    across: Mapping[str, str] | None = None,
    profile: Profile = Profile.DEFAULT,
    precision: Mapping[str, float] | None = None,
) -> Report:
    """Run `detectors` over `doc`.

    A detector that needs scores is skipped, with the reason, when there is no
    `scorer`. With `min_probability` a finding without a score is left out. `across` has
    spellings of names that other files of the run write otherwise. `precision`, detector -> share
    of findings that are right, goes before what was measured for us.
    """
    why_not = NO_MODEL
    scores = None
    if scorer is not None and any(d.needs_scores for d in detectors):
        if len(doc.words) <= MOST_SCORED_WORDS:
            scores = scorer.score(doc, alternatives(doc))
        else:
            why_not = TOO_LONG
    names = names or load_names()
    evidence = Evidence(doc, scores, names, scorer.thresholds if scorer else {}, across or {}, profile)
    found: list[Finding] = []
    ran: list[str] = []
    skipped: dict[str, str] = {}
    shares = {**measured_precision(), **(precision or {})}
    for detector in detectors:
        if detector.needs_scores and scores is None:
            skipped[detector.id] = why_not
            continue
        ran.append(detector.id)
        for finding in detector.find(evidence):
            if finding.span.end > len(doc.text) or doc.is_masked(finding.span):
                continue
            if finding.score is None and finding.detector in shares:
                finding = replace(finding, score=shares[finding.detector])
            found.append(finding)
    kept = [f for f in merged(found) if min_probability is None or (f.score or 0.0) >= min_probability]
    own = f"+names:{names.own_signature}" if names.own_signature else ""
    if across:
        own += f"+across:{_short(repr(sorted(across.items())))}"
    if precision:
        own += f"+precision:{_short(repr(sorted(precision.items())))}"
    if profile is not Profile.DEFAULT:
        own += f"+profile:{profile}"
    signature = rules_signature() + own + (f"+{scorer.signature}" if scores is not None and scorer else "")
    whole = None if scores is None else verdict(scores, evidence.thresholds)
    return Report(doc, tuple(kept), tuple(ran), skipped, signature, whole)


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def merged(found: Sequence[Finding]) -> list[Finding]:
    """Make findings that overlap one: the likeliest speaks, the others become its reasons.

    The span stays the speaker's own, the smallest that explains the trouble;
    order is by place, so the result doesn't depend on the order of detectors.
    """
    groups: list[list[Finding]] = []
    reach = -1
    for f in sorted(found, key=lambda f: (f.span.start, f.span.end, f.detector)):
        if groups and f.span.start < reach:
            groups[-1].append(f)
        else:
            groups.append([f])
        reach = max(reach, f.span.end)
    return [_spoken(group) for group in groups]


def _spoken(group: list[Finding]) -> Finding:
    first, *others = sorted(group, key=lambda f: (-(f.score or 0.0), len(f.span), f.detector, f.span))
    if not others:
        return first
    also = {f"also {f.detector}": f.message for f in others if f.detector != first.detector}
    return replace(first, because={**first.because, **also})
