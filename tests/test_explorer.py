"""The gait explorer's Python side: what it takes and hands over, and the words that both sides say alike."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipbook import reference
from hipbook.motion import compensation, gait
from hipbook.motion.compensation import LEE_SHARE
from hipbook.strings import sentences
from hipbook.widgets.explorer import ExplorerError, GaitExplorer, gait_explorer
from hipbook.widgets.gait_words import describe_walk, rounded

SETTINGS = ("gait", "speed", "hip_extension_limit_deg", "stiff_side", "share", "pelvis", "leg_length_m")
SAY = """
import { readFileSync } from "node:fs";
import { walker } from "./src/explorer/walk.js";
import { describeWalk } from "./src/explorer/words.js";
import { translator } from "./src/common/translator.js";
const { reference, strings, all } = JSON.parse(readFileSync(0, "utf8"));
const walkFor = walker(reference), t = translator(strings);
console.log(JSON.stringify(all.map((settings) => describeWalk(t, reference, settings, walkFor(settings)))));
"""


def test_it_begins_with_a_walker_whom_nothing_limits():
    explorer = gait_explorer()
    assert explorer.speed == gait.WALKING_SPEEDS["free"]
    assert "nothing holds this walker back" in explorer.sentence
    free = compensation.walk(explorer.speed, hip_extension_limit_deg=None)
    assert (explorer.walk.lumbar_extension_deg == free.lumbar_extension_deg).all()


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ({"hip_extension_limit_deg": 31}, "hip_extension_limit_deg must be between -10 and 30, got 31"),
        ({"speed": 0.9}, "speed must be between 0.172 and 0.694, got 0.9"),
        ({"speed": "brisk"}, "must be a number or one of very_slow, slow, free, fast, very_fast, got 'bri"),
        ({"share": float("nan")}, "share must be between 0 and 1, got nan"),
        ({"leg_length_m": 90}, "leg_length_m must be between 0.5 and 1.2, got 90"),
        ({"stiff_side": "near"}, "stiff_side must be one of left, right, both, got 'near'"),
        ({"pelvis": "free"}, "pelvis must be one of held, when_needed, got 'free'"),
        ({"gait": "skipping"}, "gait must be one of walking, running, got 'skipping'"),
        ({"limit": 3}, "setting must be one of gait, stiff_side, pelvis, speed"),
    ],
)  # fmt: skip
def test_a_setting_it_cannot_take_is_named_with_rule_and_value(start, message):
    with pytest.raises(ExplorerError, match=re.escape(message)):
        gait_explorer(**start)


def test_a_setting_can_be_set_later_and_is_still_checked():
    explorer = gait_explorer()
    explorer.hip_extension_limit_deg = 0
    assert "stop at standing straight" in explorer.sentence
    with pytest.raises(ExplorerError, match="got -11"):
        explorer.hip_extension_limit_deg = -11
    assert explorer.hip_extension_limit_deg == 0


def test_without_a_browser_its_sentence_stands_in_its_place():
    explorer = gait_explorer(hip_extension_limit_deg=5, stiff_side="left")
    assert explorer.sentence in repr(explorer)
    assert "the left hip extends 5° at most" in repr(explorer)


def test_every_setting_travels_to_the_browser_with_its_limits():
    explorer = gait_explorer()
    state = explorer.get_state()
    assert set(SETTINGS) <= set(state)
    assert set(state["reference"]["limits"]) == {"speed", "hip_extension_limit_deg", "share", "leg_length_m"}
    json.dumps(state["reference"], allow_nan=False)
    assert all(key.startswith("explorer.") for key in state["strings"])
    assert GaitExplorer._esm.strip()


def test_what_the_measured_speeds_give_for_the_share_is_what_the_control_says():
    spread = gait_explorer().reference["spread"]
    assert spread == {
        "very_slow_free": "−5", "free_fast": "42", "fast_very_fast": "126", "free_very_fast": "77",
        "lee_low": "50", "lee_high": "100",
    }  # fmt: skip


def test_lee_s_share_follows_from_the_norms():
    norms = reference.norms()
    lee = norms[norms["source_key"] == "lee2005"]

    def older_less_young(measure: str, condition: str) -> float:
        rows = lee[(lee["measure"] == measure) & (lee["task_or_test"] == condition)]
        means = {row.population.split()[0]: row.mean_deg for row in rows.itertuples()}
        return means["older"] - means["young"]

    tilt = older_less_young("anterior pelvic tilt", "walking comfortable")
    hip = older_less_young("peak hip extension", "walking comfortable")
    tilt_standing = older_less_young("anterior pelvic tilt", "standing")
    hip_standing = older_less_young("hip extension", "standing")
    assert -tilt / hip == LEE_SHARE[1]
    assert -(tilt - tilt_standing) / (hip - hip_standing) == LEE_SHARE[0]


@given(st.floats(-100, 100), st.integers(0, 2))
def test_numbers_in_words_round_half_up_and_never_say_minus_nothing(value, decimals):
    said = rounded(value, decimals)
    assert "-" not in said
    assert float(said.replace("−", "-")) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-9)
    assert not re.fullmatch("−0(\\.0+)?", said)


@given(
    speed=st.floats(0.172, 0.694),
    limit=st.floats(-10, 30),
    side=st.sampled_from(compensation.STIFF_SIDES),
    share=st.floats(0, 1),
    pelvis=st.sampled_from(compensation.PELVIS_MODES),
)
def test_the_sentence_says_what_the_model_computes_and_frightens_no_one(speed, limit, side, share, pelvis):
    walk = compensation.walk(
        speed, hip_extension_limit_deg=limit, stiff_side=side, share=share, pelvis=pelvis
    )
    said, summary = describe_walk(walk, 0.9), compensation.summary(walk, 0.9)
    assert not re.search(r"\{|nan|damage|wear|pays|\b-\d", said)
    if "nothing holds" not in said:
        assert f"{rounded(summary.step_length_cm)} cm" in said
        extra = rounded(summary.extra_lumbar_extension_deg)
        assert (f"up to {extra}° beyond its usual peak" in said) == (extra != "0")


def test_what_stays_the_same_is_not_said_to_be_instead_of_itself():
    walk = compensation.walk(
        gait.WALKING_SPEEDS["free"], hip_extension_limit_deg=15, stiff_side="both", share=1, pelvis="held"
    )
    said = describe_walk(walk, 0.9)
    assert "as far behind the torso as usual: 18°" in said
    assert "as long as usual: 68 cm" in said
    assert "instead" not in said


def test_the_browser_says_the_same_words_for_the_same_settings(root, skip_or_fail):
    if shutil.which("node") is None:
        skip_or_fail("node", "install Node.js 20 or newer")
    all_settings = [
        {"gait": kind, "speed": speed, "hip_extension_limit_deg": limit, "stiff_side": side, "share": share,
         "pelvis": pelvis, "leg_length_m": leg}
        for kind, speed in (("walking", 0.172), ("walking", 0.429), ("walking", 0.694), ("running", 0.429))
        for limit in (-10, 0, 7.5, 16, 30)
        for side in compensation.STIFF_SIDES
        for share, pelvis, leg in ((0.75, "held", 0.9), (0.3, "when_needed", 0.71), (1, "held", 1.05))
    ]  # fmt: skip
    explorers = [gait_explorer(**settings) for settings in all_settings]
    given_ = {"reference": explorers[0].reference, "strings": sentences(), "all": all_settings}
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SAY],
        cwd=root / "frontend",
        input=json.dumps(given_),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == [explorer.sentence for explorer in explorers]


def test_importing_hipbook_loads_neither_the_explorer_nor_numpy():
    heavy = ("numpy", "anywidget", "hipbook.widgets")
    code = f"import hipbook, sys; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_where_there_is_no_kernel_the_still_figure_and_the_sentence_of_the_same_settings_remain():
    explorer = gait_explorer(hip_extension_limit_deg=5)
    data = explorer._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert data["text/html"].startswith("<figure")
    assert html.escape(explorer.sentence) in data["text/html"]
    assert explorer.sentence in data["text/plain"]
