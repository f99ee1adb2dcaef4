"""Templates: what they can use, what is wrong with them, and that they cannot hang or reach out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import InvalidError
from store.exchange.markdown import export_markdown
from store.exchange.template import check_template, read_template, render
from store.library import Library
from tests.exchange.makers import make_article, make_library

ID = "a1b2c3d4e5f6"
GOOD = """{% block properties %}
title: {{ article.title | yaml }}
tags: {{ tags | yaml }}
{% endblock %}
{% block head %}
# {{ article.title | literal }}
{{ article.published or "날짜 없음" }} · {{ marks | length }}
{% endblock %}
{% block mark %}
{{ mark.exact | quote }}

{{ mark.tags | hashtags }} {{ mark.place }}
{% if mark.note %}
{{ mark.note | note }}
{% endif %}
{% endblock %}
{% block foot %}
| 수치 | |
| --- | --- |
{% for figure in figures %}
| {{ figure.surface | cell }} | {{ figure.measures | cell }} {{ figure.place }} ({{ figure.start }}) |
{% endfor %}
{% endblock %}
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(tmp_path / "library", make_article()) as library:
        yield library


def test_a_good_template(library: Library, tmp_path: Path) -> None:
    mark = library.annotate_quote(ID, "설비를 빌린 값은 빠졌다.", tags=["비용"], note="메모\n---")
    vault = tmp_path / "vault"
    (written,) = export_markdown(library, [ID], vault, template=GOOD)
    text = written.path.read_text()
    assert text.startswith(
        '---\ntitle: "값싼 모형, 비싼 질문"\ntags: ["비용"]\nmitjul: "a1b2c3d4e5f6"\n---\n\n# 값싼'
    )
    assert f"> 설비를 빌린 값은 빠졌다.\n\n#비용 「남은 문제」 1문단\n메모\n\\---\n\n^mj-{mark.id}\n" in text
    written.path.write_text(text.replace("#비용 「", "#비용 내가 「"))
    library.annotate_quote(ID, "시험 운영")
    export_markdown(library, [ID], vault, template=GOOD)
    text = written.path.read_text()
    assert "#비용 내가 「" in text
    assert text.count("\n^mj-") == 2
    assert export_markdown(library, [ID], vault, template=GOOD)[0].status == "unchanged"


def test_places_are_in_the_language_of_the_export(library: Library, tmp_path: Path) -> None:
    library.annotate_quote(ID, "설비를 빌린")
    template = MARK.replace("%s", "{{ mark.place }} / {{ mark.citation }}")
    (written,) = export_markdown(library, [ID], tmp_path / "v", template=template, language="en")
    assert written.path.read_text().count("“남은 문제”, para. 1") == 2


def test_a_file_for_each_mark(library: Library, tmp_path: Path) -> None:
    library.annotate_quote(ID, "설비를 빌린")
    library.annotate_quote(ID, "시험 운영")
    assert len(export_markdown(library, [ID], tmp_path / "v", template=GOOD, by="mark")) == 2
    with pytest.raises(InvalidError):
        export_markdown(library, [ID], tmp_path / "v", template=GOOD, by="tag")


def test_check_shows_what_comes_out() -> None:
    shown = check_template(GOOD)
    assert 'title: "견본 글: \\"틀\\"을 시험합니다"' in shown
    assert "#비용/개발 #주장" in shown
    assert "| 훈련 1문단 (9) |" in shown


MARK = "{% block mark %}%s{% endblock %}"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (MARK.replace("%s", "{{ mark.exact "), "1번째 줄"),
        ("\n\n" + MARK.replace("%s", "{% if %}"), "3번째 줄"),
        (MARK.replace("%s", "{{ mark.nonsense }}"), "nonsense"),
        (MARK.replace("%s", "{{ unknown }}"), "unknown"),
        (MARK.replace("%s", "{{ 1 / 0 }}"), "ZeroDivisionError"),
        (MARK.replace("%s", "{{ mark.exact | nonsense }}"), "nonsense"),
        ("{{ article.title }}", "mark 블록"),
        (MARK.replace("%s", "x") + "{% block other %}{% endblock %}", "other"),
        (MARK.replace("%s", "{{ ''.__class__.__mro__ }}"), ""),
        (MARK.replace("%s", "{{ marks.append(1) }}"), ""),
        (MARK.replace("%s", "{% include '/etc/passwd' %}"), ""),
        (MARK.replace("%s", "{% for i in range(10 ** 9) %}{% endfor %}"), ""),
        (MARK.replace("%s", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"), ""),
    ],
)
def test_a_mistake_is_named(template: str, words: str) -> None:
    with pytest.raises(InvalidError) as raised:
        check_template(template)
    assert words in raised.value.korean
    assert "\n" not in raised.value.korean


LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GROWING = "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"


@pytest.mark.parametrize("body", [LOOP, GROWING, "{{ 'x' * 10 ** 10 }}", "{{ 9 ** (9 ** 9) }}"])
def test_a_template_that_does_not_end_is_stopped(body: str) -> None:
    started = time.monotonic()
    with pytest.raises(InvalidError):
        render("{% block mark %}" + body + "{% endblock %}", [("mark", {})], 1.5)
    assert time.monotonic() - started < 60


def test_nothing_is_written_when_the_template_fails(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InvalidError):
        export_markdown(library, [ID], tmp_path / "v", template="{% block mark %}{{ 1 / 0 }}{% endblock %}")
    assert list((tmp_path / "v").rglob("*.md")) == []


def test_reading_a_template(tmp_path: Path) -> None:
    with pytest.raises(InvalidError):
        read_template(tmp_path / "missing.j2")
    (tmp_path / "bad.j2").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidError):
        read_template(tmp_path / "bad.j2")
    (tmp_path / "good.j2").write_text(GOOD)
    assert read_template(tmp_path / "good.j2") == GOOD
