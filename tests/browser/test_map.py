"""The map: what stays while paths move, what is compared, marked and read off it."""

from playwright.sync_api import Page, expect

from tests.browser.stage import (
    at_rest,
    becomes,
    button,
    changes,
    map_box,
    parameters,
    path,
    points,
    ranges,
    step,
    timeline,
)


def contours(page: Page) -> int:
    return page.locator(".stage .map .plot .contour path").count()


def exactly(page: Page, key: str, text: str) -> None:
    field = page.locator(f".st-key-{key}-exact input")
    field.fill(text)
    field.press("Enter")


def test_contour_stays_while_paths_move(page):
    before = contours(page)
    changes(page, lambda: path(page), lambda: exactly(page, "a-GradientDescent-lr", "0.0005"))
    assert contours(page) == before > 0


def test_the_road_ahead_is_the_whole_path_until_its_end(page):
    whole = path(page, "b")
    road = page.locator(".overlay .road[data-lane=b]")
    assert road.count() == 0
    timeline(page).fill("20")
    becomes(page, lambda: step(page), lambda t: t == 20)
    assert road.get_attribute("d") == whole
    assert whole.startswith(path(page, "b"))
    assert path(page, "b") != whole


def test_slider_is_felt_before_it_is_released(page):
    thumb = page.locator(".st-key-a-GradientDescent-lr input[type=range]")
    box = page.locator(".st-key-a-GradientDescent-lr .stSlider [role=group]").bounding_box()
    at = thumb.evaluate("(e) => (e.value - e.min) / (e.max - e.min)")
    x, y = box["x"] + 6 + at * (box["width"] - 12), box["y"] + box["height"] / 2
    before, address = path(page, "a"), page.url
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 12, y, steps=4)
    becomes(page, lambda: path(page, "a"), lambda d: d != before)
    assert page.url == address
    page.mouse.up()
    becomes(page, lambda: parameters(page).get("a.lr"), lambda lr: lr not in (None, "0.001"))
    at_rest(page)
    assert contours(page) > 0


def test_held_paths_stay_as_ghosts_until_released(page):
    held = path(page, "a")
    button(page, "Hold").click()
    changes(page, lambda: path(page, "a"), lambda: exactly(page, "a-GradientDescent-lr", "0.0005"))
    ghost = page.locator(".overlay .ghost[data-lane=a]")
    assert ghost.get_attribute("d") == held != path(page, "a")
    button(page, "Release").click()
    expect(ghost).to_have_count(0)


def test_ghosts_do_not_outlive_their_surface(page):
    button(page, "Hold").click()
    page.locator(".st-key-surface input").fill("Beale")
    page.get_by_role("option", name="Beale", exact=True).click()
    becomes(page, lambda: parameters(page).get("surface"), lambda s: s == "beale")
    expect(page.locator(".overlay .ghost")).to_have_count(0)
    expect(page.get_by_text("are now those that show Beale")).to_be_visible()


def test_arrows_state_their_scale_and_the_step_points_to_the_next_point(open_page):
    page = open_page("view.marks=arrows,tail&view.chosen=1")
    timeline(page).fill("5")
    becomes(page, lambda: step(page), lambda t: t == 5)
    expect(page.locator(".arrow-key").filter(has_text="next step ×1")).to_be_visible()
    arrow = page.locator(".overlay .arrow").nth(2).get_attribute("d")
    here = points(page, "b")[5]
    timeline(page).fill("6")
    becomes(page, lambda: step(page), lambda t: t == 6)
    there = points(page, "b")[6]
    start, tip = (tuple(map(float, pair.split())) for pair in arrow[1:].split("M")[0].split("L"))
    assert max(abs(a - b) for a, b in zip(start + tip, here + there, strict=True)) < 0.3
    assert page.locator(".overlay .tail").get_attribute("d")


def test_ground_tells_its_loss_and_gradient(page):
    box = map_box(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.1)
    readout = page.locator(".stage .map .readout")
    expect(readout).to_contain_text("gradient (")
    x, y = _pair(readout.inner_text().split("at (")[1])
    said = float(readout.inner_text().split("loss ")[1].split("\n")[0])
    assert abs(said - ((1 - x) ** 2 + 100 * (y - x * x) ** 2)) < 2e-3 * said


def test_zoomed_map_gets_contours_of_its_own_without_the_server(page):
    page.context.set_offline(True)
    read = "() => document.querySelector('.stage .map .plot').data[0].x[0]"
    box = map_box(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    changes(page, lambda: page.evaluate(read), lambda: page.mouse.wheel(0, -400))
    page.keyboard.up("Control")
    (low, high), _ = ranges(page)
    assert -2 < low < high < 2
    changes(page, lambda: page.evaluate(read), button(page, "Reset zoom").click)
    assert ranges(page)[0] == [-2, 2]
    page.context.set_offline(False)


def test_rule_puts_in_the_numbers_of_the_step(open_page):
    page = open_page("surface=sphere&x=3&y=1&a=gradient_descent&a.lr=0.1")
    timeline(page).fill("1")
    becomes(page, lambda: step(page), lambda t: t == 1)
    numbers = page.locator(".rule .put-in").last.inner_text()
    assert "2.4" in numbers
    assert "0.8" in numbers


def _pair(text: str) -> tuple[float, float]:
    x, y = text.split(")")[0].replace("−", "-").split(", ")
    return float(x), float(y)
