"""Programs that tests start beside the app."""

from pathlib import Path

import pytest

from tests.debian import Program, ProgramMissingError, find, missing


def test_a_program_is_found_where_it_lies_the_newest_of_several(tmp_path: Path) -> None:
    for version in ("15", "17"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "no-such-program").touch()
    assert find(Program("no-such-program", "none", f"{tmp_path}/*/no-such-program")).parent.name == "17"


def test_of_a_program_that_is_missing_it_is_said_what_to_install(tmp_path: Path) -> None:
    absent = Program("no-such-program", "its-package", f"{tmp_path}/*")
    with pytest.raises(ProgramMissingError, match="apt-get install its-package"):
        find(absent)
    assert len(missing([absent])) == 1
