"""A saved page is alive: from disk, without a network, it follows the hand."""

import numpy as np
import pytest
from playwright.sync_api import expect

from engine.setup.link import changed, read
from interface.handout import handout, lesson_handout
from labs.basins.look import RESOLUTION
from labs.basins.study import centers, lane_basins
from labs.view import View
from lessons.menu import menu
from lessons.shapes import SKIPPED
from lessons.sitting import Sitting
from lessons.standing import begun
from optimizers import OPTIMIZERS
from tests.browser.stage import (
    becomes,
    changes,
    follow,
    on_map,
    path,
    points,
    ranges,
    start_center,
)
from tests.sweeps.axes import Wanted, axes, offered
from tests.sweeps.colors import best
from tests.sweeps.study import ends

USUAL = View()
LINK = {"a": "adam", "b": "line_search", "b.schedule": "cosine", "surface": "two_wells"}


@pytest.fixture
def saved(browser, tmp_path):
    """Open a page saved to disk with the network blocked; nothing may be asked for or go wrong."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, offline=True)
    wrong = []

    def opened(link, view=USUAL, script="", text=""):
        file = tmp_path / "saved.html"
        file.write_text(text or handout(read(link)[0], view), encoding="utf-8")
        page = context.new_page()
        page.add_init_script(script)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("request", lambda asked: "file:" in asked.url or wrong.append(asked.url))
        page.goto(file.as_uri())
        page.wait_for_selector(".stage .overlay .line", state="attached")
        return page

    yield opened
    context.close()
    assert [one for one in wrong if not one.startswith(("data:", "blob:"))] == []


def assert_runs(page, experiment):
    """The first lane on the page is the run of this experiment."""
    (x0, x1), (y0, y1) = ranges(page)
    x = experiment.runs()[0].x
    shown = np.array(points(page))
    box = page.locator(".stage .map .nsewdrag").first.bounding_box()
    right = (x[:, 0] - x[0, 0]) / (x1 - x0) * box["width"]
    down = (x[0, 1] - x[:, 1]) / (y1 - y0) * box["height"]
    np.testing.assert_allclose(shown - shown[0], np.stack((right, down), -1), atol=0.5)


def setting(page, owner, label):
    group = page.locator(".settings fieldset").filter(
        has=page.locator(f'legend:text-is("{owner}")')
    )
    return group.locator(".setting").filter(has_text=label).locator("input")


def test_the_start_is_dragged_and_stays_where_it_was_let_go(saved):
    page = saved(LINK)
    page.mouse.move(*start_center(page))
    page.mouse.down()
    changes(page, lambda: path(page), lambda: follow(page, on_map(page, 0.4, 0.3), steps=3))
    seen = path(page)
    page.mouse.up()
    becomes(page, lambda: page.locator(".handout-caption").inner_text(), lambda t: "x =" in t)
    assert path(page) == seen
    x, y = (setting(page, "Start and noise", f"start {side}") for side in "xy")
    said = [float(one.get_attribute("aria-valuetext").replace("−", "-")) for one in (x, y)]
    assert said != [3.6, 1.9]


def test_every_setting_is_a_slider_and_another_lane_keeps_what_was_changed(saved):
    page = saved(LINK)
    page.locator(".settings summary").click()
    expect(page.locator(".setting")).to_have_count(15)
    rate = setting(page, "Adam", "learning rate")
    changes(page, lambda: path(page), lambda: rate.press("ArrowRight"))
    lr = page.locator(".handout-caption").inner_text().split("a.lr = ")[1]
    assert_runs(page, changed(read(LINK)[0], {"a.lr": lr})[0])
    stars = page.locator(".critical-mark").first
    width = setting(page, "Two wells", "width")
    changes(page, lambda: stars.get_attribute("transform"), lambda: width.press("PageDown"))
    seen = path(page)
    page.locator(".legend .lane").nth(1).click()
    expect(page.locator(".legend .lane").nth(1)).to_have_attribute("aria-pressed", "true")
    assert path(page) == seen


def test_a_lane_gets_another_rule_and_its_settings(saved):
    page = saved(LINK)
    page.locator(".settings summary").click()
    pick = page.get_by_label("Optimizer of Adam", exact=True)
    pick.focus()
    titles = [kind.title for kind in OPTIMIZERS.values()]
    titles.insert(titles.index("RMSProp") + 1, "RMSProp, centered")
    assert pick.locator("option").all_inner_texts() == titles
    changes(page, lambda: path(page), lambda: pick.select_option(label="RMSProp"))
    other = read(LINK | {"a": "rmsprop"})[0]
    assert_runs(page, other)
    expect(page.get_by_label("Optimizer of RMSProp", exact=True)).to_be_focused()
    with page.expect_popup() as opened:
        page.locator(".rule .references a", has_text="RMSProp").click()
    expect(opened.value.locator("h1")).to_have_text("RMSProp")
    expect(opened.value.locator("figure svg > path[d^=M]").first).to_be_visible()
    expect(page.locator(".handout-caption")).to_contain_text("a = RMSProp")
    expect(page.locator(".legend .lane").first).to_contain_text("RMSProp")
    expect(page.locator(".rule .lines [data-slot]").first).not_to_be_empty()
    rate = setting(page, "RMSProp", "learning rate")
    changes(page, lambda: path(page), lambda: rate.press("PageUp"))
    lr = page.locator(".handout-caption").inner_text().split("a.lr = ")[1]
    assert_runs(page, changed(other, {"a.lr": lr})[0])
    page.locator(".legend .lane").nth(1).click()
    line_search = page.get_by_label("Optimizer of Line search", exact=False)
    changes(
        page,
        page.locator(".rule .lines").inner_html,
        lambda: line_search.select_option(label="Adam"),
    )
    assert_runs(page, changed(other, {"a.lr": lr})[0])
    noise = setting(page, "Start and noise", "gradient noise")
    changes(page, page.locator(".rule .lines [data-slot]").count, lambda: noise.press("PageUp"))
    expect(page.locator(".rule .lines [data-slot]").first).not_to_be_empty()


def test_lanes_of_one_rule_are_told_apart_by_what_differs(saved):
    page = saved({"a": "adam", "b": "rmsprop", "surface": "two_wells"})
    page.locator(".settings summary").click()
    first = page.get_by_label("Optimizer of Adam", exact=True)
    first.select_option(label="RMSProp, centered")
    legend = page.locator(".legend .lane")
    expect(legend.first).to_contain_text("RMSProp, centered")
    expect(legend.nth(1)).to_contain_text("RMSProp, not centered")
    usual = read({"a": "rmsprop", "b": "rmsprop", "surface": "two_wells"})[0]
    assert_runs(page, changed(usual, {"a.centered": "on"})[0])
    page.get_by_label("Optimizer of RMSProp, centered").select_option(label="RMSProp")
    expect(legend.nth(1)).to_contain_text("RMSProp (2)")
    rate = setting(page, "RMSProp", "learning rate")
    rate.press("PageUp")
    expect(legend.nth(1)).to_contain_text("RMSProp, rate 0.05")
    expect(legend.first).to_contain_text("RMSProp, rate 0.")
    expect(page.locator(".setting input:focus")).to_have_count(1)


def test_a_rule_that_cannot_run_in_the_page_is_refused_in_words(saved):
    data = {"surface": "linear_regression", "surface.data": "generated", "steps": "2000"}
    page = saved(data | {"a": "adam"})
    page.locator(".settings summary").click()
    pick = page.get_by_label("Optimizer of Adam", exact=True)
    pick.select_option(label="RMSProp")
    said = becomes(page, lambda: pick.evaluate("menu => menu.validationMessage"), bool)
    assert said.startswith("RMSProp was not run")
    assert pick.locator("option:checked").inner_text() == "Adam"


def starts_by_end(page):
    """How many starts end in each named minimum, as the page's legend says."""
    return [int(text) for text in page.locator(".outcomes.ends tbody .count").all_inner_texts()][:2]


