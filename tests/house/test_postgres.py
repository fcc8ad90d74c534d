"""The embedded PostgreSQL, tried with real servers in folders of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from golddraht.house.postgres import (
    Cluster,
    ClusterError,
    FolderRefused,
    IncompleteSettings,
    OtherMajorVersion,
    StartFailed,
    UnsafeRole,
    Urls,
    check_app_role,
    default_folder,
    external_urls,
    tools,
)

REPOSITORY = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0

USER_OF_THE_SERVER = """
import sys
from pathlib import Path
from golddraht.house.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]))
urls = cluster.ensure_running()
print(urls.app, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A stopped cluster to copy from: making one takes a second of a core."""
    path = fresh_folder()
    with Cluster(path).running():
        pass
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def house(made: Path) -> Iterator[Cluster]:
    """A running cluster shared by the tests that leave it as they found it."""
    path = copy_of(made)
    cluster = Cluster(path)
    with cluster.running():
        yield cluster
    shutil.rmtree(path)


@pytest.fixture
def place(made: Path) -> Iterator[Path]:
    """A data folder with a stopped cluster. A server still running in it is ended."""
    path = copy_of(made)
    yield path
    end_server_of(path)
    shutil.rmtree(path)


@pytest.fixture
def empty() -> Iterator[Path]:
    """An empty folder that every account can reach. A server still running in it is ended."""
    path = fresh_folder()
    yield path
    end_server_of(path)
    shutil.rmtree(path)


def copy_of(made: Path) -> Path:
    path = fresh_folder()
    subprocess.run(["cp", "-a", f"{made}/.", path], check=True)
    (path / "database-port").unlink()
    return path


def end_server_of(path: Path) -> None:
    cluster = Cluster(path)
    if cluster.is_running():
        os.kill(server_pid(cluster), signal.SIGQUIT)
        wait_for(lambda: not cluster.is_running())


def fresh_folder() -> Path:
    """In memory where that can be had: the disk has nothing to prove here."""
    memory = Path("/dev/shm")
    path = Path(tempfile.mkdtemp(prefix="golddraht-", dir=memory if os.access(memory, os.W_OK) else None))
    path.chmod(0o755)
    return path


def server_pid(cluster: Cluster) -> int:
    return int((cluster.folder / "cluster" / "postmaster.pid").read_text().splitlines()[0])


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def tell(url: str, *sentences: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for sentence in sentences:
            connection.execute(sentence)


def another_user_of(path: Path) -> subprocess.Popen[str]:
    """A program of its own that uses the server until it is told to end or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, str(path)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://")
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    """It ends by itself when nobody talks to it any more."""
    process.communicate("\n", timeout=30)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate(timeout=30)


def wait_for(happened: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def test_a_restart_is_quick_and_keeps_what_was_written(place: Path) -> None:
    with Cluster(place).running() as urls:
        tell(urls.owner, "CREATE TABLE note (words text)", "INSERT INTO note VALUES ('Grüß Gott')")

    began = time.monotonic()
    with Cluster(place).running() as again:
        took = time.monotonic() - began

        assert ask(again.owner, "SELECT words FROM note") == "Grüß Gott"
    assert again == urls
    assert took < 3


def test_users_share_one_server_and_the_last_who_leaves_stops_it(place: Path) -> None:
    first, second = Cluster(place), Cluster(place)
    urls = first.ensure_running()
    pid = server_pid(first)

    assert second.ensure_running() == urls
    assert server_pid(second) == pid
    first.leave()
    assert ask(urls.app, "SELECT 1") == 1

    second.leave()
    assert not second.is_running()
    second.leave()


def test_users_in_other_processes_count_and_a_program_leaves_when_it_ends(place: Path) -> None:
    cluster = Cluster(place)
    urls = cluster.ensure_running()
    other = another_user_of(place)

    cluster.leave()
    assert ask(urls.app, "SELECT 1") == 1

    let_go(other)
    assert not cluster.is_running()


def test_a_killed_user_keeps_nobody_from_stopping_the_server(place: Path) -> None:
    cluster = Cluster(place)
    cluster.ensure_running()
    kill(another_user_of(place))

    cluster.leave()

    assert not cluster.is_running()


def test_the_server_of_a_killed_user_is_taken_over_by_the_next(place: Path) -> None:
    kill(another_user_of(place))
    cluster = Cluster(place)
    assert cluster.is_running()

    with cluster.running() as urls:
        assert ask(urls.app, "SELECT 1") == 1

    assert not cluster.is_running()


def test_many_who_come_at_once_get_one_server(empty: Path) -> None:
    script = USER_OF_THE_SERVER.replace("sys.stdin.readline()", "")
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(empty)],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    ends = [process.communicate(timeout=60) for process in crowd]

    assert {complaint for _, complaint in ends} == {""}
    assert len({url for url, _ in ends}) == 1
    assert not Cluster(empty).is_running()


def test_a_server_killed_at_work_is_healed_by_whoever_watches(place: Path) -> None:
    cluster = Cluster(place)
    urls = cluster.ensure_running()
    tell(urls.owner, "CREATE TABLE note (words text)", "INSERT INTO note VALUES ('kept')")
    assert cluster.watch() is False
    os.kill(server_pid(cluster), signal.SIGKILL)
    wait_for(lambda: not cluster.is_running())

    assert cluster.watch() is True

    assert cluster.ensure_running() == urls
    assert ask(urls.owner, "SELECT words FROM note") == "kept"
    assert cluster.watch() is False
    cluster.leave()


def test_a_server_that_has_lost_a_child_is_waited_for(place: Path) -> None:
    cluster = Cluster(place)
    urls = cluster.ensure_running()
    with closing(psycopg.connect(urls.app)) as unlucky:
        os.kill(unlucky.info.backend_pid, signal.SIGKILL)
        wait_for(lambda: "terminated by signal 9" in cluster.log.read_text())

        again = cluster.ensure_running()

    assert ask(again.app, "SELECT 1") == 1
    cluster.leave()


def test_a_query_that_outlives_its_killed_server_is_waited_for(place: Path) -> None:
    cluster = Cluster(place)
    urls = cluster.ensure_running()
    with closing(psycopg.connect(urls.app)) as busy:
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 2000000)")
        os.kill(server_pid(cluster), signal.SIGKILL)

        again = cluster.ensure_running()

    assert ask(again.app, "SELECT 1") == 1
    cluster.leave()


