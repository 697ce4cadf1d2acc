# ruff: noqa: E501 -- notes in many languages, a line each
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.language import UNSURE, foreign_lines, known_languages, language_of

NOTES: dict[str, str] = {
    "de": "# Sitzung 4\n\nZiel: weniger offene Punkte bis Ende Quartal\n- Tests schreiben\n- mit dem Team sprechen\n\n"
    "Sie macht sich Sorgen um die Freigabe, will aber noch nicht mit ihrem Chef reden.\nNächster Termin: Montag",
    "fr": "Séance du 3 mai\n\nElle veut parler avec son équipe avant la fin de la semaine.\n- revoir les objectifs\n"
    "- préparer une démo pour les clients\n\nIl n'y a pas encore de décision sur le budget.",
    "es": "Sesión 2\nHablamos de los objetivos y de cómo medirlos.\n- revisar el tablero cada semana\n"
    "- pedir ayuda a su jefe\nTodavía no hay una fecha para la entrega.",
    "it": "Incontro 5\nAbbiamo parlato della squadra e dei prossimi passi.\n- scrivere i test\n"
    "- chiedere un parere al capo\nNon è ancora chiaro chi deve decidere.",
    "pt": "Reunião\nFalámos sobre o que ela quer fazer com a equipa.\n- rever os números\n"
    "Ainda não há uma data para a entrega, mas temos um plano.",
    "nl": "Gesprek 3\nWe hebben het gehad over wat ze volgende week wil doen.\n- met haar baas praten\n"
    "Het is nog niet duidelijk wie dat moet beslissen.",
    "pl": "Spotkanie\nRozmawialiśmy o tym, co jest teraz najważniejsze.\n- napisać testy do piątku\n"
    "Nie wiadomo jeszcze, kto ma o tym zdecydować.",
    "cs": "Schůzka\nMluvili jsme o tom, co je pro ni teď důležité.\n- napsat testy\nJeště není jasné, kdo to musí rozhodnout.",
    "sv": "Samtal\nVi pratade om vad hon vill göra nästa vecka.\n- skriva tester\nDet är inte klart vem som ska besluta.",
    "da": "Samtale\nVi talte om, hvad hun gerne vil nå i næste uge.\n- skrive tests\nDet er ikke klart, hvem der skal beslutte.",
    "fi": "Keskustelu\nPuhuimme siitä, mitä hän haluaa tehdä ensi viikolla.\n- kirjoittaa testejä\n"
    "Ei ole vielä selvää, kuka siitä päättää.",
    "hu": "Megbeszélés\nArról beszéltünk, hogy mit szeretne a jövő héten.\n- teszteket írni\nMég nem világos, hogy ki dönt.",
    "tr": "Görüşme\nGelecek hafta ne yapmak istediği hakkında konuştuk.\n- test yazmak\nKimin karar vereceği henüz belli değil.",
    "ro": "Întâlnire\nAm vorbit despre ce vrea să facă săptămâna viitoare.\n- să scrie teste\nNu este clar cine trebuie să decidă.",
    "id": "Pertemuan\nKami berbicara tentang apa yang akan dia lakukan minggu depan.\n- menulis tes\n"
    "Belum ada keputusan dari tim untuk itu.",
    "hr": "Sastanak\nRazgovarali smo o tome što želi napraviti sljedeći tjedan.\n- napisati testove\n"
    "Još nije jasno tko to treba odlučiti.",
    "vi": "Buổi họp\nChúng tôi đã nói về những việc cần làm trong tuần tới.\n- viết kiểm thử\nVẫn chưa có quyết định của nhóm.",
    "ru": "Встреча 4\nМы говорили о том, что она хочет сделать.\n- написать тесты\nПока не ясно, кто решает.",
    "el": "Συνάντηση\nΜιλήσαμε για τους στόχους της ομάδας.\n- να γράψει τεστ",
    "zh": "第四次会谈\n我们讨论了她下周想做什么。\n- 写测试\n还没有决定。",
    "ja": "面談\n来週何をしたいかについて話しました。\n- テストを書く",
    "ko": "면담\n다음 주에 무엇을 하고 싶은지 이야기했습니다.\n- 테스트 작성",
    "ar": "جلسة\nتحدثنا عما تريد أن تفعله الأسبوع القادم.\n- كتابة الاختبارات",
    "hi": "बैठक\nहमने अगले सप्ताह के काम पर बात की।\n- परीक्षण लिखना",
}
ENGLISH = [
    "Goal: NPS 42 by Q3",
    "- migrate billing -> k8s, FRAUD-142\n- ping ops\n- XGBoost vs ResNet-50",
    "Met Jürgen van der Berg and José de la Cruz in Zürich, café next door.",
    "<PERSON_1>: yeah, no, so I was die-hard about it.\n<PERSON_2>: ok",
    "```\nselect * from claims where id in (1, 2)\n```",
    "王小明 will own the risk log, Дмитрий reviews it.",
    "Sprint 12 / DoD / WIP 3 / p95 240 ms / EUR 1.200",
    "Their naïve protégé left a résumé.",
    "said au revoir, c'est la vie and moved on with the plan",
    "Agenda\n1. Retro\n2. Demo\n3. AOB",
    "",
    "schadenfreude & zeitgeist, per se, ad hoc, pro rata",
]
MIXED = [
    ("We agreed the plan.\nSie will aber noch nicht mit ihrem Chef darüber reden.\nNext step: demo", [0, 1, 0]),
    ("We agreed the plan. Sie will aber noch nicht mit ihrem Chef reden.", [1]),
    ("We met on Monday and agreed the plan.\n\nElle ne veut pas en parler avec son équipe.\nBudget", [0, 0, 1, 1]),
]


@pytest.mark.parametrize("code", sorted(NOTES))
def test_a_note_in_another_language_is_foreign_whole(code: str) -> None:
    lines = NOTES[code].split("\n")
    assert [line for line, foreign in zip(lines, foreign_lines(lines), strict=True) if line and not foreign] == []


@pytest.mark.parametrize("code", sorted(NOTES))
def test_an_allowed_language_is_not_held(code: str) -> None:
    assert language_of(NOTES[code]) == code
    lines = NOTES[code].split("\n")
    near = {"da", "nb"} if code in {"da", "nb"} else {code}  # the two are told apart by few words
    assert sum(foreign_lines(lines, ["en", *near])) <= 1


@pytest.mark.parametrize("text", ENGLISH)
def test_english_names_code_and_lists_stay(text: str) -> None:
    assert not any(foreign_lines(text.split("\n")))


@pytest.mark.parametrize(("text", "expected"), MIXED)
def test_a_passage_in_an_english_note_counts(text: str, expected: list[int]) -> None:
    assert foreign_lines(text.split("\n")) == [bool(each) for each in expected]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_lines_get_an_answer_each(lines: list[str]) -> None:
    assert len(foreign_lines(lines)) == len(lines)
    assert all(language_of(line) in {*known_languages(), UNSURE} for line in lines)


def test_hostile_input_takes_no_long_time() -> None:
    for hostile in ("a-" * 50_000, "://" * 30_000, "_" * 100_000, "`" * 100_000, "." * 100_000, "<a_" * 30_000):
        language_of(hostile)
