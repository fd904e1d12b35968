"""The ways of matching that are measured side by side, each in a process of its own.

Run isolated (`python -I methods.py METHOD FILE OUT SAMPLE`), so that the jointbuy
measured is the installed one. A method imports what it needs; then two steps are timed,
all threads counted: `read`, from the file to what the method works on, and `match`,
from there to the group of every need. jointbuy reads bare lines, so that its match step
also holds decoding and checking them, and, but for `jointbuy-loaded`, loading its
vocabulary; in the match step of the others everything is decoded already.

- duckdb: reads the file by itself; a join on territory, four digits of the code,
  overlapping windows and two administrations, then connected components.
- splink: read by DuckDB; the same blocking; code, title and language compared, trained
  by expectation maximisation from a prior equal to the precision of the blocking, pairs
  above one half, then connected components.
- rapidfuzz: token_sort_ratio of all titles of a territory against all (cdist), kept
  from 45 where three digits of the code agree, windows overlap and the administrations
  are two, then connected components. With a sample, only so many rows of each territory
  are compared, and the times are those of all of them by proportion.
- bounds: what no method can avoid: decoding the lines (msgspec), splitting title and
  description (the words are thrown away), sorting by territory, code and day.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

ON = date(2026, 11, 21)
FRAMEWORK_MONTHS = 48
PRIOR = 0.6
LIKELY = 0.5
CUTOFF = 45
ROWS_AT_ONCE = 500
CLASS, GROUP = 4, 3
Steps: TypeAlias = "tuple[Callable[[str], Any], Callable[[Any], Any]]"


def components(count: int, left: Any, right: Any) -> Any:
    """The connected component of each row, -1 for those in no pair."""
    np = import_module("numpy")
    label = np.arange(count)
    while len(left):
        low = np.minimum(label[left], label[right])
        found = label.copy()
        np.minimum.at(found, label[left], low)
        np.minimum.at(found, label[right], low)
        while True:
            shorter = found[found]
            if (shorter == found).all():
                break
            found = shorter
        if (found == label).all():
            break
        label = found
    alone = np.ones(count, dtype=bool)
    alone[left] = alone[right] = False
    label[alone] = -1
    return label


READ = """
create table needs as select
row_number() over () - 1 as unique_id, territory, administration,
lower(title) as title, coalesce(cpv, '') as cpv, coalesce(cpv, '')[1:4] as class,
language, earliest, latest
from read_json(?, format = 'newline_delimited', columns = {
territory: 'varchar', administration: 'varchar', title: 'varchar', cpv: 'varchar',
language: 'varchar', earliest: 'date', latest: 'date'})
"""


# -- each imports, and returns how it reads and how it matches -------------------------

JOIN = """
select l.unique_id, r.unique_id from needs l join needs r
on l.territory = r.territory and l.class = r.class and l.unique_id < r.unique_id
and l.earliest <= r.latest and r.earliest <= l.latest
and l.administration <> r.administration
"""


def duckdb(_sample: float) -> Steps:
    """The join a database makes of it."""
    database = import_module("duckdb")
    import_module("numpy")

    def read(path: str) -> Any:
        link = database.connect()
        link.execute(READ, [path])
        return link

    def match(link: Any) -> Any:
        (count,) = link.execute("select count(*) from needs").fetchone()
        left, right = link.execute(JOIN).fetchnumpy().values()
        return components(count, left, right)

    return read, match


BLOCK = """
l.territory = r.territory and l.class = r.class
and l.earliest <= r.latest and r.earliest <= l.latest
and l.administration <> r.administration
"""


def splink(_sample: float) -> Steps:
    """Probabilistic linkage of what the same blocking lets through."""
    kit = import_module("splink")
    library = import_module("splink.comparison_library")
    blocking = import_module("splink.blocking_rule_library")
    api = import_module("splink.backends.duckdb").DuckDBAPI
    database = import_module("duckdb")
    import_module("numpy")
    import_module("pyarrow")
    code = {
        "output_column_name": "cpv",
        "comparison_levels": [
            {"sql_condition": "cpv_l = '' or cpv_r = ''", "is_null_level": True},
            {"sql_condition": "cpv_l = cpv_r"},
            {"sql_condition": "cpv_l[1:6] = cpv_r[1:6]"},
            {"sql_condition": "cpv_l[1:5] = cpv_r[1:5]"},
            {"sql_condition": "ELSE"},
        ],
    }

    def read(path: str) -> Any:
        link = database.connect()
        link.execute(READ, [path])
        return link.sql("from needs").to_arrow_table()

    def match(table: Any) -> Any:
        base = api()
        linker = kit.Linker(
            base.register(table),
            kit.SettingsCreator(
                link_type="dedupe_only",
                probability_two_random_records_match=PRIOR,
                blocking_rules_to_generate_predictions=[
                    blocking.CustomRule(BLOCK, sql_dialect="duckdb")
                ],
                comparisons=[
                    code,
                    library.JaccardAtThresholds("title", [0.9, 0.75, 0.6]),
                    library.ExactMatch("language"),
                ],
                retain_matching_columns=False,
            ),
            log_level="ERROR",
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(
            BLOCK, fix_probability_two_random_records_match=True
        )
        found = linker.inference.predict(threshold_match_probability=LIKELY)
        pairs = found.as_pyarrow_table()
        left = pairs["unique_id_l"].to_numpy()
        right = pairs["unique_id_r"].to_numpy()
        return components(table.num_rows, left, right)

    return read, match


def rapidfuzz(sample: float) -> Steps:
    """Every title of a territory against every other."""
    np = import_module("numpy")
    compare = import_module("rapidfuzz.process").cdist
    scorer = import_module("rapidfuzz.fuzz").token_sort_ratio
    decode = import_module("msgspec").json.decode

    def read(path: str) -> Any:
        with open(path, "rb") as file:  # noqa: PTH123 - nothing but what is needed
            rows = [decode(line) for line in file]
        blocks: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            blocks[row["territory"]].append(place)
        return (
            list(blocks.values()),
            [row["title"].lower() for row in rows],
            np.array([row["earliest"] for row in rows], dtype="datetime64[D]"),
            np.array([row["latest"] for row in rows], dtype="datetime64[D]"),
            np.unique([row["administration"] for row in rows], return_inverse=True)[1],
            np.array([int((row.get("cpv") or "000")[:GROUP]) for row in rows]),
        )

    def match(given: Any) -> Any:
        blocks, titles, start, end, who, group = given
        lefts, rights = [], []
        for block in blocks:
            whole = np.array(block)
            asked = whole[: max(1, int(len(whole) * sample))]
            texts = [titles[place] for place in block]
            for at in range(0, len(asked), ROWS_AT_ONCE):
                some = asked[at : at + ROWS_AT_ONCE, None]
                scores = compare(
                    [titles[place] for place in some[:, 0]],
                    texts,
                    scorer=scorer,
                    score_cutoff=CUTOFF,
                    dtype=np.uint8,
                    workers=-1,
                )
                kept = (scores >= CUTOFF) & (group[some] == group[whole])
                kept &= (start[some] <= end[whole]) & (start[whole] <= end[some])
                kept &= (who[some] != who[whole]) & (some < whole)
                one, other = np.nonzero(kept)
                lefts.append(some[one, 0])
                rights.append(whole[other])
        return components(len(titles), np.concatenate(lefts), np.concatenate(rights))

    return read, match


def jointbuy(_sample: float) -> Steps:
    """The installed jointbuy, from bare lines to proposals."""
    matching = import_module("jointbuy.matching.lines")

    def read(path: str) -> Any:
        with open(path, "rb") as file:  # noqa: PTH123 - nothing but what is needed
            return file.readlines()

    def match(lines: Any) -> Any:
        found = matching.match_lines(
            lines, on=ON, max_framework_months=FRAMEWORK_MONTHS
        )
        return list(found.proposals)

    return read, match


def jointbuy_loaded(sample: float) -> Steps:
    """The same, once the vocabulary is in memory."""
    read, match = jointbuy(sample)
    match([b'{"id":"a","administration":"x","title":"chaises","cpv":"39112000"}'])
    return read, match


# -- what cannot be avoided ------------------------------------------------------------


def bounds(path: str) -> dict[str, Any]:
    """CPU of decoding, splitting and sorting a file."""
    kit = import_module("msgspec")
    need = kit.defstruct(
        "Line",
        [
            *((name, str) for name in ("id", "administration", "title", "territory")),
            *((name, date) for name in ("earliest", "latest")),
            *(
                (name, str | None, None)
                for name in ("language", "description", "cpv", "nature", "unit")
            ),
            *((name, float | None, None) for name in ("estimate", "quantity")),
            ("duration_months", int | None, None),
        ],
        gc=False,
    )
    marks = [time.process_time()]
    decode = kit.json.Decoder(need).decode
    with open(path, "rb") as file:  # noqa: PTH123 - nothing but what is needed
        needs = [decode(line) for line in file]
    marks.append(time.process_time())
    for one in needs:
        f"{one.title} {one.description or ''}".split()
    marks.append(time.process_time())
    needs.sort(key=lambda one: (one.territory, one.cpv or "", one.earliest))
    marks.append(time.process_time())
    took = [after - before for before, after in pairwise(marks)]
    found = dict(zip(("read", "split", "sort"), took, strict=True))
    return {**found, "cpu": sum(took), "peak": peak()}


METHODS: dict[str, Callable[[float], Steps]] = {
    "jointbuy": jointbuy,
    "jointbuy-loaded": jointbuy_loaded,
    "duckdb": duckdb,
    "splink": splink,
    "rapidfuzz": rapidfuzz,
}


def peak() -> float:
    """The largest resident size of this process so far, MB; 0 where unknown."""
    return _largest("RUSAGE_SELF")


def _largest(whose: str) -> float:
    try:
        resource = import_module("resource")
    except ImportError:
        return 0.0
    used = float(resource.getrusage(getattr(resource, whose)).ru_maxrss)
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def timed(method: str, path: str, sample: float) -> tuple[dict[str, Any], Any]:
    """What the two steps of a method took, and what it found."""
    read, match = METHODS[method](sample)
    marks = [(time.process_time(), time.perf_counter())]
    given = read(path)
    marks.append((time.process_time(), time.perf_counter()))
    found = match(given)
    marks.append((time.process_time(), time.perf_counter()))
    (cpu0, wall0), (cpu1, wall1), (cpu2, wall2) = marks
    many = 1 / sample if method == "rapidfuzz" else 1.0
    return {
        "method": method,
        "read": cpu1 - cpu0,
        "read wall": wall1 - wall0,
        "match": (cpu2 - cpu1) * many,
        "match wall": (wall2 - wall1) * many,
        "peak": peak(),
        "sampled": many != 1.0,
    }, found


def command(words: list[str]) -> dict[str, Any]:
    """What a command took as a whole, its start included; its output is thrown away."""
    resource = import_module("resource")
    wall = time.perf_counter()
    ran = subprocess.run(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    wall = time.perf_counter() - wall
    if ran.returncode:
        sys.exit(ran.stderr.decode(errors="replace"))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "peak": _largest("RUSAGE_CHILDREN"),
    }


def main(argv: list[str]) -> int:
    """Run one method and print what it took; what it found goes to a file."""
    if argv[0] == "command":
        sys.stdout.write(json.dumps(command(argv[1:])))
        return 0
    if argv[0] == "bounds":
        sys.stdout.write(json.dumps(bounds(argv[1])))
        return 0
    method, path, out, sample = argv
    told, found = timed(method, path, float(sample))
    if method.startswith("jointbuy"):
        told["from"] = import_module("jointbuy").__file__
    if out:
        listed = found if isinstance(found, list) else found.tolist()
        with open(out, "wb") as file:  # noqa: PTH123 - nothing but what is needed
            file.write(import_module("msgspec").json.encode(listed))
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
