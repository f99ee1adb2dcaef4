"""Other forms of a searched word, and words without their particles: by rules, without Kiwi."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.korean.forms import MOST, is_predicate, other_forms
from store.korean.particles import without_particle


@pytest.mark.parametrize(
    ("searched", "stands"),
    [
        ("받아들이다", "받아들인"),
        ("받아들인", "받아들였다"),
        ("낮추다", "낮춘"),
        ("낮췄다", "낮추고"),
        ("낮춥니다", "낮춰"),
        ("높아졌다", "높아진다"),
        ("커졌다", "커지는"),
        ("오르다", "올랐다"),
        ("올랐다", "오르는"),
        ("부르다", "불렀다"),
        ("바쁘다", "바빴다"),
        ("가볍다", "가벼운"),
        ("가벼운", "가벼워"),
        ("돕다", "도왔다"),
        ("깨닫다", "깨달았다"),
        ("짓다", "지었다"),
        ("만들다", "만든"),
        ("높다", "높은"),
        ("높았다", "높고"),
        ("먹는다", "먹었다"),
        ("개발하다", "개발해"),
        ("개발했다", "개발한"),
        ("개발해", "개발하는"),
        ("되다", "되다"),
        ("늘어나는", "늘어난"),
        ("늘어났습니다", "늘어날"),
        ("떨어진", "떨어지는"),
        ("딥시크에게", "딥시크가"),
        ("정부에서는", "정부"),
        ("한국기업", "한국 기업"),
        ("인공지능모델을", "인공지능 모델"),
    ],
)
def test_a_form_leads_to_the_others(searched: str, stands: str) -> None:
    assert searched in stands or any(form in stands for form in other_forms(searched))


@pytest.mark.parametrize(
    "noun", ["비용", "시간", "바다", "인간", "책임", "정책", "강", "R1", "딥ㅅㅋ", "데이터 센터", ""]
)
def test_a_plain_noun_has_no_other_form(noun: str) -> None:
    assert other_forms(noun) == ()


def test_letters_meant_for_hangul_lead_to_it() -> None:
    assert other_forms("roqkfql") == ("개발비", *other_forms("개발비"))
    assert "한국 기업" in other_forms("gksrnrrldjq")
    assert {"낮추다", "낮춘"} < {*other_forms("skwcnek")}
    assert other_forms("gpt") == other_forms("deepseek") == other_forms("rk") == other_forms("roqkf1") == ()


def test_what_has_the_shape_of_a_verb() -> None:
    assert is_predicate("낮추다")
    assert is_predicate("높다고") is False
    assert not is_predicate("바다")
    assert not is_predicate("R1이다")


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_any_word_of_hangul_has_forms_that_can_be_looked_for(word: str) -> None:
    forms = other_forms(word)
    assert len(forms) <= MOST
    assert word not in forms
    assert all(len(form) > 1 and form.strip() == form for form in forms)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("딥시크가", "딥시크"),
        ("딥시크는", "딥시크"),
        ("오픈소스를", "오픈소스"),
        ("개발비의", "개발비"),
        ("한국은", "한국"),
        ("정책과", "정책"),
        ("데이터센터에서는", "데이터센터"),
        ("모델이라는", "모델"),
        ("서울로", "서울"),
        ("미국으로", "미국"),
        ("R1이", "R1"),
        ("DeepSeek가", "DeepSeek"),
        # these only look as if they had one
        ("국가", "국가"),
        ("전문가", "전문가"),
        ("평가", "평가"),
        ("속도", "속도"),
        ("비용", "비용"),
        ("아시아", "아시아"),
        ("경로", "경로"),
        ("반도체", "반도체"),
    ],
)
def test_particles(word: str, stem: str) -> None:
    assert without_particle(word) == stem
