"""The command `balance`: the same figures in every form, one sentence per fault, and three exit statuses."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from budgetproto.commands.balance import balance_command
from tests.counts import PROVE

WE1 = Path(__file__).parents[2] / "fixtures" / "balancing" / "we1.csv"
HEADER = "line,government,lsg,floor,cap,priority_lsg\n"


def run(file: Path | str, *options: str) -> Result:
    """Run the command in English."""
    return CliRunner().invoke(balance_command, [str(file), "--language", "en", *options])


def written(folder: Path, text: str | bytes) -> Path:
    """Write a file of lines."""
    file = folder / "lines.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_the_worked_example_prints_its_figures_rate_sums_and_check() -> None:
    result = run(WE1, "--envelope", "70 000")
    assert result.exit_code == 0
    assert (
        "L9                  12,000       8,000       4,000    1,243           10,757   31.1%"
        in result.output
    )
    assert "All lines not held by a limit close the same share of the gap: 31.1%." in result.output
    assert "Check: no transfer of 1 between two lines makes the shares more equal." in result.output
    assert "L6: Held at the statutory floor 18,000, otherwise it would be 16,864." in result.output


def test_the_columns_of_the_table_stand_one_below_the_other() -> None:
    rows = run(WE1, "--envelope", "70000").output.splitlines()[2:13]
    assert len({row.index(" ", row.rindex("%")) if "%" in row else 0 for row in rows} - {0}) == 1


def test_json_holds_the_whole_option() -> None:
    document = json.loads(run(WE1, "--envelope", "70000", "--format", "json").output)
    assert (document["rate"], document["effective_envelope"]) == ("105/338", 72_000)
    assert document["lines"][0]["granted"] == 18_639


def test_csv_table_and_json_give_the_same_figures() -> None:
    document = json.loads(run(WE1, "--envelope", "70000", "--format", "json").output)
    rows = list(csv.DictReader(io.StringIO(run(WE1, "--envelope", "70000", "--format", "csv").output)))
    table = run(WE1, "--envelope", "70000").output.splitlines()
    for row, line in zip(rows, document["lines"], strict=True):
        assert row["granted"] == ("" if line["granted"] is None else str(line["granted"]))
        shown = next(each for each in table if each.startswith(f"{line['line']} "))
        assert line["amount"] is None or f"{line['amount']:,}" in shown


def test_the_midpoint_needs_no_envelope() -> None:
    result = run(WE1, "--rule", "M")
    assert result.exit_code == 0
    assert "It would cost 104,700." in result.output


def test_without_an_envelope_only_the_midpoint_is_shown() -> None:
    result = run(WE1)
    assert result.exit_code == 0
    assert "No envelope is stated, so no option is recommended" in result.output
    assert json.loads(run(WE1, "--format", "json").output)["midpoint"]["totals"]["granted"] == 104_700


def test_floors_beyond_the_envelope_exit_with_3_the_shortfall_and_the_emergency_table() -> None:
    result = run(WE1, "--envelope", "5000")
    assert result.exit_code == 3
    assert "Missing: 8,000. No option is recommended." in result.output
    assert (
        "Emergency table: the money does not cover the floors. This is not a recommendation." in result.output
    )
    document = json.loads(run(WE1, "--envelope", "5000", "--format", "json").stdout)
    assert (document["shortfall"], document["lines"][0]["amount"]) == (8_000, None)
    assert {"line": "L3", "tier": "protected", "need": 12_000, "granted": 4_000} in document["emergency"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,x,5,,,", "row 2, column government: “x” is not a number"),
        ("a,1.234,5,,,", "row 2, column government: “1.234” can be read in two ways"),
        ('a,1,"12,606",,,', "row 2, column lsg: “12,606” can be read in two ways"),
        ("a,1.5,5,,,", "row 2, column government: “1.5” is too fine"),
        ("a,1,5,9,5,", "row 2, column floor: “a”: the floor 9 is above the cap 5"),
        ("a,1,5,,,10001", "row 2, column priority_lsg: “a”: the priority must be between 0 and 10,000"),
        ("a,1,5,,,-1", "row 2, column priority_lsg: “a”: the priority must be between 0 and 10,000"),
        (",1,5,,,", "row 2, column line: The id of the line is missing"),
        ("a,1,5", "row 2: The row has 3 columns instead of 6"),
        ("a,1,5,,,\na,2,6,,,", "row 3, column line: “a” appears twice"),
    ],
)
def test_a_faulty_row_is_named_with_row_and_column(tmp_path: Path, row: str, fault: str) -> None:
    result = run(written(tmp_path, HEADER + row + "\n"), "--envelope", "5")
    assert result.exit_code == 2
    assert fault in result.output
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The file is empty"),
        (HEADER, "The file holds no line"),
        ("line,lsg\na,1\n", "The column “government” is missing"),
        ("line,government,lsg,amount\na,1,2,3\n", "The column “amount” is unknown"),
        ("line,government,lsg,lsg\na,1,2,3\n", "The column “lsg” appears twice"),
        ("line;government;lsg\na;1;2\n", "the file uses “;”"),
        ("line\tgovernment\tlsg\na\t1\t2\n", "the file uses “\\t”"),
        ("жол,өкмөт,жөб\n".encode("cp1251", "replace"), "The file is not UTF-8"),
        ("line,government,lsg\n".encode("utf-16"), "The file is not UTF-8"),
        ('line,government,lsg\n"a,1,2\n', "The file cannot be read as CSV"),
        ("line,government,lsg,protected\na,1,2,maybe\n", "“maybe”: write 1 for yes"),
        ("line,government,lsg,cost_sign\na,1,2,3\n", "“a”: cost_sign must be 1 or -1, not 3"),
        ("line,government,lsg,step\na,1,2,0\n", "“a”: the step must be above zero"),
        ("line,government,lsg,population\na,1,2,0\n", "“a”: the population must be above zero"),
        ("line,government,lsg,priority_government\na,1,2,-5\n", "column priority_government"),
        ("line,government,lsg\na,0,9007199254740993\nb,0,9\n", "The amounts are too large"),
    ],
)
def test_a_faulty_file_is_one_sentence_and_no_answer(tmp_path: Path, text: str | bytes, fault: str) -> None:
    result = run(written(tmp_path, text), "--envelope", "5")
    assert result.exit_code == 2
    assert fault in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_one_wrong_row_among_a_million_is_named_and_nothing_is_answered(tmp_path: Path) -> None:
    rows = 1_000_000 if PROVE else 10_000
    wrong = rows * 7 // 9
    with (tmp_path / "lines.csv").open("w", encoding="utf-8") as file:
        file.write("line,government,lsg,floor\n")
        file.writelines(f"L{row},{row},{row + 100},{'x' if row == wrong else ''}\n" for row in range(rows))
    result = run(tmp_path / "lines.csv", "--envelope", "5")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: row {wrong + 2:,}, column floor: “x” is not a number.")
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_all_faults_are_listed_in_the_order_of_the_rows(tmp_path: Path) -> None:
    file = written(tmp_path, HEADER + "a,x,1.234,,,\nb,1,2,,,\nc,1,2,9,8,\n")
    result = run(file, "--envelope", "12,606", "--rule", "Z")
    assert result.exit_code == 2
    places = [line.removeprefix("Error: ")[:10] for line in result.stderr.splitlines()]
    assert places == ["--rule: Th", "--envelope", "row 2, col", "row 2, col", "row 4, col"]


def test_a_rule_that_is_not_there_is_refused_in_one_sentence() -> None:
    result = run(WE1, "--envelope", "5", "--rule", "Z")
    assert result.exit_code == 2
    assert result.stderr == "Error: --rule: There is no rule Z. The rules are A, B, C, D, E, F, M.\n"


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (["--envelope", "-5", "--rule", "E"], "Rule E does not share out a cut."),
        (["--envelope", "5", "--quantum", "0"], "The rounding quantum must be above zero"),
        (["--envelope", "5", "--kappa", "1001"], "The priority weight must be between 0 and 1,000"),
        (["--envelope", "much"], "--envelope: “much” is not a number"),
    ],
)
def test_unfit_options_are_refused(options: list[str], fault: str) -> None:
    result = run(WE1, *options)
    assert result.exit_code == 2
    assert fault in result.stderr


def test_a_missing_file_is_named() -> None:
    result = run("nowhere.csv", "--envelope", "5")
    assert result.exit_code == 2
    assert result.stderr == "Error: The file cannot be read: nowhere.csv.\n"


def test_a_mark_at_the_start_of_the_file_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    file = written(tmp_path, b"\xef\xbb\xbf" + b"line,government,lsg\r\na,1 000,2 000\r\n,,\r\n\r\n")
    document = json.loads(run(file, "--envelope", "400", "--format", "json").output)
    assert [line["amount"] for line in document["lines"]] == [1_400]


def test_a_blank_position_is_not_a_zero(tmp_path: Path) -> None:
    file = written(tmp_path, "line,government,lsg\na,0,100\nb,,100\nc,50,\n")
    document = json.loads(run(file, "--envelope", "40", "--format", "json").output)
    assert [line["granted"] for line in document["lines"]] == [40, None, None]


def test_quantum_and_priorities_are_used(tmp_path: Path) -> None:
    file = written(tmp_path, HEADER + "a,0,1000,,,10000\nb,0,1000,,,\n")
    options = ("--envelope", "1005", "--quantum", "10", "--kappa", "1000", "--format", "json")
    document = json.loads(run(file, *options).output)
    assert [line["amount"] for line in document["lines"]] == [550, 450]
    assert document["undistributed"] == 5


def test_a_claim_counts_up_to_its_need_and_the_sentence_says_so(tmp_path: Path) -> None:
    file = written(tmp_path, "line,government,lsg,need\na,0,600,250\nb,0,600,\n")
    document = json.loads(run(file, "--envelope", "600", "--format", "json").output)
    assert [(line["lsg"], line["amount"]) for line in document["lines"]] == [(600, 250), (600, 350)]
    assert "counts only up to its need: 250 (600 was filed)" in run(file, "--envelope", "600").output


def test_a_line_named_like_a_formula_is_harmless_in_csv(tmp_path: Path) -> None:
    file = written(tmp_path, "line,government,lsg\n=1+1,0,100\n")
    assert "\n'=1+1," in run(file, "--envelope", "40", "--format", "csv").output


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_faults_are_told_in_the_chosen_language(tmp_path: Path, language: str) -> None:
    file = written(tmp_path, HEADER + "a,x,5,,,\n")
    told = CliRunner().invoke(balance_command, [str(file), "--envelope", "5", "--language", language])
    assert told.exit_code == 2
    assert told.stderr.startswith(
        {"ky": "Ката: 2-сап, «government» тилкеси:", "ru": "Ошибка: строка 2,"}[language]
    )


def test_kyrgyz_is_the_language_unless_another_is_asked_for() -> None:
    assert (
        "айырманы жабуу үлүшү"
        in CliRunner().invoke(balance_command, [str(WE1), "--envelope", "70000"]).output
    )


def limits_file(folder: Path, text: str) -> str:
    """Write a file of limits; return its path."""
    file = folder / "limits.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_limits_of_a_file_hold_their_lines_and_are_told(tmp_path: Path) -> None:
    limits = limits_file(tmp_path, "scope,name,floor,cap\nregion,R1,,30000\n")
    result = run(WE1, "--envelope", "70000", "--limits", limits)
    assert result.exit_code == 0, result.stderr
    assert "The most of “R1” holds: its lines close 22.2% instead of 40.0%." in result.stdout


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "scope,name\nplanet,R1\n",
            "Error: row 2, column scope: “planet”: a limit is set by “region” or by “kind”.",
        ),
        (
            "scope,name\nregion,\n",
            "Error: row 2, column name: The region or kind of the limit is not stated.",
        ),
        ("scope,name,cap\nregion,R1,much\n", "Error: row 2, column cap: “much” is not a number"),
        ("scope,name\n", "There is no limit in the file."),
        ("scope,cap\nregion,5\n", "Error: row 1: The column “name” is missing."),
        ("scope,name,cap\nregion,R9,5\n", "No line counts towards the limit “R9”."),
        (
            "scope,name,cap\nregion,R2,5\n",
            "The limit “R2” cannot be met: its lines can get between 3,000 and 66,000",
        ),
    ],
)
def test_a_faulty_file_of_limits_is_one_sentence_and_no_answer(tmp_path: Path, text: str, fault: str) -> None:
    result = run(WE1, "--envelope", "70000", "--limits", limits_file(tmp_path, text))
    assert result.exit_code == 2
    assert fault in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_faults_of_lines_and_limits_are_told_together(tmp_path: Path) -> None:
    lines = written(tmp_path, HEADER + "a,x,5,,,\n")
    result = run(lines, "--envelope", "5", "--limits", limits_file(tmp_path, "scope,name\nplanet,R1\n"))
    assert len(result.stderr.splitlines()) == 2


def test_all_rules_stand_side_by_side_with_the_part_nobody_disputes() -> None:
    result = run(WE1, "--envelope", "70000", "--rule", "all", "--format", "csv")
    rows = [row.split(",") for row in result.stdout.splitlines()]
    assert rows[0] == ["line", "claim", "A", "B", "C", "D", "E", "M", "least", "most"]
    assert rows[1] == ["L1", "60000", "18639", "11492", "31708", "12781", "0", "30000", "0", "31708"]
    sums = {
        name: sum(int(row[place] or 0) for row in rows[1:])
        for place, name in enumerate(rows[0])
        if name in "ABCDE"
    }
    assert sums == dict.fromkeys("ABCDE", 70_000)


def test_a_rule_that_lacks_an_indicator_is_named_beside_the_others(tmp_path: Path) -> None:
    file = written(tmp_path, "line,government,lsg\na,0,10\nb,0,20\n")
    result = run(file, "--envelope", "15", "--rule", "all")
    assert result.exit_code == 0
    assert (
        "B — equal gain per resident. “a”: this rule needs the indicator of the column “population”."
        in result.stdout
    )
    assert json.loads(run(file, "--envelope", "15", "--rule", "all", "--format", "json").stdout)["refused"][
        "E"
    ] == {
        "error": "balancing.error.indicator_missing",
        "line": "a",
        "indicator": "population",
    }


def test_all_rules_together_say_that_the_floors_are_too_high(tmp_path: Path) -> None:
    file = written(tmp_path, "line,government,lsg,floor\na,0,10,8\n")
    assert run(file, "--envelope", "5", "--rule", "all").exit_code == 3


def test_json_holds_the_sensitivity_when_asked() -> None:
    document = json.loads(run(WE1, "--envelope", "70000", "--format", "json", "--sensitivity").output)
    assert document["rate"] == "105/338"
    assert document["sensitivity"]["needed"]["1/1"] == "193500/1"
    assert document["sensitivity"]["absent"] == {"swept": "no_priorities"}


def test_the_table_is_followed_by_the_sensitivity_when_asked() -> None:
    told = run(WE1, "--envelope", "70000", "--sensitivity").output
    assert told.startswith(run(WE1, "--envelope", "70000").output)
    assert "A share of 50.0% needs an envelope of " in told


def test_the_sensitivity_is_no_csv_and_no_matter_of_all_rules() -> None:
    for options in (("--format", "csv"), ("--rule", "all")):
        result = run(WE1, "--envelope", "70000", "--sensitivity", *options)
        assert (result.exit_code, "given for one rule" in result.output) == (2, True)


def test_the_findings_stand_below_the_table_and_in_the_json() -> None:
    table = run(WE1, "--envelope", "70000").stdout
    assert "R1: asked 102,000, granted 39,958, 39.2% of the gap closed." in table
    assert "The gap is closed least here: R3, 32.0%." in table
    found = json.loads(run(WE1, "--envelope", "70000", "--format", "json").stdout)["findings"]
    assert [each["closing"] for each in found["regions"]] == ["19979/51000", "7213/22000", "10403/32500"]
    assert (found["left_out"], found["shares"]["lsg"]) == (0, "144/401")
