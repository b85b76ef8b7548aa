"""The databases that the tests of rooms are given."""

from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from tests.rooms.postgres import running_postgres


def test_the_database_is_postgresql_and_keeps_what_it_is_told(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as told:
        told.execute(text("CREATE TEMPORARY TABLE words (word text)"))
        told.execute(text("INSERT INTO words VALUES ('öğrenme oranı')"))
        assert told.execute(text("SELECT word FROM words")).scalar_one() == "öğrenme oranı"
        assert str(told.execute(text("SELECT version()")).scalar_one()).startswith("PostgreSQL")
    engine.dispose()


def test_nothing_of_the_database_is_left_behind() -> None:
    with running_postgres() as url:
        folder = Path(str(make_url(url).query["host"]))
        assert (folder / "data" / "postmaster.pid").exists()
    assert not folder.exists()
