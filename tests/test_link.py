"""Links and files: exact round trips, any text gives a page, and old links keep their meaning."""

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from declarations import declarations
from engine.setup.experiment import COLORS, MOST_LANES, Experiment, Lane, first_lanes
from engine.setup.link import (
    FORMAT,
    LONGEST_TEXT,
    MOST_NOTICES,
    MOST_PAIRS,
    SLOTS,
    VERSION,
    from_json,
    query,
    read,
    to_json,
    write,
)
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from tests import golden_defaults
from tests.strategies import experiments

MENUS = {"surface": SURFACES, **dict.fromkeys(SLOTS, OPTIMIZERS)}
MENUS |= {f"{slot}.schedule": SCHEDULES for slot in SLOTS}
PARAMETERS = sorted(
    {
        f"{key}.{name}"
        for key, menu in MENUS.items()
        for k in menu.values()
        for name in k().settings()
    }
    | {*MENUS, *declarations(Experiment)}
    | {f"{slot}.{part}" for slot in SLOTS for part in ("name", "color", "shown")}
)
WORDS = sorted({*SURFACES, *OPTIMIZERS, *SCHEDULES, *COLORS, "on", "off"})
NASTY = (
    *("nan", "-nan", "inf", "-inf", "1e999", "-1e999", "1e-400", "0x10", "1_0", "1e", "--1", "٣"),
    *("", " ", "\x00", "\ud800", "'", '"><script>', "=1+1", "None", "true", "\u202e", "%00"),
    "9" * LONGEST_TEXT,
    "9" * 5000,
    "x" * 100_000,
)
NUMERALS = st.floats().map(str) | st.integers().map(str)
TEXTS = st.text() | st.sampled_from(NASTY) | st.sampled_from(WORDS) | NUMERALS
KEYS = st.sampled_from(PARAMETERS) | st.text() | st.sampled_from(NASTY)
MAPPINGS = st.dictionaries(KEYS, TEXTS, max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


def assert_shown(experiment, notices):
    """It is an experiment that could have been set up by hand, and few and short notices."""
    assert read(write(experiment)) == (experiment, ())
    assert len(notices) <= MOST_NOTICES + 1
    assert all(0 < len(notice) <= 8 * LONGEST_TEXT for notice in notices)
    assert all(isinstance(notice, str) for notice in notices)


@given(experiments())
def test_an_experiment_goes_into_a_link_and_back(experiment):
    assert read(write(experiment)) == (experiment, ())
    pairs = parse_qsl(query(experiment), keep_blank_values=True, strict_parsing=False)
    assert len(dict(pairs)) == len(pairs)
    assert read(dict(pairs)) == (experiment, ())


@given(experiments())
def test_an_experiment_goes_into_a_file_and_back(experiment):
    assert from_json(to_json(experiment)) == (experiment, ())


@given(experiments())
def test_a_file_spells_out_every_setting(experiment):
    settings_ = json.loads(to_json(experiment))["settings"]
    parts = [("", experiment), ("surface.", experiment.surface)]
    for slot, lane in zip(SLOTS, experiment.lanes, strict=False):
        parts += [(f"{slot}.", lane.optimizer), (f"{slot}.schedule.", lane.schedule)]
        assert {f"{slot}.name", f"{slot}.color", f"{slot}.shown"} <= settings_.keys()
    assert {prefix + name for prefix, part in parts for name in part.settings()} <= settings_.keys()


@given(experiments())
def test_a_link_says_nothing_that_is_left_out_anyway(experiment):
    whole = write(experiment)
    for key in whole:
        rest = {k: v for k, v in whole.items() if k != key}
        assert read(rest)[0] != experiment or key in SLOTS or key == "surface"


def test_the_first_visit_has_an_empty_link():
    assert write(Experiment()) == {}
    assert read({}) == (Experiment(), ())


@pytest.mark.parametrize("key", SURFACES)
def test_a_surface_as_it_comes_is_one_word(key):
    assert len(write(Experiment().on(SURFACES[key]()))) <= 1


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_lane_as_it_comes_is_one_word(key):
    assert write(Experiment(lanes=(Lane(OPTIMIZERS[key]()),))) == {"a": key}


@settings(max_examples=300)
@given(MAPPINGS)
@example(dict.fromkeys(PARAMETERS, "nan"))
@example(dict.fromkeys(PARAMETERS, "1e999"))
@example(dict.fromkeys(PARAMETERS, "x" * 100000))
@example({"f": "adam"})
@example({"surface": "adam", "a": "rosenbrock", "a.schedule": "on"})
def test_any_mapping_gives_an_experiment(pairs):
    assert_shown(*read(pairs))


@given(st.sampled_from(PARAMETERS), TEXTS)
def test_one_bad_value_is_named_and_leaves_the_rest(key, text):
    rest = {"surface": "rosenbrock", "steps": "77", "b": "adam", "b.lr": "0.5"}
    experiment, notices = read({key: text} | rest)
    assume(notices or not key.startswith("b."))  # a good value of that very lane
    assert_shown(experiment, notices)
    assert experiment.steps == 77
    assert Lane(OPTIMIZERS["adam"](lr=0.5)).optimizer in [x.optimizer for x in experiment.lanes]
    assert all(notice.startswith(key.split(".")[0]) for notice in notices)


@settings(max_examples=200)
@given(JSON)
@example([[[[]]]])
@example({"format": FORMAT})
@example({"format": FORMAT, "version": VERSION, "settings": []})
def test_any_json_gives_an_experiment_or_a_plain_refusal(content):
    for text in (json.dumps(content), json.dumps(file_of(content))):
        try:
            assert_shown(*from_json(text))
        except ValueError as refusal:
            assert_plain(refusal)


def file_of(content):
    return {"format": FORMAT, "version": VERSION, "settings": {"a": content, "x": content}}


def assert_plain(refusal):
    assert type(refusal) is ValueError
    assert 0 < len(str(refusal)) < 100


@given(st.text())
def test_any_text_is_refused_plainly(text):
    with pytest.raises(ValueError, match=r"this file is not JSON|not an experiment") as refusal:
        from_json(text)
    assert_plain(refusal.value)


REFUSED = [
    ("", "this file is not JSON"),
    ("[" * 200_000, "this file is not JSON"),
    ('{"a":' * 200_000 + "1" + "}" * 200_000, "this file is not JSON"),
    ("9" * 5000, "this file is not JSON"),
    ("null", "this JSON file is not an experiment saved here"),
    ('"text"', "this JSON file is not an experiment saved here"),
    ("{}", "this JSON file is not an experiment saved here"),
    (json.dumps({"format": "other", "version": 1}), "not an experiment saved here"),
    (json.dumps({"format": FORMAT}), "it has version None; this app reads version 1"),
    (json.dumps({"format": FORMAT, "version": 2}), "it has version 2; this app reads version 1"),
    (json.dumps({"format": FORMAT, "version": "9" * 999}), "this app reads version 1"),
    (json.dumps({"format": FORMAT, "version": [[[]] * 999]}), "this app reads version 1"),
    (json.dumps({"format": FORMAT, "version": 1, "settings": "x"}), "it holds no settings"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_none_gets_a_clear_message(text, message):
    with pytest.raises(ValueError, match=message) as refusal:
        from_json(text)
    assert_plain(refusal.value)


def test_deep_nesting_inside_the_settings_is_no_danger():
    for depth in (500, 900, 2000, 10_000, 100_000):
        deep = "[" * depth + "]" * depth
        text = f'{{"format": "{FORMAT}", "version": {VERSION}, "settings": {{"steps": {deep}}}}}'
        try:
            assert_shown(*from_json(text))
        except ValueError as refusal:
            assert_plain(refusal)


def test_of_a_million_parameters_only_the_first_are_read():
    pairs = {f"lane{k}.lr": "0.1" for k in range(1_000_000)}
    experiment, notices = read(pairs | {"steps": "7"})
    assert experiment == Experiment()
    assert notices[0] == f"1000001 parameters are too many; {MOST_PAIRS} were read"
    assert notices[-1] == f"and {MOST_PAIRS + 1 - MOST_NOTICES} more"


def test_megabytes_of_text_are_not_read():
    pairs = dict.fromkeys(PARAMETERS, "9" * 1_000_000)
    experiment, notices = read(pairs)
    assert experiment.surface == Experiment().surface
    assert "1000000 characters are too many" in notices[0]


def lanes(*optimizers):
    return tuple(Lane(x, color=color) for x, color in zip(optimizers, COLORS, strict=False))


GOLDEN = {
    "": Experiment(),
    "steps=500": Experiment(steps=500),
    "x=0.5&y=-0.5&noise=2&seed=7&tolerance=1e-6": Experiment(
        x=0.5, y=-0.5, noise=2.0, seed=7, tolerance=1e-6
    ),
    "surface.b=10": Experiment(surface=SURFACES["rosenbrock"](b=10.0)),
    "a=adam": Experiment(lanes=lanes(OPTIMIZERS["adam"]())),
    "a=adam&b=adam&b.beta1=0.5&b.lr=0.2": Experiment(
        lanes=lanes(OPTIMIZERS["adam"](), OPTIMIZERS["adam"](beta1=0.5, lr=0.2))
    ),
    "a=rmsprop&a.centered=on&a.schedule=cosine&a.schedule.floor=0.1": Experiment(
        lanes=(Lane(OPTIMIZERS["rmsprop"](centered=True), SCHEDULES["cosine"](floor=0.1)),)
    ),
    "a=gradient_descent&a.color=sky&a.name=too+fast&a.shown=off": Experiment(
        lanes=(Lane(OPTIMIZERS["gradient_descent"](), color="sky", name="too fast", visible=False),)
    ),
    "a=gradient_descent&b=momentum_lecture&c=adam&d=lion": Experiment(
        lanes=(*first_lanes(), Lane(OPTIMIZERS["lion"](), color="purple"))
    ),
    "surface=beale": Experiment().on(SURFACES["beale"]()),
    "surface=ravine&surface.kappa=10&x=1": replace(
        Experiment().on(SURFACES["ravine"](kappa=10.0)), x=1.0
    ),
}


@pytest.mark.parametrize(("link", "meaning"), GOLDEN.items())
def test_a_link_shared_long_ago_means_what_it_meant(link, meaning):
    assert read(dict(parse_qsl(link, strict_parsing=bool(link)))) == (meaning, ())


def test_the_first_lanes_are_what_an_empty_link_means():
    keys = {kind: key for key, kind in OPTIMIZERS.items()}
    first = [(keys[type(lane.optimizer)], lane.color, lane.schedule) for lane in first_lanes()]
    constant = SCHEDULES["constant"]()
    assert first == [
        ("gradient_descent", "blue", constant),
        ("momentum_lecture", "vermillion", constant),
        ("adam", "green", constant),
    ]
    assert all(lane.optimizer == type(lane.optimizer)() for lane in first_lanes())


def test_slots_and_colors_stand():
    assert SLOTS == "abcdef"
    assert COLORS == ("blue", "vermillion", "green", "purple", "orange", "sky")
    assert len(SLOTS) == MOST_LANES


def test_no_default_that_links_leave_out_has_changed():
    """A link leaves defaults out, so a new default gives every link shared so far a new meaning.

    If a default, a name or a key must change, think about the link format's version first: old
    links have to keep what they meant. Entries that are new on a menu are in nobody's link yet;
    `tests/run` adds them to the table with `python -m tests.golden_defaults`.
    """
    standing = json.loads(golden_defaults.FILE.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(golden_defaults.now()))
    assert golden_defaults.among(now, standing) == standing, (
        "a default that links leave out has changed: think about the link format's version"
    )
    assert golden_defaults.merged(standing, now) == standing, "run `tests.golden_defaults`"


def test_a_default_that_changed_or_went_is_noticed_and_a_new_one_let_in():
    standing = {"adam": {"lr": "0.1", "eps": "1e-8"}}
    for found, same in {
        '{"adam": {"lr": "0.1", "eps": "1e-8"}, "new": {"lr": "1"}}': True,
        '{"adam": {"lr": "0.1", "eps": "1e-8", "new": "0"}}': True,
        '{"adam": {"lr": "0.2", "eps": "1e-8"}}': False,
        '{"adam": {"lr": "0.1"}}': False,
        "{}": False,
    }.items():
        assert (golden_defaults.among(json.loads(found), standing) == standing) == same


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("foo", "'foo' is not a number from -1000000 to 1000000"),
        ("1e9", "1000000000 is outside -1000000 to 1000000"),
        ("nan", "nan is outside -1000000 to 1000000"),
        ("-1e300", "-1e+300 is outside -1000000 to 1000000"),
    ],
)
def test_a_refused_link_names_the_value_and_the_range_in_whole_digits(text, said):
    assert read({"x": text})[1] == (f"x: {said}",)
