"""Reads a workbook in a process of its own and writes its cells as JSON.

The reader is not written in Python: a damaged or malicious file can make it ask for
all the memory there is and end its process. It must not be ours. This file is run by
its path and imports nothing of jointbuy.
"""

from __future__ import annotations

import io
import json
import math
import sys
from datetime import date, datetime
from typing import Any

MOST_MEMORY = 3 * 1024**3
"""Bytes of address space, where the system can limit it."""


def workbook(content: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    """The worksheets as plain JSON values, or why there are none.

    Days are lists of one ISO text; `refused` is password, large or damaged.
    """
    import python_calamine as calamine  # only where it is used

    sheets: list[dict[str, Any]] = []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for metadata in book.sheets_metadata:
                if metadata.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(metadata.name)
                if sheet.total_height > most_rows or sheet.total_width > most_columns:
                    return {"refused": "large"}
                visible = metadata.visible is calamine.SheetVisibleEnum.Visible
                rows = sheet.to_python(skip_empty_area=False)
                sheets.append(
                    {
                        "name": metadata.name,
                        "hidden": not visible,
                        "merged": sheet.merged_cell_ranges or [],
                        "rows": [[_plain(cell) for cell in row] for row in rows],
                    }
                )
    except calamine.PasswordError:
        return {"refused": "password"}
    except Exception:  # noqa: BLE001  # whatever the reader trips over, the file is bad
        return {"refused": "damaged"}
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return {"refused": "damaged"}
    return {"sheets": sheets}


def _plain(cell: Any) -> Any:  # noqa: ANN401
    if isinstance(cell, datetime):
        return [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, str | bool | int | float):
        return cell
    return str(cell)


def _limit_memory() -> None:
    try:
        import resource  # not on Windows
    except ImportError:
        return
    for which, wanted in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(which)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(which, (most, hard))


def main() -> None:
    """Read the workbook from standard input; the arguments are limits and paths."""
    _limit_memory()
    sys.path[:] = sys.argv[3:]
    content = sys.stdin.buffer.read()
    answer = workbook(content, int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
