"""Whole lessons in a browser: commit, observe, check, explain, transfer, next."""

import re

import pytest
from playwright.sync_api import expect

from lessons.menu import TEXTS
from tests.browser.axe import violations
from tests.browser.conftest import page_of
from tests.browser.stage import at_rest, becomes, parameters, path, points


def title(page):
    return page.locator(".lesson-title")


def phase(page, name):
    expect(page.locator(".lesson-phases [aria-current=step]")).to_have_text(name)
    at_rest(page)


def press(page, name):
    page.locator(".lesson").get_by_role("button", name=name, exact=True).click()


def choose(page, *answers):
    for answer in answers:
        page.locator(".lesson").get_by_label(answer).check()


def test_a_whole_lesson_from_the_first_visit_to_the_next_one(open_page):
    page = open_page()
    page.locator(".first-lesson").click()
    phase(page, "Predict")
    assert len(points(page)) <= 1
    expect(page.locator(".clock")).to_be_hidden()
    expect(page.get_by_role("button", name="Commit and watch")).to_be_disabled()
    choose(page, "Never: it runs down one side", "One rate serves both")
    press(page, "Commit and watch")
    phase(page, "Watch")
    expect(page.locator(".clock")).to_be_visible()
    press(page, "What did you see?")
    phase(page, "Check")
    choose(page, "Never")
    press(page, "Check and explain")
    phase(page, "Explain")
    expect(page.locator(".lesson-verdict")).to_contain_text("You predicted otherwise")
    expect(page.locator(".lesson")).to_contain_text("Your reason was right: One rate serves both")
    expect(page.locator(".lesson-told")).to_contain_text("crossed the floor 60 times")
    expect(page.locator(".rule .line.lit")).to_have_count(1)
    expect(page.locator(".clock .said")).to_contain_text("step 1 of 60")
    press(page, "A wider valley")
    expect(page.locator(".lesson-told")).to_contain_text("With κ = 5")
    press(page, "Now predict again")
    phase(page, "Transfer")
    assert len(points(page)) <= 1
    choose(page, "Never: it runs down one side")
    press(page, "Commit and watch")
    phase(page, "Result")
    expect(page.locator(".lesson-verdict")).to_contain_text("Right")
    press(page, "Now try it")
    phase(page, "Try")
    expect(page.locator(".lesson-verdict")).to_contain_text("Not yet")
    press(page, "Next lesson")
    expect(title(page)).to_contain_text("Momentum")
    phase(page, "Predict")


def test_done_lessons_are_marked_in_the_list_on_this_device_only(open_page):
    page = open_page(
        "lesson=ravine&lesson.phase=outcome&lesson.answer=2&lesson.seen=0&lesson.again=0"
    )
    phase(page, "Result")
    page.get_by_role("button", name="Lessons", exact=True).click()
    card = page.locator(".lesson-card", has_text="Gradient descent in a ravine")
    expect(card.locator(".lesson-done")).to_be_visible()
    expect(page.locator(".lesson-done")).to_have_count(1)
    page.get_by_label("Search lessons").fill("who escapes")
    expect(page.locator(".lesson-card:visible")).to_have_count(1)
    page.locator(".lesson-card:visible").click()
    expect(title(page)).to_contain_text("saddle")


def test_a_ranking_by_mouse_put_back_by_escape_and_by_keyboard_alone(open_page):
    page = open_page("lesson=saddle")
    phase(page, "Predict")
    rows = page.locator(".lesson-ranking li .name")
    before = rows.all_inner_texts()
    boxes = [row.bounding_box() for row in rows.all()]
    page.mouse.move(boxes[0]["x"] + 5, boxes[0]["y"] + 5)
    page.mouse.down()
    page.mouse.move(boxes[0]["x"] + 5, boxes[2]["y"] + 5, steps=12)
    becomes(page, rows.all_inner_texts, lambda now: now.index(before[0]) == 1)
    page.keyboard.press("Escape")
    assert rows.all_inner_texts() == before
    page.mouse.up()
    page.get_by_role("button", name="RMSProp up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lesson-ranking li").first).to_contain_text("RMSProp")
    page.get_by_label("Dividing by the slope's size makes a tiny slope count").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Commit and watch").focus()
    page.keyboard.press("Enter")
    phase(page, "Watch")
    assert "lesson.answer=c%2Cd%2Cb%2Ca" in page.url


