"""The HTML page: its marks, what it may run, and that nothing of an article is markup."""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ID, found, written

from mtcheck.findings import Finding, Report
from mtcheck.text import Document, Span


class Page(HTMLParser):
    """The marks of a page, its tags and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.marked: list[str] = []
        self.prose = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "option"}:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag != "option":
            assert self.open.pop() == tag, "tags close in order"

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked[-1] += data
        if "article" in self.open and "h2" not in self.open and "ol" not in self.open:
            self.prose += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [about for name, about in self.tags if name == tag]


def test_html_marks_each_span_and_ties_it_to_its_note() -> None:
    report = found(
        "x BAD y\n\nWORSE", "BAD", "WORSE", score=0.9, suggestions=("good",), because={"gain": 2.5}
    )
    out = written("html", report, found("fine", name="clean.txt"), errors=(("b.txt", "gone"),))
    page = Page(out)
    assert page.open == []
    assert page.marked == ["BAD", "WORSE"]
    assert page.prose.strip() == "x BAD y\n\nWORSE"
    ids = [about["id"] for _, about in page.tags if "id" in about]
    assert len(set(ids)) == len(ids)
    for mark in page.all("mark"):
        assert mark["tabindex"] == "0"
        assert mark["aria-describedby"] in ids
        assert mark["data-detector"] == ID
    assert {f"#{i}" for i in ids} >= {a["href"] for a in page.all("a")}
    for part in ("<dd>good</dd>", "<dd>0.90</dd>", "<dd>2.5</dd>", "clean.txt", "b.txt: gone"):
        assert part in out


def test_html_is_one_page_that_runs_nothing_of_the_article() -> None:
    evil = "</mark></style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"' BAD"
    report = found(evil, "BAD", name=evil, message=evil, suggestions=(evil,), because={evil: evil})
    out = written("html", report, found("x", name=evil), errors=((evil, evil),))
    page = Page(out)
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert {tag for tag, _ in page.tags}.isdisjoint({"img", "link", "iframe"})
    allowed = {
        "href",
        "id",
        "class",
        "name",
        "value",
        "for",
        "lang",
        "dir",
        "hidden",
        "role",
        "tabindex",
        "content",
    }
    for _, about in page.tags:
        assert all(
            a in allowed | {"charset", "http-equiv"} or a.startswith(("data-", "aria-")) for a in about
        )
    assert not re.search(r"https?:|url\(|@import", out)
    assert page.prose.strip() == evil
    assert unescape(out).count(evil) >= 6


def test_html_policy_lets_in_its_own_style_and_script_alone() -> None:
    out = written("html", found("BAD", "BAD"))
    for tag in ("style", "script"):
        [inner] = re.findall(f"<{tag}>(.*?)</{tag}>", out, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in out.replace("&#x27;", "'")
        assert inner.isascii(), "a stream without UTF-8 would change it and void its hash"


def test_html_offers_only_what_was_found() -> None:
    assert [o.get("value") for o in Page(written("html", found("BAD", "BAD"))).all("option")] == [
        "",
        None,
    ] * 2
    assert Page(written("html", found("fine"))).all("form") == []


def test_html_overlapping_and_empty_spans_do_no_harm() -> None:
    spans = (Span(0, 4), Span(2, 6), Span(3, 3), Span(8, 8))
    doc = Document("abcdefghij")
    page = Page(written("html", Report(doc, tuple(Finding(s, ID, "odd") for s in spans), (ID,), {}, "s")))
    assert page.prose.strip() == doc.text
    assert page.marked == ["abcd", "ef", "", ""]


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40), st.integers(0, 40))
def test_html_of_any_text_closes_its_tags(text: str, cut: int) -> None:
    span = Span(min(cut, len(text) - 1), len(text))
    finding = Finding(span, ID, text, (text,), {text: text})
    page = Page(written("html", Report(Document(text, text), (finding,), (ID,), {}, "s")))
    assert page.open == []
    assert len(page.marked) == 1