def test_an_innocent_process_under_the_number_of_a_dead_server_is_neither_trusted_nor_ended(place: Path) -> None:
    cluster = Cluster(place)
    cluster.ensure_running()
    file = place / "cluster" / "postmaster.pid"
    stale = file.read_text()
    cluster.leave()
    sleeper = subprocess.Popen(["sleep", "60"])
    file.write_text(stale.replace(stale.splitlines()[0], str(sleeper.pid), 1))

    assert not cluster.is_running()
    cluster.leave()
    with cluster.running() as urls:
        assert ask(urls.app, "SELECT 1") == 1

    assert sleeper.poll() is None
    sleeper.kill()
    sleeper.wait()


def test_a_start_that_was_cut_off_is_made_whole(empty: Path) -> None:
    (empty / "GOLDDRAHT").write_text("")
    for name in ("cluster.unfinished", "pg-18.4.unfinished"):
        (empty / name).mkdir()
        (empty / name / "half").write_text("")
    with Cluster(empty).running() as urls:
        tell(
            urls.superuser,
            "ALTER DEFAULT PRIVILEGES FOR ROLE golddraht_owner IN SCHEMA public REVOKE ALL ON TABLES FROM golddraht_app",
        )

        Cluster(empty).ensure_running()

        tell(urls.owner, "CREATE TABLE note (words text)")
        assert ask(urls.app, "SELECT count(*) FROM note") == 0


def test_a_port_taken_by_a_stranger_is_left_to_him(place: Path) -> None:
    with Cluster(place).running() as urls:
        port = int(str(conninfo_to_dict(urls.app)["port"]))
    with socket.create_server(("127.0.0.1", port)), Cluster(place).running() as elsewhere:
        assert conninfo_to_dict(elsewhere.app)["port"] != str(port)
        assert ask(elsewhere.app, "SELECT 1") == 1


def test_a_long_path_that_no_socket_can_have_is_served_over_tcp(empty: Path) -> None:
    deep = empty / ("long" * 12) / ("path" * 12)

    with Cluster(deep).running() as urls:
        assert conninfo_to_dict(urls.app)["host"] == "127.0.0.1"
        assert ask(urls.app, "SELECT 1") == 1


def test_the_socket_is_preferred_and_closed_to_others(house: Cluster) -> None:
    urls = house.ensure_running()

    host = Path(str(conninfo_to_dict(urls.app)["host"]))

    assert host == house.folder / "run"
    assert host.stat().st_mode & 0o777 == 0o700