def test_back_in_the_middle_keeps_the_answer(open_page):
    page = open_page("lesson=ravine")
    choose(page, "At every step", "Momentum carries it over")
    press(page, "Commit and watch")
    phase(page, "Watch")
    page.go_back()
    phase(page, "Predict")
    expect(page.locator(".lesson")).to_contain_text("Your answer stands: At every step")
    press(page, "Go on")
    phase(page, "Watch")


def test_a_presenters_keys_walk_through_a_lesson(open_page):
    page = open_page("lesson=ravine")
    phase(page, "Predict")
    for name in ("Watch", "Explain", "Transfer", "Result", "Try"):
        page.keyboard.press("PageDown")
        phase(page, name)
    page.keyboard.press("PageUp")
    phase(page, "Result")
    page.keyboard.press("Shift+PageDown")
    expect(title(page)).to_contain_text("Momentum")
    page.keyboard.press("Shift+PageUp")
    expect(title(page)).to_have_text("Gradient descent in a ravine")


def test_a_run_that_is_watched_shows_nothing_of_what_is_to_come(open_page):
    page = open_page("lesson=ravine")
    page.keyboard.press("PageDown")
    phase(page, "Watch")
    for ahead in (".road", ".curve-ahead", ".end-name", ".clock .events"):
        expect(page.locator(ahead).first).to_be_hidden()
    expect(page.locator(".lesson")).not_to_contain_text("skipped")
    page.keyboard.press("PageDown")
    phase(page, "Explain")
    expect(page.locator(".road").first).to_be_visible()


PROJECTORS = [(1366, 768), (1920, 1080)]


@pytest.mark.parametrize("size", PROJECTORS, ids=str)
@pytest.mark.parametrize("key", ["momentum", "bias-correction", "tuning"])
def test_from_the_last_row_the_explanation_is_read_without_scrolling(open_page, key, size):
    page = open_page(f"lesson={key}&view.size=projector", width=size[0], height=size[1])
    for name in ("Watch", "Explain"):
        page.keyboard.press("PageDown")
        phase(page, name)
    told = page.locator(".lesson-told")
    expect(told).to_be_in_viewport(ratio=1)
    assert float(told.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 20
    expect(page.locator(".clock")).to_be_in_viewport(ratio=1)
    for line in page.locator(".rule .line.lit").all():
        expect(line).to_be_in_viewport(ratio=1)
    pictured = page.locator(".map").bounding_box()
    assert pictured["height"] >= 0.45 * size[1]


KEEP_TIMES = """() => {
  const said = document.querySelector(".clock .said");
  window.passed = [];
  const now = () => Number(said.textContent.match(/\\d+/)[0]);
  const note = () => window.passed.push([now(), performance.now()]);
  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(note).observe(said, changes);
}"""


def test_a_run_slows_down_around_its_decisive_step(open_page):
    page = open_page("lesson=momentum")
    page.keyboard.press("PageDown")
    phase(page, "Watch")
    page.keyboard.press("Home")
    page.evaluate(KEEP_TIMES)
    page.keyboard.press("Space")
    page.wait_for_function("() => window.passed.some(([step]) => step >= 40)")
    times = {}
    for step, at in page.evaluate("window.passed"):
        times.setdefault(step, at)

    def a_step(first, last):
        seen = sorted(step for step in times if first <= step <= last)
        return (times[seen[-1]] - times[seen[0]]) / (seen[-1] - seen[0])

    before, around = a_step(5, 26), a_step(28, 33)
    assert 2 < around / before < 8


def test_a_task_is_done_when_its_claim_holds(open_page):
    page = open_page(
        "lesson=ravine&lesson.phase=task&lesson.answer=2&lesson.seen=0&lesson.again=0"
        "&surface=ravine&surface.kappa=20&x=-4.5&y=1.5&steps=60&a=gradient_descent&a.lr=0.09"
    )
    phase(page, "Try")
    expect(page.locator(".lesson-verdict")).to_have_text("Done.")


def test_a_lesson_survives_the_switch_of_colors_and_leaving_it_keeps_its_experiment(open_page):
    page = open_page("lesson=ravine")
    page.locator(".choices summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Dark", exact=True).click()
    phase(page, "Predict")
    press(page, "Leave the lesson and go on with this experiment")
    expect(page.locator(".lesson")).to_be_hidden()
    page.wait_for_url(re.compile("surface=ravine"))
    expect(page.locator("[data-testid=stSidebar]")).to_be_visible()
    at_rest(page)
    assert path(page)


@pytest.mark.parametrize("key", ["flat", "ravine"])
def test_from_the_last_row_a_question_s_whole_map_is_seen_without_scrolling(open_page, key):
    page = open_page(f"lesson={key}&view.size=projector")
    phase(page, "Predict")
    box = page.locator(".panel.map").bounding_box()
    assert 700 < box["y"] + box["height"] <= 768


@pytest.mark.parametrize("size", [(390, 844), (1366, 768)], ids=["phone", "projector"])
def test_a_question_is_reached_without_scrolling_sideways(open_page, size):
    page = open_page("lesson=momentum", width=size[0], height=size[1])
    phase(page, "Predict")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".lesson-asked")).to_be_in_viewport()
    page.keyboard.press("PageDown")
    phase(page, "Watch")
    assert page.locator(".map .overlay").last.bounding_box()["width"] > 0.4 * size[0]
    assert path(page)


