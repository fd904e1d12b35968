"""An installation finds its samples, catalogues and tables, of whatever sort it is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str, path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(path),
            "PYTHONIOENCODING": "utf-8",
            "JOINTBUY_LANG": "fr",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installation lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps",
            "--no-build-isolation", "--disable-pip-version-check",
            "--wheel-dir", str(folder), str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    unpacked = folder / "site"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(unpacked)
    return unpacked


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_the_demo_tells_its_story_in_french_from_both(
    kind: str, wheel: Path, tmp_path: Path
) -> None:
    path = wheel if kind == "wheel" else ROOT
    where = run(
        "-c", "import jointbuy; print(jointbuy.__file__)", path=path, folder=tmp_path
    )
    assert where.stdout.startswith(str(path))
    told = run("-m", "jointbuy", "demo", "--plain", path=path, folder=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "Val-Tilleul" in told.stdout
    assert "marché conjoint" in told.stdout
    assert "convention-" in told.stdout


def test_the_wheel_holds_the_tables_and_nothing_that_is_not_the_product(
    wheel: Path,
) -> None:
    names = {p.relative_to(wheel).as_posix() for p in wheel.rglob("*") if p.is_file()}
    for sample in (ROOT / "sample_data").glob("*/register.json"):
        assert f"jointbuy/_sample_data/{sample.parent.name}/register.json" in names
    assert "jointbuy/py.typed" in names
    for language in ("fr", "nl", "de"):
        assert f"jointbuy/l10n/locale/{language}/LC_MESSAGES/jointbuy.mo" in names
    for folder in ("law/data", "vocabulary/thesaurus", "documents/templates"):
        assert any(name.startswith(f"jointbuy/{folder}/") for name in names), folder
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"jointbuy"}
