"""The server: its API, LanguageTool's API, the pages, the guard and the store, over real HTTP bodies."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mtcheck.cli.app import app as commands
from mtcheck.findings import Profile
from mtcheck.readers import Unreadable
from mtcheck.scoring.surprisal import TokenScore
from mtcheck.serve import languagetool
from mtcheck.serve.app import application
from mtcheck.serve.guard import LOOPBACK
from mtcheck.serve.room import Room, Rules
from mtcheck.serve.store import Store, Verdict
from mtcheck.text import Document, Span

BAD = "Mr Poutine said the the bridge in Moscou was closed. ."
HERE = "http://127.0.0.1"
MOST = 20_000


def client(store: Path | None = None, *, limit_s: float = 30, scorer: Any = None) -> TestClient:
    room = Room(Rules(), scorer, limit_s=limit_s)
    made = application(room, Store(store), hosts=LOOPBACK, most_bytes=MOST)
    return TestClient(made, base_url=HERE, raise_server_exceptions=False)


@pytest.fixture
def desk() -> Iterator[TestClient]:
    with client() as made:
        yield made


def matches(found: dict[str, Any]) -> list[str]:
    return [f["match"] for f in found["findings"]]


def pasted(desk: TestClient, text: str = BAD, **more: str) -> str:
    answer = desk.post("/articles", data={"text": text, **more}, follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_a_text_comes_back_with_its_findings_as_scan_reports_them(desk: TestClient) -> None:
    answer = desk.post("/v1/check", json={"text": BAD}).json()
    assert matches(answer) == ["Poutine", "the the", "Moscou", ". ."]
    assert answer["findings"][0]["suggestions"] == ["Putin"]
    assert answer["schema_version"] == 1
    assert answer["skipped"], "no model: the answer says what did not run"


def test_a_format_is_read_as_such_and_places_are_those_of_the_text_that_was_sent(desk: TestClient) -> None:
    text = "<p>He met Mr <b>Poutine</b> &amp; others in the <i>town</i>.</p>"
    answer = desk.post("/v1/check", json={"text": text, "format": "html"}).json()
    (found,) = answer["findings"]
    assert text[found["start"] : found["end"]] == found["match"] == "Poutine"


def test_a_profile_may_be_asked_for(desk: TestClient) -> None:
    text = "The film festival lacked of daring this year, and nobody in the town was surprised by it."
    found = {p: matches(desk.post("/v1/check", json={"text": text, "profile": p}).json()) for p in Profile}
    assert found == {Profile.CI: [], Profile.DEFAULT: [], Profile.THOROUGH: ["lacked of"]}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{", "JSON"),
        ("[]", "body"),
        ("{}", "text"),
        ('{"text": 3}', "string"),
        ('{"text": "a", "txt": 1}', "txt"),
        ('{"text": "a", "format": "../x"}', "format"),
        ('{"text": "a", "format": "docx"}', "no text"),
        ('{"text": "a", "format": "py"}', "not read"),
        ('{"text": "a", "profile": "strict"}', "profile"),
        ("[" * 15_000, "body"),
    ],
)
def test_a_wrong_body_is_one_clear_line(desk: TestClient, body: str, reason: str) -> None:
    answer = desk.post("/v1/check", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert set(answer.json()) == {"error"}
    assert reason in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_half_a_character_in_a_text_moves_nothing(desk: TestClient) -> None:
    body = '{"text": "\\ud800 Mr Poutine spoke."}'
    answer = desk.post("/v1/check", content=body, headers={"content-type": "application/json"})
    *_, found = answer.json()["findings"]
    assert (found["start"], found["end"], found["match"]) == (5, 12, "Poutine")


def test_what_is_too_large_is_refused_with_and_without_a_length(desk: TestClient) -> None:
    body = json.dumps({"text": "a " * MOST}).encode()
    for content in (body, iter([body[:1000], body[1000:]])):
        answer = desk.post("/v1/check", content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert "20,000 bytes" in answer.json()["error"]
    assert desk.get("/v1/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("headers", "status", "why"),
    [
        ({"host": "evil.example"}, 421, "a name that an attacker's DNS lets point here"),
        ({"host": "evil.example:8380"}, 421, "the same with a port"),
        ({"host": ""}, 421, "no name"),
        ({"host": "["}, 421, "no address either"),
        ({"origin": "https://evil.example"}, 403, "a page of another site"),
        ({"origin": "null"}, 403, "a page without an origin"),
        ({"sec-fetch-site": "cross-site"}, 403, "a browser that says so itself"),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, 200, "this server's own page"),
        ({"host": "localhost:99"}, 200, "another loopback name"),
        ({"host": "[::1]:99"}, 200, "a loopback address of IPv6"),
    ],
)
def test_only_this_server_s_pages_and_programs_may_ask(
    desk: TestClient, headers: dict[str, str], status: int, why: str
) -> None:
    assert desk.post("/v1/check", json={"text": "All is well."}, headers=headers).status_code == status, why


def test_every_answer_forbids_what_a_page_has_no_need_of(desk: TestClient) -> None:
    for path in ("/", "/v1/health", "/nowhere", "/desk/desk.css"):
        headers = desk.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/desk/frame.html", "/desk/..%2Fapp.py", "/desk/../../../etc/passwd", "/articles/7", "/docs"]
)
def test_what_is_not_there_is_a_page_that_says_so(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_languagetool_s_clients_get_utf16_offsets_and_replacements(desk: TestClient) -> None:
    text = "\U0001f600\U0001f600 Mr Poutine spoke."
    answer = desk.post("/v2/check", data={"text": text, "language": "en-US"}).json()
    (match,) = answer["matches"]
    units = text.encode("utf-16-le")
    assert (
        units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le") == "Poutine"
    )
    assert match["replacements"] == [{"value": "Putin"}]
    context = match["context"]["text"].encode("utf-16-le")
    at = 2 * match["context"]["offset"]
    assert context[at : at + 2 * match["length"]].decode("utf-16-le") == "Poutine"


def test_markup_that_a_client_marks_is_no_prose_and_keeps_its_place(desk: TestClient) -> None:
    parts = [
        {"text": "Mr "},
        {"markup": "<b class='Moscou'>"},
        {"text": "Poutine"},
        {"markup": "</b>"},
        {"text": ". He left"},
        {"markup": "<p>", "interpretAs": "\n\n"},
        {"text": "That was all."},
    ]
    answer = desk.post("/v2/check", data={"data": json.dumps({"annotation": parts})}).json()
    whole = "".join(str(p.get("text", p.get("markup"))) for p in parts)
    found = [whole[m["offset"] : m["offset"] + m["length"]] for m in answer["matches"]]
    assert found == ["Poutine"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "text is missing"),
        ({"text": "Bonjour", "language": "fr"}, "English only"),
        ({"data": "{"}, "annotation"),
        ({"data": "[]"}, "annotation"),
        ({"data": '{"annotation": [3]}'}, "annotation"),
    ],
)
def test_what_languagetool_s_way_can_t_take_is_one_line(
    desk: TestClient, data: dict[str, str], reason: str
) -> None:
    answer = desk.post("/v2/check", data=data)
    assert answer.status_code == 422
    assert reason in answer.json()["error"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [" Poutine", " the the", "\U0001f600", ". .", " Moscou", " é", "\r\n\n", " town", "\t"]
        ),
        max_size=25,
    )
)
def test_utf16_offsets_are_those_of_the_match(pieces: list[str]) -> None:
    from mtcheck.check import check

    text = "".join(pieces)
    report = check(Document(text))
    units = text.encode("utf-16-le")
    found = [
        units[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le")
        for m in languagetool.answer(report)["matches"]
    ]
    assert found == [text[f.span.start : f.span.end] for f in report.findings]


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\x1b[31mred\x07",
    "a\u202egnp.exe",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_in_an_article_or_its_name_becomes_markup(desk: TestClient, hostile: str) -> None:
    at = pasted(desk, f"Mr Poutine {hostile} said {hostile} the the end.", name=hostile)
    for path in (at, "/"):
        page = desk.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "49" not in page.replace(at, "")
    desk.post(f"{at}/findings/1", data={"verdict": "accepted", "replacement": hostile})
    assert "<script>alert" not in desk.get(at).text
    assert "\r\n" not in desk.get(f"{at}/text").headers["content-disposition"]


def test_an_editor_accepts_rejects_edits_takes_back_and_takes_the_text_away(desk: TestClient) -> None:
    at = pasted(desk)
    page = desk.get(at).text
    assert "Poutine" in page
    assert "4 findings" in page

    def decide(finding: int, **said: str) -> str:
        answer = desk.post(f"{at}/findings/{finding}", data=said, follow_redirects=False)
        return str(answer.headers["location"])

    assert decide(1, verdict="accepted", replacement="Putin") == f"{at}#finding-2"
    assert decide(2, verdict="rejected", replacement="never") == f"{at}#finding-3"
    assert decide(3, verdict="accepted", replacement="Moscow itself") == f"{at}#finding-4"
    assert decide(4, verdict="accepted") == f"{at}#finding-4"
    assert desk.get(f"{at}/text").text == BAD.replace("Poutine", "Putin").replace("Moscou", "Moscow itself")
    rows = [json.loads(line) for line in desk.get("/v1/decisions.jsonl").text.splitlines()]
    assert [(r["detector"], r["accepted"], r["match"]) for r in rows] == [
        ("exonym", True, "Poutine"),
        ("repeated-word", False, "the the"),
        ("exonym", True, "Moscou"),
        ("stray-punctuation", True, ". ."),
    ]
    assert decide(1, verdict="undo") == f"{at}#finding-1"
    assert len(desk.get("/v1/decisions.jsonl").text.splitlines()) == 3


def test_an_article_is_closed_opened_and_forgotten(desk: TestClient) -> None:
    at = pasted(desk)
    desk.post(f"{at}/state", data={"to": "closed"})
    assert "done" in desk.get("/").text
    desk.post(f"{at}/state", data={"to": "open"})
    assert "done" not in desk.get("/").text
    desk.post(f"{at}/state", data={"to": "removed"})
    assert desk.get(at).status_code == 404
    assert desk.post(f"{at}/state", data={"to": "closed"}).status_code == 404
    assert desk.post(f"{at}/findings/1", data={"verdict": "accepted"}).status_code == 404


def test_the_worst_open_article_stands_on_top(desk: TestClient) -> None:
    pasted(desk, "All is well here, and the weather stays fine until the end of the week.", name="sound")
    worst = pasted(desk, BAD, name="worst")
    pasted(desk, BAD + " " + "The weather stays fine until the end of the week. " * 20, name="long")
    page = desk.get("/").text
    assert page.index(">worst<") < page.index(">long<") < page.index(">sound<")
    desk.post(f"{worst}/state", data={"to": "closed"})
    page = desk.get("/").text
    assert page.index(">long<") < page.index(">sound<") < page.index(">worst<")


def test_a_file_is_read_by_its_suffix_and_markup_is_left_as_it_was(desk: TestClient) -> None:
    text = "# Moscou\n\nMr *Poutine* spoke to the **pre**sident of the the club.\n"
    file = ("../../notes.md", text.encode(), "text/markdown")
    at = desk.post("/articles", files={"file": file}, follow_redirects=False).headers["location"]
    page = desk.get(at).text
    assert "notes.md" in page
    assert "../" not in page
    for number in (1, 2, 3):
        desk.post(f"{at}/findings/{number}", data={"verdict": "accepted", "replacement": "X"})
    assert desk.get(f"{at}/text").text == text.replace("Moscou", "X").replace("Poutine", "X").replace(
        "the the", "X"
    )
    assert "notes-edited.md" in desk.get(f"{at}/text").headers["content-disposition"]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"data": {"text": "  "}}, "choose a file"),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7 x")}}, "PDF"),
        ({"files": {"file": ("a.txt", b"\x00\x01\x02" * 50)}}, "a.txt"),
        ({"files": {"file": ("a.docx", b"no zip")}}, "a.docx"),
    ],
)
def test_an_article_that_can_t_be_read_is_a_page_that_says_why(
    desk: TestClient, sent: dict[str, Any], reason: str
) -> None:
    answer = desk.post("/articles", **sent)
    assert answer.status_code == 422
    assert reason in answer.text
    assert "<h1>That did not work</h1>" in answer.text


class Slow:
    """A scorer that counts how many read at once, and waits to be let go."""

    signature = "slow"
    thresholds: dict[str, float] = {}  # noqa: RUF012 (never written)

    def __init__(self) -> None:
        self.go = threading.Event()
        self.inside = self.most = self.texts = 0

    def score(self, doc: Document, *_: object, **__: object) -> tuple[TokenScore, ...]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.go.wait(20)
        self.texts += 1
        self.inside -= 1
        return tuple(TokenScore(Span(w.start, w.end), None) for w in doc.words)


def test_many_ask_at_once_and_one_model_answers_all() -> None:
    scorer = Slow()
    with client(scorer=scorer) as desk:
        answers: list[list[str]] = []

        def ask(i: int) -> None:
            answers.append(matches(desk.post("/v1/check", json={"text": f"Number {i}: {BAD}"}).json()))

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(8)]
        for t in threads:
            t.start()
        scorer.go.set()
        for t in threads:
            t.join(30)
    assert answers == [["Poutine", "the the", "Moscou", ". ."]] * 8
    assert (scorer.most, scorer.texts) == (1, 8)


def test_a_text_that_takes_too_long_is_told_so_and_the_server_lives() -> None:
    scorer = Slow()
    with client(limit_s=0.2, scorer=scorer) as desk:
        answer = desk.post("/v1/check", json={"text": BAD})
        assert answer.status_code == 503
        assert "0.2 seconds" in answer.json()["error"]
        assert desk.get("/v1/health").status_code == 200
        scorer.go.set()


def test_a_store_outlives_the_server(tmp_path: Path) -> None:
    file = tmp_path / "new" / "desk.sqlite"
    with client(file) as desk:
        at = pasted(desk)
        desk.post(f"{at}/findings/1", data={"verdict": "rejected"})
    with client(file) as desk:
        assert "3 open" in desk.get(at).text
    store = Store(file)
    assert store.article(1).findings[0].verdict is Verdict.REJECTED
    store.shut()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at", b"SQLite format 3\x00"]
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "desk.sqlite"
    file.write_bytes(content * 30)
    with pytest.raises(ValueError, match="another --store"):
        Store(file)
    assert file.read_bytes() == content * 30


def test_the_command_says_in_one_line_what_it_can_t_do(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        store = str(tmp_path / "s.sqlite")
        for options, reason in (
            (["--port", port, "--store", store], "another --host or --port"),
            (["--host", "no.such.host.invalid", "--store", store], "another --host or --port"),
            (["--store", str(tmp_path)], "another --store"),
        ):
            result = CliRunner().invoke(commands, ["serve", "--model", "none", "--no-config", *options])
            assert result.exit_code == 2, result.output
            assert reason in result.output
            assert result.output.count("\n") == 1


def test_annotated_text_that_is_no_object_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="annotation"):
        languagetool.document("[" * 100_000)
