"""Whose home is whose is read from the homes themselves, and none becomes somebody else's by accident."""

from __future__ import annotations

import os

import pytest

FIRST = 30_000


def test_a_learner_who_comes_back_is_the_same_user_and_a_new_one_another(spawner, tmp_path):
    first = spawner.own_home(tmp_path / "homes", "ann", FIRST)
    second = spawner.own_home(tmp_path / "homes", "ben", FIRST)
    assert (first, second) == ((tmp_path / "homes" / "ann", FIRST), (tmp_path / "homes" / "ben", FIRST + 1))
    assert spawner.own_home(tmp_path / "homes", "ann", FIRST) == first
    assert {path.stat().st_gid for path in (first[0], second[0])} == {FIRST, FIRST + 1}


def test_nobody_can_list_the_homes_and_an_opened_home_is_closed_again(spawner, tmp_path):
    home, _ = spawner.own_home(tmp_path / "homes", "ann", FIRST)
    home.chmod(0o755)
    spawner.own_home(tmp_path / "homes", "ann", FIRST)
    assert [oct(path.stat().st_mode & 0o777) for path in (home, home.parent)] == ["0o700", "0o711"]


def test_a_number_in_a_gap_and_one_that_the_system_knows_are_not_given(spawner, tmp_path, monkeypatch):
    for name in ("ann", "ben", "cleo"):
        spawner.own_home(tmp_path / "homes", name, FIRST)
    (tmp_path / "homes" / "ben").rmdir()
    assert spawner.own_home(tmp_path / "homes", "dan", FIRST)[1] == FIRST + 3
    person = type("Person", (), {"pw_uid": FIRST + 7})
    monkeypatch.setattr(spawner.pwd, "getpwall", lambda: [person])
    assert spawner.own_home(tmp_path / "homes", "eve", FIRST)[1] == FIRST + 8


def test_a_hub_that_was_stopped_halfway_leaves_no_home_of_roots(spawner, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(spawner.os, "chown", stop)
        with pytest.raises(KeyboardInterrupt):
            spawner.own_home(tmp_path / "homes", "ann", FIRST)
    assert spawner.own_home(tmp_path / "homes", "ann", FIRST)[1] == FIRST
    assert [path.name for path in (tmp_path / "homes").iterdir()] == ["ann"]


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "/etc", "../ann"])
def test_a_name_that_is_no_name_of_one_folder_is_refused(spawner, tmp_path, name):
    with pytest.raises(spawner.HomeError, match="name must be the name of one folder"):
        spawner.own_home(tmp_path / "homes", name, FIRST)


@pytest.mark.parametrize("kind", ["of root", "link", "file"])
def test_a_home_that_is_not_the_learners_own_folder_is_refused(spawner, tmp_path, kind):
    bens, _ = spawner.own_home(tmp_path / "homes", "ben", FIRST)
    anns = tmp_path / "homes" / "ann"
    if kind == "of root":
        anns.mkdir()
    elif kind == "link":
        anns.symlink_to(bens)
        os.chown(anns, FIRST + 1, FIRST + 1, follow_symlinks=False)
    else:
        anns.write_text("")
        os.chown(anns, FIRST + 1, FIRST + 1)
    with pytest.raises(spawner.HomeError, match="must be a folder of a user from 30000 to 39999"):
        spawner.own_home(tmp_path / "homes", "ann", FIRST)


def test_when_all_numbers_are_given_the_next_learner_is_refused_and_nobody_shares(spawner, tmp_path):
    home, _ = spawner.own_home(tmp_path / "homes", "ann", FIRST)
    os.chown(home, FIRST + spawner.MOST_LEARNERS - 1, 0)
    with pytest.raises(spawner.HomeError, match="must have a number left"):
        spawner.own_home(tmp_path / "homes", "ben", FIRST)
