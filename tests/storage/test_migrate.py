"""Libraries of earlier versions come to the present form whole, or stay as they were."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cqcmock.storage import backups, engine, migrate, schema, sittings
from cqcmock.storage.errors import NewerLibraryError
from cqcmock.storage.folder import LIBRARY, make_private_file
from cqcmock.storage.library import Library, open_library
from tests.faults import Tell
from tests.storage import released
from tests.storage.shelves import FIRST_WORDS, a_sitting, add, facts, load, raw

HEAD = migrate.HEAD
FILES = Path(__file__).with_name("files")

NEXT = "9999"
BROKEN = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{migrate.HEAD}"

def upgrade():
    with op.batch_alter_table("sitting") as batch:
        batch.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default=""))
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM event")
    raise RuntimeError("half-way")
"""


def form(path: Path) -> list[tuple[Any, ...]]:
    """Every table and index of the file as SQL, columns and constraints in any order."""
    rows = facts(path, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return sorted((kind, name, table, tuple(sorted(_parts(sql)))) for kind, name, table, sql in rows)


def _parts(sql: str) -> list[str]:
    return [" ".join(line.split()).strip(" ,").replace('"', "") for line in sql.splitlines() if line.strip(" ,\t")]


def test_a_fresh_library_equals_a_migrated_one(tmp_path: Path) -> None:
    open_library(tmp_path / "fresh").close()
    migrated = tmp_path / "migrated.sqlite"
    make_private_file(migrated)
    writer = engine.write_engine(migrated)
    migrate.upgrade(writer)
    writer.dispose()
    assert form(migrated) == form(tmp_path / "fresh" / LIBRARY)
    assert facts(migrated, "SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]


ON_SERVER = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name, is_identity"
        " FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2"
    ),
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2"
    ),
    (
        "SELECT tablename, indexname, replace(indexdef, schemaname || '.', '') FROM pg_indexes"
        " WHERE schemaname = current_schema() ORDER BY 1, 2"
    ),
)


def form_on_server(library: Library) -> list[list[tuple[Any, ...]]]:
    """Every column, constraint and index of a library on a server."""
    return [facts(library, sql) for sql in ON_SERVER]


def test_a_fresh_library_on_a_server_equals_a_migrated_one(server: str, tmp_path: Path) -> None:
    with open_library(tmp_path, server) as opened:
        fresh = form_on_server(opened)
        assert [len(rows) > 13 for rows in fresh] == [True, True, True]
        _drop_everything(opened)
        assert form_on_server(opened) == [[], [], []]
        migrate.upgrade(opened.write_engine)
        assert form_on_server(opened) == fresh
        assert facts(opened, "SELECT version_num FROM alembic_version") == [(migrate.HEAD,)]
    with open_library(tmp_path, server) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        assert load(opened, kept.id).events == FIRST_WORDS


def _drop_everything(library: Library) -> None:
    with library.writing() as work:
        schema.Base.metadata.drop_all(work.connection())
        work.connection().exec_driver_sql("DROP TABLE alembic_version")
        work.commit()


def test_the_newest_form_is_that_of_the_last_script() -> None:
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(migrate.SCRIPTS))
    assert scripts.get_current_head() == migrate.HEAD
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrate.REVISIONS)


def test_migrations_import_nothing_of_the_program() -> None:
    for script in migrate.SCRIPTS.rglob("*.py"):
        assert "cqcmock" not in script.read_text("utf-8"), script


@pytest.mark.parametrize("version", range(1, len(migrate.REVISIONS) + 1))
def test_a_released_library_opens_with_everything_in_it(tmp_path: Path, version: int, fault: Tell) -> None:
    shutil.copyfile(FILES / f"library-schema-{version}.sqlite", tmp_path / LIBRARY)
    older = facts(tmp_path / LIBRARY, "SELECT version_num FROM alembic_version") != [(HEAD,)]
    with open_library(tmp_path) as opened:
        loaded = load(opened, released.SITTING)
    assert len(backups.sound(tmp_path)) == older
    assert loaded.events == released.EVENTS
    assert loaded.reflection == released.REFLECTION
    assert loaded.actions == released.ACTIONS
    assert loaded.sheet == released.SHEET
    assert [planned.question.text for planned in loaded.plan.questions] == released.QUESTIONS
    fault(
        "The library was written by an earlier version",
        area="Migrating",
        tried=1,
        lost=0,
        corrupt=0,
        person_sees="Everything, after a backup of the library as it was",
    )


def test_there_is_a_released_library_of_every_form() -> None:
    assert {path.name for path in FILES.glob("*.sqlite")} == {
        f"library-schema-{number}.sqlite" for number in range(1, len(migrate.REVISIONS) + 1)
    }


def _with_next(scripts: Path, source: str) -> Path:
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_next.py").write_text(source, "utf-8")
    return scripts


