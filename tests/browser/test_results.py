"""The results below the stage: every lane's outcome in words and numbers."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.stage import becomes

HOSTILE = "<b onclick=x>*a* | $b$ `c`"


def test_the_table_says_how_each_lane_ended_and_shows_a_hostile_name_as_text(open_page):
    link = {"a": "gradient_descent", "a.lr": "1", "b": "newton", "b.lr": "1", "b.name": HOSTILE}
    page = open_page(urlencode(link))
    rows = page.locator(".outcomes tbody tr")
    expect(rows.nth(0)).to_contain_text("DIVERGED at step")
    expect(rows.nth(1)).to_contain_text("arrived, and stays from step")
    expect(rows.nth(1).locator("th")).to_have_text(HOSTILE)
    assert page.locator(".outcomes b").count() == 0


def test_the_table_follows_a_dragged_start(page):
    final = page.locator(".outcomes tbody tr").nth(0).locator("td").nth(0)
    before = final.inner_text()
    box = page.locator(".start .ring").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    expect(final).not_to_have_text(before)
    page.mouse.up()


FRAMES = """() => {
  const frames = (globalThis.frames = []);
  const line = document.querySelector(".overlay .line[data-lane=a]");
  const row = document.querySelector(".outcomes tbody tr");
  new MutationObserver(() =>
    requestAnimationFrame(() => frames.push([line.getAttribute("d"), row.textContent])),
  ).observe(line, {attributes: true, attributeFilter: ["d"]});
}"""


def test_a_table_in_view_shows_in_the_same_frame_what_the_path_shows(page):
    page.locator(".outcomes").scroll_into_view_if_needed()
    expect(page.locator(".start .ring")).to_be_in_viewport()
    box = page.locator(".start .ring").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate(FRAMES)
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    frames = becomes(page, lambda: page.evaluate("frames"), lambda found: len(found) >= 2)
    assert len({text for _, text in frames}) == len({path for path, _ in frames})
    page.mouse.up()