KINDS = {
    "ravine": "2",
    "saddle": "a,b,c,d",
    "steepest-direction": "-3,1",
    "stability-limit": "1.7,1,0,0,0,0,0",
    "sign-descent": "0.1 to 0.2",
    "batch-size": "2",
}
"""A lesson of each shape of an answer, and an answer to it."""

ANSWERS = "&lesson.answer=2&lesson.reason=0&lesson.seen=0&lesson.again=0"


@pytest.mark.parametrize("key", KINDS)
def test_axe_finds_no_violation_in_any_step_of_any_kind_of_lesson(open_page, key):
    page = open_page(f"lesson={key}")
    found = []

    def look(name):
        phase(page, name)
        found.extend(f"{name}, {each}" for each in violations(page, ".stage"))

    look("Predict")
    page.keyboard.press("PageDown")
    look("Watch")
    press(page, "What did you see?")
    look("Check")
    for name in ("Explain", "Transfer", "Result"):
        page.keyboard.press("PageDown")
        look(name)
    if page.get_by_role("button", name="Now try it").count():
        page.keyboard.press("PageDown")
        look("Try")
    answers = f"lesson.answer={KINDS[key]}&lesson.reason=0&lesson.seen=0"
    page.goto(f"{page.url.split('?')[0]}?lesson={key}&lesson.phase=explain&{answers}")
    look("Explain")
    assert found == []


def test_an_interval_answers_a_question_for_a_number(open_page):
    page = open_page("lesson=momentum-average&lesson.phase=check&lesson.answer=1&lesson.reason=0")
    phase(page, "Check")
    answer = page.get_by_label("Your answer")
    commit = page.get_by_role("button", name="Check and explain")
    answer.fill("4 to")
    expect(commit).to_be_disabled()
    answer.fill("4.5 to 5.5")
    commit.click()
    phase(page, "Explain")
    expect(page.locator(".lesson-seen")).to_contain_text("You saw it.")


def test_one_press_opens_any_moment_of_the_group_at_its_question(open_page):
    page = open_page("lesson=ravine&lesson.phase=explain&lesson.answer=2&lesson.seen=0")
    phase(page, "Explain")
    page.get_by_role("button", name=re.compile("^5. The saddle")).click()
    expect(title(page)).to_have_text("The saddle: who escapes?")
    phase(page, "Predict")
    assert len(points(page)) <= 1


def test_a_place_on_the_map_by_keyboard_and_the_gap_beside_the_run(open_page):
    page = open_page("lesson=steepest-direction", width=390, height=844)
    phase(page, "Predict")
    mark = page.locator(".prediction")
    expect(mark).to_have_attribute("transform", re.compile("translate"))
    expect(mark).to_have_css("opacity", "0")
    mark.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(mark).to_have_attribute("aria-label", re.compile("Your mark at"))
    press(page, "Commit and watch")
    phase(page, "Watch")
    press(page, "What did you see?")
    choose(page, "Along the valley only")
    press(page, "Check and explain")
    phase(page, "Explain")
    expect(page.locator(".lesson-gap .true")).to_have_count(1)
    expect(page.locator(".lesson-gap .between")).to_have_count(1)


def test_a_click_on_the_map_answers_and_does_not_move_the_start(open_page):
    page = open_page("lesson=newton")
    phase(page, "Predict")
    box = page.locator(".map .plot").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    expect(page.locator(".prediction")).not_to_have_class(re.compile("unset"))
    press(page, "Commit and watch")
    phase(page, "Watch")
    assert "x=" not in page.url


