"""The basin map on the page: it appears, adds up, follows the hand, and shows nothing stale."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.stage import at_rest, becomes, changes, parameters

BELOW = "view.beside=off&view.lab=basins"
LINK = f"{BELOW}&view.chosen=1&surface=himmelblau&a=gradient_descent&a.lr=0.005&b=adam"


def computed(page: Page) -> None:
    """Wait until every map that is shown is there, and fine."""
    expect(page.locator(".basin-panel:not([hidden]) .veil:not([hidden])")).to_have_count(0)
    expect(page.locator(".basin-progress")).to_be_hidden()
    expect(page.locator(".basin-legend .note")).not_to_contain_text("coarse")


def shares(page: Page, column: int = 0) -> dict[str, tuple[float, int]]:
    """Return the table's share and count of starts by the end's name."""
    rows = page.locator(".ends tbody tr").all()
    names = [row.locator("b").inner_text() for row in rows]
    percents = [float(row.locator(".share").nth(column).inner_text().rstrip(" %")) for row in rows]
    counts = [int(row.locator(".count").nth(column).inner_text()) for row in rows]
    return dict(zip(names, zip(percents, counts, strict=True), strict=True))


def center(page: Page, selector: str) -> tuple[float, float]:
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def road(page: Page, where: str = ".basin-panel .one", lane: str = "b") -> str:
    return page.locator(f"{where} .overlay .line[data-lane={lane}]").get_attribute("d") or ""


def test_a_map_appears_and_its_shares_add_up(open_page):
    page = open_page(LINK)
    computed(page)
    found = shares(page)
    assert sum(count for _, count in found.values()) == 40_000
    assert abs(sum(share for share, _ in found.values()) - 100) < 0.5
    assert list(found)[:2] == ["(3, 2)", "(3.584, −1.848)"]
    assert all(20 < share < 35 for share, _ in list(found.values())[:4])
    assert road(page) != ""
    expect(page.locator(".basin-panel .panel-title").first).to_have_text("Adam")


def test_a_map_is_computed_here_and_follows_a_slider(open_page):
    """No job is asked of the server, and coarse maps come while the hand moves."""
    sockets: list[str] = []
    page = open_page(LINK.replace("view.lab=basins", "view.lab=results"))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.get_by_role("tab", name="Basins").click()
    computed(page)
    slider = page.locator("[data-testid=stSidebar] .stSlider input[type=range]").first
    thumb = slider.locator("xpath=..").bounding_box()
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    felt = page.locator(".basin-panel .one")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y, steps=4)
    becomes(page, lambda: felt.get_attribute("data-felt"), lambda count: int(count or 0) > 0)
    expect(page.locator(".basin-panel .one .plot")).to_have_class(re.compile("quick"))
    expect(page.locator(".basin-legend .note")).to_contain_text("coarse")
    page.mouse.up()
    becomes(page, lambda: parameters(page), lambda now: "b.lr" in now)
    computed(page)
    expect(page.locator(".basin-panel .one .plot")).not_to_have_class(re.compile("quick"))
    assert not [url for url in sockets if "/_stcore/" not in url]


COUNT = """() => {
  const { react } = Plotly;
  globalThis.drawn = [];
  const frame = () => {
    globalThis.drawn.push(0);
    requestAnimationFrame(frame);
  };
  frame();
  Plotly.react = (plot, ...more) => {
    if (plot.closest(".basin-panel")) globalThis.drawn[globalThis.drawn.length - 1] += 1;
    return react(plot, ...more);
  };
}"""


def test_dragging_the_start_shows_its_path_and_release_keeps_it(open_page):
    page = open_page(LINK)
    computed(page)
    page.evaluate(COUNT)
    table = shares(page)
    ring = ".basin-panel .one .start .ring"
    x, y = center(page, ring)
    page.mouse.move(x, y)
    page.mouse.down()
    on_map = changes(page, lambda: road(page), lambda: page.mouse.move(x + 70, y - 50, steps=4))
    on_stage = page.locator(".panel.map .overlay .line[data-lane=b]").get_attribute("d")
    assert on_map
    assert on_stage
    assert "x" not in parameters(page)
    page.mouse.up()
    found = becomes(page, lambda: parameters(page), lambda now: "x" in now and "y" in now)
    assert float(found["x"]) > -0.5
    assert float(found["y"]) > -0.7
    at_rest(page)
    assert shares(page) == table
    expect(page.locator(".basin-progress")).to_be_hidden()
    page.locator(".basin-panel .one .start").focus()
    moved = changes(page, lambda: parameters(page)["x"], lambda: page.keyboard.press("ArrowLeft"))
    assert float(moved) < float(found["x"])
    assert sum(page.evaluate("globalThis.drawn")) == 0


def test_another_lane_beside_it_and_the_starts_that_differ(open_page):
    page = open_page(LINK)
    computed(page)
    alone = shares(page)
    page.evaluate(COUNT)
    page.get_by_label("Compared with").select_option("a")
    expect(page.locator(".basin-panel:visible")).to_have_count(3)
    computed(page)
    assert shares(page, 0) == alone
    assert sum(count for _, count in shares(page, 1).values()) == 40_000
    title = page.locator(".basin-panel .panel-title").nth(2)
    share = float(re.findall(r"[\d.]+", title.inner_text())[0])
    assert 1 < share < 60
    assert parameters(page)["view.rival"] == "a"
    assert max(page.evaluate("globalThis.drawn")) == 1
    page.go_back()
    expect(page.locator(".basin-panel:visible")).to_have_count(1)
    computed(page)
    assert shares(page) == alone


def choose_surface(page: Page, title: str) -> None:
    """Type into the menu, for its list draws only what is in sight."""
    menu = page.locator("[data-testid=stSidebar]").get_by_role("combobox", name="Surface")
    menu.fill(title)
    page.get_by_role("option", name=title, exact=True).click()


WATCH = """() => {
  const panel = document.querySelector(".basin-panel");
  const [veil, plot] = [panel.querySelector(".veil"), panel.querySelector(".plot")];
  const look = () => {
    const title = document.querySelector(".stage-head h1").textContent;
    const letters = plot.data.at(-1).x.length;
    globalThis.seen.push([title, letters, veil.hidden]);
    requestAnimationFrame(look);
  };
  globalThis.seen = [];
  look();
}"""


def test_another_surface_leaves_nothing_stale_and_back_brings_the_old_map(open_page):
    """At no frame does an unveiled map show Himmelblau's four minima under another title."""
    page = open_page(LINK)
    computed(page)
    before = shares(page)
    page.evaluate(WATCH)
    choose_surface(page, "Three-hump camel")
    expect(page.locator(".ends tbody b").first).to_have_text("(0, 0)")
    computed(page)
    seen = page.evaluate("globalThis.seen")
    assert ["Three-hump camel", 4, True] not in seen
    assert ["Three-hump camel", 3, True] in seen
    assert sum(count for _, count in shares(page).values()) == 40_000
    page.go_back()
    becomes(page, lambda: shares(page), lambda now: now == before)


