"""Putting a draft where somebody asked for it, without harm to what is there."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.documents.files import LONGEST, safe_name, write_file
from jointbuy.errors import Refused


@pytest.mark.parametrize(
    ("asked", "given_name"),
    [
        ("projet-convention-D-14-fr.docx", "projet-convention-D-14-fr.docx"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\x.md", "x.md"),
        ("C:\\x.md", "C-x.md"),
        ("/", "document"),
        ("...", "document"),
        ("", "document"),
        ("con", "_con"),
        ("NUL.docx", "_NUL.docx"),
        ("com1.tar.md", "_com1.tar.md"),
        ("com10.md", "com10.md"),
        ("a\x00\x1b\n\u202eb.md", "a-b.md"),
        ('a b?*<>|".md', "a-b.md"),
        (".hidden", "document.hidden"),
        ("é.md", "é.md"),
        ("x. ", "x"),
    ],
)
def test_a_name_is_made_safe(asked: str, given_name: str) -> None:
    assert safe_name(asked) == given_name


@given(st.text(max_size=300))
def test_any_name_gives_one_plain_short_file_name(asked: str) -> None:
    name = safe_name(asked)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name not in {".", ".."}
    assert name[-1] not in " ."
    assert safe_name(name) == name


def test_a_long_name_keeps_its_extension() -> None:
    name = safe_name("é" * 200 + ".docx")
    assert name.endswith("é.docx")


def test_a_file_is_written_whole_and_private(tmp_path: Path) -> None:
    path = write_file(tmp_path / "new" / "folder", "a.md", b"text")
    assert path == tmp_path / "new" / "folder" / "a.md"
    assert path.read_bytes() == b"text"
    assert [one.name for one in path.parent.iterdir()] == ["a.md"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.md", b"old")
    with pytest.raises(Refused, match=r"exists already.*ask to replace it"):
        write_file(tmp_path, "a.md", b"new")
    assert path.read_bytes() == b"old"
    assert write_file(tmp_path, "a.md", b"new", overwrite=True) == path
    assert path.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("dangling", [True, False])
def test_a_link_is_never_followed(tmp_path: Path, *, dangling: bool) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    if not dangling:
        elsewhere.write_bytes(b"mine")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.md").symlink_to(elsewhere)
    with pytest.raises(Refused, match="exists already"):
        write_file(folder, "a.md", b"new")
    path = write_file(folder, "a.md", b"new", overwrite=True)
    assert not path.is_symlink()
    assert elsewhere.exists() is not dangling
    if not dangling:
        assert elsewhere.read_bytes() == b"mine"


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    for overwrite in (True, False):
        with pytest.raises(Refused, match="is a folder"):
            write_file(tmp_path, "a.md", b"x", overwrite=overwrite)


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(Refused, match="out” is a file, not a folder"):
            write_file(folder, "a.md", b"x", overwrite=True)


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="the superuser may write everywhere",
)
def test_a_closed_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="cannot be written"):
        write_file(tmp_path, "a.md", b"x")
