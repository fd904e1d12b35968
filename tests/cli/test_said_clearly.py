"""What is typed wrongly is said in the user's words, with where it goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Done, Run


def said(done: Done) -> str:
    return " ".join((done.out + done.err).split())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"j3 = yes\n", "line 1 cannot be read at column 6"),
        (b'j3 = "yes"\nj4 = "no', "line 2 cannot be read at column 8"),
        (b'j3 = "yes"\nj3 = "no"\n', "line 2 cannot"),
        (b'j3 = "\xe9"', "is not text in UTF-8: save it as such"),
        (b"j3 = " + b"[" * 5_000, 'write lines such as j3 = "yes".'),
    ],
    ids=["a word without quotes", "an open quote", "twice", "latin-1", "too deep"],
)
def test_a_bad_file_of_answers_is_said_with_its_place(
    jointbuy: Run, tmp_path: Path, content: bytes, expected: str
) -> None:
    file = tmp_path / "answers.toml"
    file.write_bytes(content)
    done = jointbuy("check", "--form", "joint_contract", "--answers", file, code=3)
    text = said(done)
    assert expected in text
    for english in ("Invalid value", "codec", "Unterminated", "document", "recursion"):
        assert english not in text


def own(jointbuy: Run, name: str, value: str, start: str = "2026-12-01") -> str:
    done = jointbuy("law", "set", name, value, "--from", start, "--source", "x", code=3)
    return said(done)


@pytest.mark.usefixtures("brussels")
def test_a_wrong_day_is_said_under_the_label_of_its_own_form(jointbuy: Run) -> None:
    text = own(jointbuy, "terms.framework_months", "12", "2026-13-01")
    assert " First day: “2026-13-01” is not a day" in text
    assert "contract" not in text


@pytest.mark.usefixtures("brussels")
def test_nothing_is_called_close_where_nothing_is(jointbuy: Run) -> None:
    assert "Close to it" not in own(jointbuy, "nope", "12")
    near = own(jointbuy, "terms.framework_month", "12")
    assert "Close to it: terms.framework_months" in near


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize("value", ["-5", "-5,5", "-.5"])
def test_a_value_below_zero_is_a_value_and_no_option(jointbuy: Run, value: str) -> None:
    text = own(jointbuy, "terms.framework_months", value)
    assert "No such option" not in text
    assert "Value:" in text


@pytest.mark.usefixtures("brussels")
def test_a_sign_of_per_cent_is_for_shares_alone(jointbuy: Run) -> None:
    assert "leave the sign % out" in own(jointbuy, "terms.framework_months", "5 %")
    jointbuy(
        "law", "set", "cooperation.in_house_activity", "80 %",
        "--from", "2026-12-01", "--source", "x",
    )  # fmt: skip


def test_an_option_that_is_not_there_is_still_told(jointbuy: Run) -> None:
    done = jointbuy(
        "law", "set", "terms.framework_months", "5", "--fron", "2026-12-01", code=2
    )
    assert "No such option" in said(done)
