"""The page without a browser: every surface, rule and schedule opens; a widget changes its own."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from declarations import Choice, Number, Switch, Text, declarations
from engine.setup.experiment import Experiment, Lane
from engine.setup.link import changed, write
from interface.state import BEGUN, COMPLETE
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES
from surfaces.base import Surface
from tests.strategies import TEXTS

PAGE = Path(__file__).parents[1] / "interface" / "page.py"


def opened(experiment=None):
    """Return the page as a link opens it."""
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, text in write(experiment or Experiment()).items():
        page.query_params[name] = text
    page.run()
    assert not page.exception
    assert shown(page) == (experiment or Experiment())
    return page


def shown(page):
    return page.session_state["session"].experiment


def alone(optimizer=None, schedule=None):
    """Return an experiment with one lane."""
    lane = Lane(optimizer or OPTIMIZERS["adam"](), schedule or SCHEDULES["constant"]())
    return Experiment(lanes=(lane,))


def another(declaration, value):
    """Return another allowed value that the widget offers."""
    if isinstance(declaration, Switch):
        return not value
    if isinstance(declaration, Choice):
        return next(option for option in declaration.options if option != value)
    if isinstance(declaration, Text):
        return next(text for text in TEXTS[declaration.label] if text != value)
    stops = [stop for stop in declaration.stops() if stop != value]
    return stops[len(stops) // 2]


def widget(page, declaration, key):
    kind = {Number: page.select_slider, Switch: page.toggle, Choice: page.selectbox}
    kind[Text] = page.text_input
    return kind[type(declaration)](key=key)


def assert_defaults(page):
    """Each control is drawn with what it shows, as the browser builds it without a write."""
    for one in page.selectbox:
        assert (one.key, one.proto.default) == (one.key, one.index)
    for one in page.select_slider:
        stop = one.options[int(one.proto.default[0])]
        assert (one.key, stop) == (one.key, one.format_func(one.value))
    texts = [one for one in page.text_input if one.key not in (BEGUN, COMPLETE)]
    for one in (*page.toggle, *page.number_input, *texts):
        assert (one.key, one.proto.default) == (one.key, one.value)


def assert_widgets_change_their_own(experiment, slot, part, put):
    """Move each widget of a part, and type into it; nothing else may change."""
    page = opened(experiment)
    for name, declaration in declarations(type(part)).items():
        if name in part.unused():
            continue
        key = f"{slot}.{type(part).__name__}.{name}"
        if isinstance(part, Surface) and name in part.elsewhere:
            assert key not in [one.key for one in page.text_input]
            continue
        value = another(declaration, getattr(part, name))
        widget(page, declaration, key).set_value(value).run()
        assert not page.exception
        assert shown(page) == put(replace(part, **{name: value}))
        assert_defaults(page)
        if isinstance(declaration, Number):
            usual = getattr(part, name)
            page.text_input(key=f"{key}.exact").set_value(declaration.write(usual)).run()
        else:
            widget(page, declaration, key).set_value(getattr(part, name)).run()
        assert shown(page) == experiment


def test_the_first_visit_has_no_exception_no_notice_and_a_bare_address():
    page = opened()
    assert not page.warning
    assert not page.query_params


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_opens_and_its_widgets_change_their_own(key):
    surface = SURFACES[key]()
    experiment = Experiment().on(surface)
    assert_widgets_change_their_own(experiment, "surface", surface, experiment.on)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_opens_and_its_widgets_change_their_own(key):
    optimizer = OPTIMIZERS[key]()
    assert_widgets_change_their_own(alone(optimizer), "a", optimizer, alone)


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule_opens_and_its_widgets_change_their_own(key):
    schedule = SCHEDULES[key]()
    experiment = alone(schedule=schedule)

    def put(new):
        return alone(schedule=new)

    assert_widgets_change_their_own(experiment, "a.schedule", schedule, put)


def test_each_menu_entry_can_be_chosen():
    page = opened(alone())
    for key, kind in OPTIMIZERS.items():
        page.selectbox(key="a.rule").set_value(key).run()
        assert shown(page) == alone(kind())
    for key, kind in SURFACES.items():
        page.selectbox(key="surface").set_value(key).run()
        assert type(shown(page).surface) is kind
        assert shown(page).start == kind().start


@pytest.mark.parametrize(
    ("name", "text"), [("x", "0.125"), ("y", "-2.5"), ("steps", "77"), ("steps", "2000")]
)
def test_start_and_steps_are_entered_exactly(name, text):
    page = opened()
    page.text_input(key=f"{name}.exact").set_value(text).run()
    assert shown(page) == replace(Experiment(), **{name: declarations(Experiment)[name].read(text)})


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e99", "one", "0x10", "-1", "9" * 5000])
def test_an_entry_that_is_not_allowed_changes_nothing_and_says_why(text):
    page = opened()
    page.text_input(key="steps.exact").set_value(text).run()
    assert not page.exception
    assert shown(page) == Experiment()
    said = [block.body for block in page.sidebar.get("html") if 'role="alert"' in block.body]
    assert len(said) == 1
    assert ">steps: " in said[0]
    assert page.text_input(key="steps.exact").value == text


def test_a_comma_and_a_true_minus_are_understood():
    page = opened()
    page.text_input(key="x.exact").set_value("\u22120,75").run()
    assert shown(page).x == -0.75


def test_the_address_tells_the_experiment_after_every_change():
    page = opened()
    page.text_input(key="steps.exact").set_value("50").run()
    told = {k: v[0] if isinstance(v, list) else v for k, v in dict(page.query_params).items()}
    assert told == write(shown(page))


@pytest.mark.parametrize(
    "pairs",
    [
        {"surface": "moon", "a": "teleport"},
        {"a": "adam", "a.lr": "NaN", "a.beta1": "-inf"},
        {"x": "1e400", "steps": "-5", "noise": "many"},
        {"a": "adam", "a.name": "n" * 500_000},
        {f"lane{k}": "adam" for k in range(990)},
        {"view.chosen": "99", "view.map": "4d", "view.": ""},
        {"": "", "surface.": "", "a.": ""},
    ],
)
def test_a_bad_link_gives_defaults_and_a_short_notice(pairs):
    page = AppTest.from_file(str(PAGE), default_timeout=60)
    for name, text in pairs.items():
        page.query_params[name] = text
    page.run()
    assert not page.exception
    assert 1 <= len(page.warning) <= 8
    assert sum(len(notice.value) for notice in page.warning) < 4000


def test_another_seed_is_one_step_away():
    page = opened()
    page.session_state["more"] = True
    page.run()
    page.number_input(key="seed").increment().run()
    assert shown(page) == replace(Experiment(), seed=1)
    page.run()
    assert_defaults(page)


def test_settings_said_on_the_stage_become_the_experiment():
    assert changed(Experiment(), {"c.lr": "0.2", "x": "0.5"})[0] == replace(
        Experiment(
            lanes=(
                *Experiment().lanes[:2],
                replace(Experiment().lanes[2], optimizer=OPTIMIZERS["adam"](lr=0.2)),
            )
        ),
        x=0.5,
    )