def test_a_loss_curve_by_keyboard_is_drawn_over_the_loss(open_page):
    page = open_page("lesson=stability-limit")
    phase(page, "Predict")
    page.get_by_role("slider", name="Loss at step 500").focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    press(page, "Commit and watch")
    phase(page, "Watch")
    press(page, "What did you see?")
    choose(page, "It changed its sign and shrank")
    press(page, "Check and explain")
    phase(page, "Explain")
    expect(page.locator(".lesson-seen")).to_contain_text("You saw it otherwise")
    expect(page.locator(".curve.loss .end-name", has_text="your curve")).to_be_visible()


def test_a_bad_lesson_file_is_named_with_its_line_and_a_good_one_opens(open_page, tmp_path):
    good = (TEXTS / "lecture" / "01-ravine.toml").read_text("utf-8")
    (tmp_path / "bad.toml").write_text(good.replace("pace = 6", "pace ="), "utf-8")
    (tmp_path / "good.toml").write_text(good, "utf-8")
    page = open_page()
    page.get_by_role("button", name="Lessons", exact=True).click()
    page.locator("#lesson-file").set_input_files(tmp_path / "bad.toml")
    expect(page.get_by_text("line 4")).to_be_visible()
    page.get_by_role("button", name="Lessons", exact=True).click()
    page.locator("#lesson-file").set_input_files(tmp_path / "good.toml")
    phase(page, "Predict")
    expect(page.locator(".lesson-place")).to_have_text("A lesson from a file")
    printed = page.get_by_role("link", name="Print").get_attribute("href")
    assert "How often does the path cross" in page.request.get(str(printed)).text()
    page.locator(".stage .save").click()
    page.get_by_role("tab", name="Data and code").click()
    offline = page.get_by_role("link", name="This lesson, offline")
    saved = offline.evaluate("(link) => link.href")
    assert "data-lesson" in page.request.get(saved).text()


def test_the_handout_and_the_reference_open_beside_the_app(open_page):
    page = open_page("lesson=ravine")
    base = page.url.split("?")[0]
    page.goto(f"{base}lessons/handout.html?lesson=ravine,saddle")
    expect(page.locator(".lesson")).to_have_count(2)
    expect(page.locator(".answers")).to_contain_text("crossed the floor 60 times")
    page.goto(f"{base}reference/")
    page.get_by_label("Search the reference").fill("adam")
    expect(page.locator("ul.menu li:visible", has_text="Rprop")).to_have_count(0)
    page.get_by_role("link", name="AdamW").click()
    expect(page.locator("h1")).to_have_text("AdamW")


PAPERS = {"A4": (680, 1009), "Letter": (702, 942)}
"""What margins of 15 mm leave of a sheet, in pixels."""


def test_on_paper_each_lesson_fits_a_page_and_nothing_is_torn_or_cut(open_page):
    page = open_page("lesson=ravine")
    base = page.url.split("?")[0]
    page.emulate_media(media="print")
    page.goto(f"{base}lessons/handout.html")
    sizes = "all => all.map(({offsetHeight, scrollWidth}) => [offsetHeight, scrollWidth])"
    for wide, high in PAPERS.values():
        page.set_viewport_size({"width": wide, "height": high})
        title = page.locator("body > h1").evaluate("e => e.offsetHeight + 60")
        for kind, most in ((".lesson", high), (".answer", 500)):
            found = page.locator(kind).evaluate_all(sizes)
            assert len(found) == 40
            assert [size for size in found if size[0] > most or size[1] > wide + 1] == []
        assert page.locator(".lesson").first.evaluate("e => e.offsetHeight") + title <= high
    breaks = "all => all.map((e) => getComputedStyle(e).breakBefore)"
    assert set(page.locator(".lesson + .lesson").evaluate_all(breaks)) == {"page"}
    assert page.locator(".answers").evaluate_all(breaks) == ["page"]
    for widest in ("surface/goldstein_price", "surface/drawn", "optimizer/nadam"):
        page.goto(f"{base}reference/{widest}")
        assert page.evaluate("document.documentElement.scrollWidth") <= wide


def test_reference_pages_are_linked_from_formula_rule_and_explanation(open_page):
    page = open_page(f"lesson=ten-batches&lesson.phase=explain{ANSWERS}")
    phase(page, "Explain")
    found = {}
    for place in (".stage-head .formula", ".rule .references", ".lesson-sources"):
        links = page.locator(f"{place} a[href*='reference/']").all()
        found[place] = {link.get_attribute("href").split("reference/")[1] for link in links}
    assert found[".stage-head .formula"] == {"surface/ten_batches"}
    assert found[".rule .references"] == {"optimizer/rmsprop", "surface/ten_batches", ""}
    rules = {f"optimizer/{rule}" for rule in ("rprop", "rmsprop", "gradient_descent")}
    assert found[".lesson-sources"] == {*rules, "surface/ten_batches"}