def test_the_server_speaks_to_this_machine_alone_and_asks_for_passwords(house: Cluster) -> None:
    urls = house.ensure_running()

    assert ask(urls.superuser, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(urls.superuser, "SHOW data_checksums") == "on"
    assert ask(urls.app, "SHOW timezone") == "UTC"
    assert ask(urls.superuser, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0
    wrong = urls.app.replace(str(conninfo_to_dict(urls.app)["password"]), "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(wrong, "SELECT 1")


def test_passwords_lie_in_a_closed_file_and_show_nowhere_else(house: Cluster) -> None:
    urls = house.ensure_running()
    password = str(conninfo_to_dict(urls.owner)["password"])

    closed = house.folder / "database-passwords.json"

    assert closed.stat().st_mode & 0o777 == 0o600
    assert password not in repr(urls)
    readable = [each for each in house.folder.iterdir() if each.is_file() and each != closed]
    assert not [each.name for each in readable if password in each.read_text()]


def test_the_app_role_works_with_rows_but_neither_makes_nor_drops_tables(house: Cluster) -> None:
    urls = house.create_database("rights")
    tell(urls.owner, "CREATE TABLE note (id bigint GENERATED BY DEFAULT AS IDENTITY, words text)")

    tell(urls.app, "INSERT INTO note (words) VALUES ('a')", "UPDATE note SET words = 'b'", "DELETE FROM note")

    for forbidden in (
        "CREATE TABLE mine (a int)",
        "DROP TABLE note",
        "TRUNCATE note",
        "ALTER TABLE note ADD COLUMN more text",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
        "SET ROLE golddraht_owner",
        "CREATE ROLE friend",
        "CREATE DATABASE mine",
        "COPY note TO PROGRAM 'cat'",
        "SELECT rolpassword FROM pg_authid",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(urls.app, forbidden)
    house.drop_database("rights")


def test_rows_of_another_tenant_stay_hidden_from_the_app_role(house: Cluster) -> None:
    urls = house.create_database("tenants")
    tell(
        urls.owner,
        "CREATE TABLE note (tenant_id bigint)",
        "INSERT INTO note VALUES (1), (2)",
        "ALTER TABLE note ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY seen ON note USING (tenant_id = 1)",
    )

    assert ask(urls.app, "SELECT count(*) FROM note") == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        tell(urls.app, "SET row_security = off", "SELECT * FROM note")
    assert ask(urls.owner, "SELECT count(*) FROM note") == 2
    house.drop_database("tenants")


def test_only_a_role_that_owns_nothing_passes_the_check(house: Cluster) -> None:
    urls = house.create_database("checked")
    tell(urls.owner, "CREATE TABLE note (words text)")

    assert refusal_of(urls.app) == ""
    assert "owns the table note" in refusal_of(urls.owner)
    assert "is a superuser" in refusal_of(urls.superuser)
    tell(urls.superuser, "ALTER ROLE golddraht_app BYPASSRLS")
    assert "BYPASSRLS" in refusal_of(urls.app)
    tell(urls.superuser, "ALTER ROLE golddraht_app NOBYPASSRLS", "GRANT golddraht_owner TO golddraht_app")
    assert "owns the table note" in refusal_of(urls.app)
    tell(urls.superuser, "REVOKE golddraht_owner FROM golddraht_app")
    house.drop_database("checked")


def refusal_of(url: str) -> str:
    with psycopg.connect(url) as connection:
        try:
            check_app_role(connection)
        except UnsafeRole as refused:
            return str(refused)
    return ""


def test_a_database_is_made_and_dropped_again_and_those_of_others_stay(house: Cluster) -> None:
    urls = house.create_database("spare")
    assert house.create_database("spare") == urls
    with psycopg.connect(urls.app):
        house.drop_database("spare")
    house.drop_database("spare")

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(urls.app, "SELECT 1")
    with pytest.raises(ClusterError, match="stays"):
        house.drop_database("postgres")


def test_a_dump_by_the_owner_is_read_into_a_fresh_database(house: Cluster, tmp_path: Path) -> None:
    before, after = house.create_database("before"), house.create_database("after")
    tell(before.owner, "CREATE TABLE note (words text)", "INSERT INTO note VALUES ('kept')")

    tools().run("pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", url=before.owner)
    tools().run("pg_restore", "--dbname=after", "--exit-on-error", tmp_path / "dump", url=after.owner)

    assert ask(after.app, "SELECT words FROM note") == "kept"
    with pytest.raises(ClusterError, match="psql failed"):
        tools().run("psql", "--command=SELECT nonsense", url=after.owner)
    for name in ("before", "after"):
        house.drop_database(name)


def test_the_log_tells_nothing_of_what_customers_wrote(house: Cluster) -> None:
    urls = house.create_database("quiet")
    tell(urls.owner, "CREATE TABLE person (address text UNIQUE)")
    with pytest.raises(psycopg.errors.UniqueViolation):
        tell(urls.app, "INSERT INTO person VALUES ('gerda@example.org'), ('gerda@example.org')")
    house.drop_database("quiet")

    assert "duplicate key" in house.log.read_text()
    assert "gerda" not in house.log.read_text()


def test_a_log_that_has_grown_is_put_aside(house: Cluster) -> None:
    house.ensure_running()
    with house.log.open("a") as log:
        log.write("x" * 11_000_000)

    house.watch()

    wait_for(house.log.exists)
    assert house.log.stat().st_size < 1_000_000
    assert house.log.with_name("postgres.log.1").stat().st_size > 11_000_000


@pytest.mark.parametrize("strange", ["cluster/PG_VERSION", "base/1/2", "PG_VERSION"])
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(empty: Path, strange: str) -> None:
    (empty / strange).parent.mkdir(parents=True, exist_ok=True)
    (empty / strange).write_text("18\n")
    before = sorted(empty.rglob("*"))

    with pytest.raises(FolderRefused, match="GOLDDRAHT_DATA"):
        Cluster(empty).ensure_running()

    assert sorted(empty.rglob("*")) == before


def test_a_single_foreign_file_does_no_harm(empty: Path) -> None:
    (empty / "boot.log").write_text("hello")

    with Cluster(empty).running() as urls:
        assert ask(urls.app, "SELECT 1") == 1

    assert (empty / "boot.log").read_text() == "hello"


def test_a_cluster_of_another_major_version_is_refused(empty: Path) -> None:
    (empty / "GOLDDRAHT").write_text("")
    (empty / "cluster").mkdir()
    (empty / "cluster" / "PG_VERSION").write_text("17\n")

    with pytest.raises(OtherMajorVersion, match=r"PostgreSQL 17.*upgrade-database.*backup"):
        Cluster(empty).ensure_running()


def test_a_failed_start_shows_the_end_of_the_log_and_leaves_nobody_waiting(place: Path) -> None:
    with (place / "cluster" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'much'\n")

    with pytest.raises(StartFailed, match=r'invalid value for parameter "shared_buffers"'):
        Cluster(place).ensure_running()

    assert not Cluster(place).is_running()


def test_lost_passwords_are_named(place: Path) -> None:
    (place / "database-passwords.json").unlink()

    with pytest.raises(ClusterError, match=r"database-passwords.json is missing"):
        Cluster(place).ensure_running()


@pytest.mark.skipif(not IS_ROOT, reason="only root's server runs as somebody else")
def test_a_closed_parent_folder_is_named_and_stays_closed(empty: Path) -> None:
    closed = empty / "home"
    closed.mkdir(mode=0o700)

    with pytest.raises(FolderRefused, match=rf"{closed} is closed.*GOLDDRAHT_DATA"):
        Cluster(closed / "deep" / "folder").ensure_running()

    assert closed.stat().st_mode & 0o777 == 0o700
    assert not list(closed.iterdir())


@pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")
def test_an_ordinary_user_runs_it_as_himself_and_root_may_join(empty: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    python = interpreter_for(nobody)
    if python is None:
        pytest.skip("no Python of this version that the user nobody can run")
    os.chown(empty, nobody.pw_uid, nobody.pw_gid)
    script = USER_OF_THE_SERVER.replace("sys.stdin.readline()", "")

    for _ in range(2):
        run_as(nobody, [python, "-c", script, str(empty)])
        with Cluster(empty).running() as urls:
            assert ask(urls.app, "SELECT 1") == 1

    assert {each.lstat().st_uid for each in empty.rglob("*")} == {nobody.pw_uid}


def interpreter_for(user: pwd.struct_passwd) -> str | None:
    """The present Python, or the system's of the same version where the present one lies in a closed home."""
    system = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    return next((each for each in (sys.executable, system) if can_run(user, each)), None)


def can_run(user: pwd.struct_passwd, python: str) -> bool:
    try:
        run_as(user, [python, "-c", "import golddraht.house.postgres"])
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def run_as(user: pwd.struct_passwd, command: list[str]) -> None:
    packages = Path(psycopg.__file__).parents[1]
    subprocess.run(
        command,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": os.defpath, "PYTHONPATH": f"{REPOSITORY}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        timeout=60,
    )


def test_an_own_server_needs_both_addresses() -> None:
    app, owner = "postgresql://app@db/x", "postgresql://owner@db/x"
    both = {"GOLDDRAHT_DATABASE_URL": app, "GOLDDRAHT_OWNER_DATABASE_URL": owner}

    assert external_urls({}) is None
    assert external_urls(both) == Urls(app=app, owner=owner)
    for only in both:
        with pytest.raises(IncompleteSettings, match="needs both"):
            external_urls({only: both[only]})


def test_the_default_folder_can_be_reached_by_the_server() -> None:
    if IS_ROOT:
        assert default_folder({}) == Path("/var/lib/golddraht")
    else:
        assert default_folder({"XDG_DATA_HOME": "/srv/data"}) == Path("/srv/data/golddraht")