NO_WORKERS = "delete globalThis.Worker"


@pytest.mark.parametrize("script", ["", NO_WORKERS], ids=["workers", "page alone"])
def test_maps_are_computed_in_the_page(saved, script):
    """Those of starts, in workers or between frames, of its own rules and of one that is picked."""
    link = LINK | {"steps": "60"}
    page = saved(link, View(lab="basins"), script)
    page.locator(".settings summary").click()
    for rule in ("adam", "rmsprop"):
        experiment = read(link | {"a": rule})[0]
        if rule != "adam":
            page.get_by_label("Optimizer of Adam", exact=True).select_option(label="RMSProp")
            expect(page.locator(".basin-panel h2").first).to_have_text("RMSProp")
        expect(page.locator(".basin-progress")).to_be_hidden()
        grid = centers(experiment.surface.window, RESOLUTION)
        end = lane_basins(experiment, 0, grid).end
        whole = [int(np.sum(end == k)) for k in (0, 1)]
        becomes(page, lambda: starts_by_end(page), lambda now, whole=whole: now == whole)


def test_a_sweep_is_planned_and_computed_in_the_page(saved):
    """With theory's lines over it; it follows a setting that is on none of its axes."""
    link = {"surface": "ravine", "a": "momentum", "steps": "60"}
    page = saved(link, View(lab="sweep"))
    sweep = page.locator(".lab-page.sweep")
    expect(sweep).to_have_attribute("data-drawn", "whole")
    experiment = read(link)[0]
    plan = axes(experiment, 0, Wanted())
    whole = ends(experiment, 0, plan.settings(*(np.arange(n) for n in plan.shape[1:])))
    _, row, column = best(whole, "loss")
    rate, momentum = plan.across.values[column], plan.up.values[row]
    said = sweep.locator(".sweep-best")
    expect(said).to_contain_text(f"learning rate η {rate:g}, momentum β {momentum:g}")
    expect(sweep.locator(".sweep-ground")).to_contain_text("critical, flat")
    expect(sweep.get_by_label("Up", exact=True).locator("option")).to_have_count(
        len(offered(experiment, 0))
    )
    page.locator(".settings summary").click()
    kappa = setting(page, "Ravine", "condition number")
    changes(page, said.inner_text, lambda: kappa.press("PageDown"))
    page.get_by_role("tab", name="Tuning", exact=True).click()
    for name in ("Tune all with the same budget", "Use these"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".tuned")).to_contain_text("These settings are in the lanes now")