def test_a_surface_without_minima_is_colored_by_how_soon_runs_leave(open_page):
    page = open_page(f"{BELOW}&surface=saddle&steps=60&a=gradient_descent&a.lr=0.05")
    computed(page)
    expect(page.locator(".basin-legend .note")).to_contain_text("no minimum")
    assert list(shares(page)) == ["Not arrived", "Diverged", "Ran away downhill"]
    assert shares(page)["Ran away downhill"][0] > 50
    expect(page.locator(".basin-legend .note")).to_contain_text("left the window downhill")


def test_long_work_shows_progress_and_can_be_called_off(open_page):
    page = open_page(f"{BELOW}&surface=ackley&a=newton&b=line_search&view.chosen=1&steps=2000")
    cancel = page.locator(".basins").get_by_role("button", name="Cancel")
    cancel.click()
    expect(page.locator(".basin-progress")).to_be_hidden()
    again = page.locator(".basins").get_by_role("button", name="Compute")
    again.click()
    expect(page.locator(".basin-progress")).to_be_visible()
    page.get_by_role("tab", name="Results").click()
    expect(page.locator(".lab-page.results")).to_be_visible()


def test_the_picture_is_as_large_as_a_slide(open_page, tmp_path: Path):
    page = open_page(LINK + "&view.rival=a")
    computed(page)
    with page.expect_download() as waited:
        page.locator(".basins").get_by_role("button", name="Save picture").click()
    file = tmp_path / "basins.png"
    waited.value.save_as(file)
    assert waited.value.suggested_filename == "himmelblau-basins.png"
    assert struct.unpack(">II", file.read_bytes()[16:24]) == (1920, 1080)