def test_a_migration_that_fails_half_way_changes_nothing_and_can_be_run_again(
    library: Library, tmp_path: Path, fault: Tell
) -> None:
    kept = add(library, a_sitting(), FIRST_WORDS)
    before = _form(library)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate.upgrade(library.write_engine, _with_next(tmp_path / "50% broken", BROKEN))
    assert _form(library) == before
    assert load(library, kept.id).events == FIRST_WORDS
    mended = BROKEN.replace('    raise RuntimeError("half-way")\n', "").replace(
        '    op.execute("DELETE FROM event")\n', ""
    )
    migrate.upgrade(library.write_engine, _with_next(tmp_path / "mended", mended))
    if library.path is not None:
        with library.writing() as session:
            assert session.connection().exec_driver_sql("pragma foreign_keys").scalar() == 1
    assert facts(library, "SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert facts(library, "SELECT id, mood FROM sitting") == [(kept.id, "")]
    assert facts(library, "SELECT count(*) FROM event") == [(len(FIRST_WORDS),)]  # children outlive the rebuild
    fault(
        "Bringing an older library to the present form fails half-way",
        area="Migrating",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="The library as it was; the next start tries again",
    )


def _form(library: Library) -> list[Any]:
    return form_on_server(library) if library.path is None else list(form(library.path))


def test_an_older_library_on_a_server_is_migrated_once_by_those_who_start_at_once(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_library(tmp_path, server) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
    mended = BROKEN.replace('raise RuntimeError("half-way")', "").replace("DELETE FROM event", "SELECT 1")
    mended = mended.replace(
        "upgrade():\n", 'upgrade():\n    op.execute("SELECT pg_sleep(1)")\n'
    )  # all have begun by then
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, NEXT))
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr(migrate, "SCRIPTS", _with_next(tmp_path / "scripts", mended))
    start = (
        "import sys\nfrom pathlib import Path\nfrom cqcmock.storage import migrate\n"
        "from cqcmock.storage.library import open_library\nfrom tests.storage.shelves import load\n"
        f"migrate.REVISIONS, migrate.HEAD = (*migrate.REVISIONS, '{NEXT}'), '{NEXT}'\n"
        "migrate.SCRIPTS = Path(sys.argv[3])\n"
        "with open_library(Path(sys.argv[1]), sys.argv[2]) as opened:\n    print(len(load(opened, sys.argv[4]).events))"
    )
    arguments = [sys.executable, "-c", start, str(tmp_path), server, str(tmp_path / "scripts"), kept.id]
    starts = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) for _ in range(3)]
    said = [started.communicate()[0] for started in starts]
    assert said == ["3\n"] * 3
    with open_library(tmp_path, server) as opened:
        assert facts(opened, "SELECT version_num FROM alembic_version") == [(NEXT,)]
        assert facts(opened, "SELECT id, mood FROM sitting") == [(kept.id, "")]


def test_a_newer_library_on_a_server_is_refused_and_not_touched(server: str, tmp_path: Path) -> None:
    with open_library(tmp_path, server) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
        before = form_on_server(opened)
        with opened.writing() as work:
            work.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            work.commit()
        with pytest.raises(NewerLibraryError, match="newer version"):
            open_library(tmp_path, server)
        assert form_on_server(opened) == before
        assert load(opened, kept.id).events == FIRST_WORDS


def test_a_migration_that_leaves_a_row_without_its_parent_is_rolled_back(tmp_path: Path, fault: Tell) -> None:
    folder = tmp_path / "data"
    with open_library(folder) as opened:
        add(opened, a_sitting(), FIRST_WORDS)
    orphan = BROKEN.replace('"DELETE FROM event"', '"DELETE FROM sitting"').replace(
        'raise RuntimeError("half-way")', ""
    )
    writer = engine.write_engine(folder / LIBRARY)
    with pytest.raises(RuntimeError, match="parent"):
        migrate.upgrade(writer, _with_next(tmp_path / "scripts", orphan))
    writer.dispose()
    assert facts(folder / LIBRARY, "SELECT count(*) FROM sitting") == [(1,)]
    fault(
        "Bringing an older library to the present form fails half-way",
        area="Migrating",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="The library as it was; the next start tries again",
    )


def test_an_older_library_is_copied_before_it_is_migrated_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data"
    with open_library(folder) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
    mended = BROKEN.replace('raise RuntimeError("half-way")', "").replace("DELETE FROM event", "SELECT 1")
    scripts = _with_next(tmp_path / "scripts", mended)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, NEXT))
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    with open_library(folder) as opened:
        (copy,) = backups.sound(folder)
        assert any(str(copy.path) in notice for notice in opened.notices)
        with opened.reading() as session:
            assert [summary.id for summary in sittings.recent(session, 9)] == [kept.id]
    assert facts(copy.path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert facts(folder / LIBRARY, "SELECT version_num FROM alembic_version") == [(NEXT,)]


def test_a_library_that_cannot_be_migrated_stays_as_it_was_with_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Tell
) -> None:
    folder = tmp_path / "data"
    with open_library(folder) as opened:
        kept = add(opened, a_sitting(), FIRST_WORDS)
    scripts = _with_next(tmp_path / "scripts", BROKEN)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, NEXT))
        patch.setattr(migrate, "HEAD", NEXT)
        patch.setattr(migrate, "SCRIPTS", scripts)
        with pytest.raises(RuntimeError, match="half-way"):
            open_library(folder)
    assert len(backups.sound(folder)) == 1
    with open_library(folder) as opened:
        assert load(opened, kept.id).events == FIRST_WORDS
    with raw(folder / LIBRARY) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
    fault(
        "Bringing an older library to the present form fails half-way",
        area="Migrating",
        tried=1,
        lost=0,
        corrupt=0,
        half_done=0,
        person_sees="The library as it was; the next start tries again",
    )