LINE_IS_DOWN = r"ERR_\w+|WebSocket|connect|reaching server endpoint"


def test_after_the_commit_a_lesson_goes_on_to_its_end_without_the_line(own_server, browser):
    """The server is gone from the commit on; started anew, it is told all that was done."""
    page, watch = page_of(own_server, browser, "lesson=ravine")
    phase(page, "Predict")
    choose(page, "At every step", "One rate serves both")
    press(page, "Commit and watch")
    phase(page, "Watch")
    own_server.stop()
    press(page, "What did you see?")
    stands(page, "Check")
    expect(page.locator(".lesson-line")).to_contain_text("this lesson goes on to its end")
    choose(page, "Never")
    press(page, "Check and explain")
    stands(page, "Explain")
    expect(page.locator(".lesson-verdict")).to_contain_text("Your prediction was right")
    expect(page.locator(".lesson-seen")).to_contain_text("You saw it.")
    expect(page.locator(".lesson-told")).to_contain_text("crossed the floor 60 times")
    explained = page.url
    press(page, "Now predict again")
    stands(page, "Transfer")
    page.go_back()
    stands(page, "Explain")
    assert page.url == explained
    page.go_forward()
    stands(page, "Transfer")
    assert len(points(page)) <= 1
    choose(page, "At every step")
    press(page, "Commit and watch")
    stands(page, "Result")
    expect(page.locator(".lesson-verdict")).to_contain_text("It went otherwise")
    press(page, "Now try it")
    stands(page, "Try")
    slide_to(page, 0.09)
    expect(page.locator(".lesson-verdict")).to_have_text("Done.")
    own_server.start()
    becomes(page, lambda: parameters(page).get("a.lr", ""), lambda text: text.startswith("0.09"))
    expect(page.locator(".stage")).not_to_have_attribute("data-waits", "")
    phase(page, "Try")
    expect(page.locator(".lesson-verdict")).to_have_text("Done.")
    expect(page.locator(".lesson-line")).to_be_hidden()
    again = page.context.new_page()
    again.goto(page.url)
    phase(again, "Try")
    expect(again.locator(".lesson-verdict")).to_have_text("Done.")
    page.context.close()
    unexpected = [c for c in watch.complaints if not re.search(LINE_IS_DOWN, c)]
    assert unexpected == []


def stands(page, name):
    """Wait for a phase where nobody runs the page's script."""
    expect(page.locator(".lesson-phases [aria-current=step]")).to_have_text(name)


def slide_to(page, value):
    slider = page.locator("input.stops")
    slider.focus()
    read = lambda: float(slider.get_attribute("aria-valuetext").split(":")[0])  # noqa: E731
    while read() < value:
        page.keyboard.press("ArrowRight")


def test_an_explanation_that_other_settings_make_false_says_so(open_page):
    page = open_page(
        "lesson=ravine&lesson.phase=explain&lesson.answer=2&lesson.seen=0"
        "&surface=ravine&surface.kappa=20&x=-4.5&y=1.5&steps=60&a=gradient_descent&a.lr=0.03"
    )
    phase(page, "Explain")
    expect(page.locator(".lesson-otherwise")).to_contain_text("Never: it runs down one side")
    expect(page.locator(".lesson-told")).to_contain_text("crossed the floor 60 times")


def test_a_whole_lesson_by_keyboard_alone(open_page):
    page = open_page("lesson=ravine")

    def pressed(name):
        page.locator(".lesson").get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")

    def picked(*answers):
        for answer in answers:
            page.locator(".lesson").get_by_label(answer).focus()
            page.keyboard.press("Space")

    phase(page, "Predict")
    expect(page.locator(".lesson-title")).to_be_focused()
    picked("At every step", "One rate serves both")
    pressed("Commit and watch")
    phase(page, "Watch")
    expect(page.locator(".lesson-title")).to_be_focused()
    pressed("What did you see?")
    phase(page, "Check")
    picked("Never")
    pressed("Check and explain")
    phase(page, "Explain")
    expect(page.locator(".lesson-verdict")).to_contain_text("Your prediction was right")
    pressed("Now predict again")
    phase(page, "Transfer")
    picked("Never: it runs down one side")
    pressed("Commit and watch")
    phase(page, "Result")
    pressed("Now try it")
    phase(page, "Try")
    pressed("Next lesson")
    expect(title(page)).to_contain_text("Momentum")
