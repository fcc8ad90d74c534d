"""The embedded PostgreSQL, tried with real servers in folders of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from golddraht.house.postgres import (
    Cluster,
    ClusterError,
    FolderRefused,
    OtherMajorVersion,
    StartFailed,
    default_folder,
)
from tests.house.postgres_places import (
    REPOSITORY,
    USER_OF_THE_SERVER,
    another_user_of,
    ask,
    copy_of,
    end_server_of,
    fresh_folder,
    kill,
    let_go,
    server_pid,
    tell,
    wait_for,
)

IS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A stopped cluster to copy from: making one takes a second of a core."""
    path = fresh_folder()
    with Cluster(path).running():
        pass
    yield path
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


@pytest.mark.as_root
@pytest.mark.skipif(not IS_ROOT, reason="only root's server runs as somebody else")
def test_a_closed_parent_folder_is_named_and_stays_closed(empty: Path) -> None:
    closed = empty / "home"
    closed.mkdir(mode=0o700)

    with pytest.raises(FolderRefused, match=rf"{closed} is closed.*GOLDDRAHT_DATA"):
        Cluster(closed / "deep" / "folder").ensure_running()

    assert closed.stat().st_mode & 0o777 == 0o700
    assert not list(closed.iterdir())


@pytest.mark.as_root
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


def test_the_default_folder_can_be_reached_by_the_server() -> None:
    if IS_ROOT:
        assert default_folder({}) == Path("/var/lib/golddraht")
    else:
        assert default_folder({"XDG_DATA_HOME": "/srv/data"}) == Path("/srv/data/golddraht")