def test_the_scrubber_and_its_fan_work_without_a_server(saved):
    page = saved(LINK)
    page.get_by_role("combobox", name="Scrub a setting").select_option("a.lr")
    stops = page.locator(".scrub input.stops")
    becomes(page, lambda: int(stops.get_attribute("max") or 0), lambda most: most > 100)
    changes(page, lambda: path(page), lambda: stops.press("PageUp"))
    becomes(page, lambda: page.locator(".handout-caption").inner_text(), lambda t: "a.lr" in t)
    page.locator(".fan-toggle").click()
    expect(page.locator(".fan-key").first).to_contain_text("Adam, learning rate")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_it_carries_the_reference_of_what_it_shows(saved):
    page = saved(LINK)
    for name, title in (("Adam", "Adam"), ("Two wells", None)):
        link = page.locator(".rule .references a", has_text=name).first
        with page.expect_popup() as opened:
            link.click()
        expect(opened.value.locator("h1")).to_have_text(title or link.text_content())
        expect(opened.value.locator("a")).to_have_count(0)


LIVE = [
    {"surface": "formula", "surface.text": "x^2 + 3y^2 + a sin(3x)", "a": "momentum"},
    {"surface": "logistic_regression", "surface.batch": "4", "a": "adam", "noise": "0.1"},
    {"surface": "linear_regression", "surface.data": "own", "a": "line_search"},
    {"surface": "drawn", "a": "adam"},
]


@pytest.mark.parametrize("link", LIVE, ids=lambda link: link["surface"])
def test_typed_formulas_and_data_are_alive_too(saved, link):
    page = saved(link)
    page.locator(".settings summary").click()
    east = setting(page, "Start and noise", "start x")
    changes(page, lambda: path(page), lambda: east.press("PageUp"))
    said = becomes(
        page, lambda: page.locator(".handout-caption").inner_text(), lambda t: "x =" in t
    )
    x = said.split("changed: ")[1].split("x = ")[1].split(",")[0]
    assert_runs(page, changed(read(link)[0], {"x": x})[0])


@pytest.mark.parametrize("surface", ["drawn", "formula"])
def test_own_surfaces_stand_in_three_dimensions(saved, surface):
    page = saved({"surface": surface, "a": "adam"})
    page.get_by_role("button", name="3-D", exact=True).click()
    expect(page.locator(".stage .relief canvas").first).to_be_visible()


def test_theory_follows_what_is_changed(saved):
    page = saved({"surface": "ravine", "a": "gradient_descent"}, View(lab="theory"))
    page.locator(".settings summary").click()
    sheet = page.locator(".theory-sheet")
    expect(sheet).to_contain_text("Stable while")
    rate = setting(page, "Gradient descent", "learning rate")
    changes(page, sheet.inner_text, lambda: rate.press("PageUp"))
    expect(sheet).to_contain_text("Stable while")
    expect(sheet.get_by_text("The dotted line over the loss")).to_be_visible()


def phase(page, name):
    expect(page.locator(".lesson-phases [aria-current=step]")).to_have_text(name)


def press(page, name):
    page.locator(".lesson").get_by_role("button", name=name, exact=True).click()


def test_a_lesson_is_gone_through_from_its_first_question_to_its_task(saved):
    """A loss curve is drawn, a word chosen; nothing of the run stands there before the commit."""
    lesson = menu().find("stability-limit")
    page = saved({}, text=lesson_handout(lesson, begun(lesson, Sitting())))
    phase(page, "Predict")
    assert len(points(page)) <= 1
    expect(page.locator(".clock, .settings, .stage > .scrub").first).to_be_hidden()
    page.get_by_role("slider", name="Loss at step 500").press("PageDown")
    press(page, "Commit and watch")
    phase(page, "Watch")
    becomes(page, lambda: len(points(page)), lambda n: n > 1)
    press(page, "What did you see?")
    assert "jumps from one wall" not in page.locator("body").inner_text()
    page.locator(".lesson").get_by_label("It changed its sign and shrank").check()
    press(page, "Check and explain")
    phase(page, "Explain")
    expect(page.locator(".lesson-told")).to_contain_text("the loss stays at 50")
    expect(page.locator(".curve.loss .end-name", has_text="your curve")).to_be_visible()
    page.locator(".overlay .start").press("ArrowUp")
    expect(page.locator(".lesson-otherwise")).to_contain_text("answer is now: it ends at")
    press(page, "Half a percent less")
    expect(page.locator(".lesson-told")).to_contain_text("With 0.0199 the factor is −0.99")
    page.go_back()
    expect(page.locator(".lesson-told")).to_contain_text("the loss stays at 50")
    page.reload()
    phase(page, "Explain")
    expect(page.locator(".lesson-seen")).to_contain_text("You saw it otherwise")
    press(page, "Now predict again")
    phase(page, "Transfer")
    assert len(points(page)) <= 1
    page.locator(".lesson").get_by_label("It falls").check()
    press(page, "Commit and watch")
    expect(page.locator(".lesson-verdict")).to_contain_text("Right")
    press(page, "Now try it")
    rate = page.locator(".scrub input.stops")
    becomes(page, lambda: int(rate.get_attribute("max") or 0), lambda most: most > 100)
    for _ in range(5):
        changes(page, lambda: path(page), lambda: rate.press("ArrowLeft"))
    expect(page.locator(".lesson-verdict")).to_have_class("lesson-verdict right")
    press(page, "Leave the lesson")
    expect(page.locator(".settings")).to_be_visible()
    page.get_by_role("button", name="Lesson", exact=True).click()
    phase(page, "Try")


def test_a_lesson_is_saved_with_the_settings_that_stand_on_its_stage_and_goes_on_from_there(saved):
    """Sensitivity curves are computed there, for these settings and for the lesson's own."""
    lesson = menu().find("tuning")
    own = begun(lesson, Sitting("explain", SKIPPED, "", SKIPPED))
    rows = {"surface": "linear_regression", "steps": "60", "a": "adam", "x": "-2", "y": "2"}
    here = own._replace(experiment=read(rows)[0])
    page = saved({}, text=lesson_handout(lesson, here))
    curves = page.locator(".lab-page.sensitivity .ranges li")

    def stands_here():
        phase(page, "Explain")
        page.keyboard.press("End")
        assert_runs(page, here.experiment)
        expect(curves).to_have_count(1)

    stands_here()
    link = page.locator(".lesson-sources a").first
    colors = link.evaluate("e => [e, e.parentElement].map((one) => getComputedStyle(one).color)")
    assert colors[0] == colors[1]
    changes(page, lambda: path(page), lambda: page.locator(".overlay .start").press("ArrowUp"))
    press(page, "Check")
    expect(curves).to_have_count(3)
    page.keyboard.press("End")
    assert_runs(page, lesson.experiment)
    page.go_back()
    stands_here()
    press(page, "Now predict again")
    expect(page.locator(".lab-page.sensitivity")).to_be_hidden()
    press(page, "This order, as it stands")
    press(page, "Commit and watch")
    expect(curves).to_have_count(3)
    expect(page.locator(".lab-page.sensitivity .plot .scatterlayer path").first).to_be_attached()
