"""What a user takes away: files saved for real, opened and decoded."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import cairosvg
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from engine.setup.experiment import Experiment
from engine.setup.link import to_json
from interface.take import LONGEST_QR
from tests.browser.stage import (
    PATIENCE,
    at_rest,
    becomes,
    button,
    changes,
    map_box,
    parameters,
    ranges,
    step,
    timeline,
)

SHORT = "steps=30"


def dialog(page, tab="Picture"):
    """Open the dialog at a tab."""
    if not page.locator("dialog.take").is_visible():
        page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("tab", name=tab).click()
    return page.locator("dialog.take")


def choose(page, label, value):
    page.locator("[role=tabpanel]:not([hidden])").get_by_label(label).select_option(value)


def saved(page, tmp_path, role, name) -> Path:
    with page.expect_download(timeout=PATIENCE) as found:
        page.get_by_role(role, name=name).click()
    path = tmp_path / found.value.suggested_filename
    found.value.save_as(path)
    return path


def to_step(page, t):
    page.locator(".timeline").evaluate(
        "(range, t) => { range.value = t; range.dispatchEvent(new Event('input')); }", t
    )


def test_the_preview_lies_below_the_tabs_and_above_the_buttons(open_page):
    found = dialog(open_page(SHORT))
    expect(found.locator(".preview img")).to_be_visible()
    tabs, preview, buttons = (
        found.locator(part).first.bounding_box() for part in (".tabs", ".preview", ".buttons")
    )
    assert tabs["y"] + tabs["height"] <= preview["y"]
    assert preview["y"] + preview["height"] <= buttons["y"]


def pixels(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def close(page):
    page.keyboard.press("Escape")
    expect(page.locator("dialog.take")).to_be_hidden()


BUSY = (
    "surface=ravine&a=gradient_descent&a.lr=0.0199&b=momentum&b.schedule=cosine&c=adam&steps=60"
    "&noise=0.5&seed=7&view.marks=arrows,tail,axes"
)
ON_SCREEN = """() => Object.fromEntries(["map", "loss", "rate"].flatMap((name) =>
  [...document.querySelectorAll(`.stage .panel.${name} .overlay [data-key]`)].map((e) => {
    const of = (attribute) => e.getAttribute(attribute) || "none";
    const paint = of("fill") === "none" ? of("stroke") : of("fill");
    return [`${name} ${e.dataset.key}`, [e.firstChild?.data || "", paint.slice(0, 7), of("class")]];
  })))"""


LANES_OWN = ("line", "road", "head", "label", "curve-line", "curve-head", "tail", "arrow")


def test_a_picture_holds_what_is_on_screen_and_nothing_else(open_page, tmp_path):
    page = open_page(BUSY)
    to_step(page, 20)
    page.get_by_role("button", name="Hold", exact=True).click()
    shown = page.evaluate(ON_SCREEN)
    dialog(page)
    choose(page, "Shape", "screen")
    root = ElementTree.parse(saved(page, tmp_path, "button", "Save SVG")).getroot()
    drawn = {}
    for element in root.iter():
        key = element.get("data-key", "")
        if key.split(" ")[0] in ("map", "loss", "rate"):
            look = element if element.tag.endswith("path") else element[0]
            fill = look.get("fill", "none")
            paint = (look.get("stroke", "none") if fill == "none" else fill)[:7]
            name = element.get("class")
            drawn[key] = ["".join(element.itertext()), paint, name]
    own = ("tick", "title", "axis step", "side ", "loss tick", "loss title", "units differ")
    kept = lambda key: not key.split(" ", 1)[1].startswith(own)  # noqa: E731
    assert {k for k in drawn if kept(k)} == {k for k in shown if kept(k)}
    for key in filter(kept, drawn):
        text, paint, name = shown[key]
        assert drawn[key][::2] == [text, name.replace(" grows", "")], key
        if name.split()[0] in LANES_OWN:
            assert drawn[key][1] == paint, key
    words = "".join(root.itertext())
    assert "cosine" in words
    assert "seed 7" in words


def coarse(path):
    """Return a picture's pixels at a size at which another font's letters are alike."""
    with Image.open(path) as image:
        small = image.convert("RGB").resize((320, 180), Image.Resampling.BOX)
    return np.asarray(small).astype(int)


def test_two_renderers_see_the_same_picture_in_plain_svg(open_page, tmp_path):
    page = open_page(BUSY)
    to_step(page, 20)
    dialog(page)
    path = saved(page, tmp_path, "button", "Save SVG")
    text = path.read_text("utf-8")
    assert "paint-order" not in text
    assert not re.search("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", text)
    ours = saved(page, tmp_path, "button", "Save PNG")
    cairo, rsvg = tmp_path / "cairo.png", tmp_path / "rsvg.png"
    cairosvg.svg2png(bytestring=text.encode(), write_to=str(cairo), output_width=1920)
    subprocess.run(["rsvg-convert", "-w", "1920", "-o", rsvg, path], check=True)
    for one, other in ((cairo, rsvg), (rsvg, ours)):
        far = np.abs(coarse(one) - coarse(other)).max(axis=2)
        assert (far > 60).mean() < 0.01, (one.name, other.name)


def test_a_picture_is_the_step_that_the_clock_shows_at_its_exact_size(page, tmp_path):
    found = []
    for t in (10, 300):
        to_step(page, t)
        dialog(page)
        path = saved(page, tmp_path, "button", "Save PNG")
        assert path.name == f"rosenbrock-step-{t}.png"
        found.append(pixels(path))
        close(page)
    early, late = found
    assert early.shape == late.shape == (1080, 1920, 3)
    assert (early[0, 0] == 255).all()
    assert len(np.unique(early.reshape(-1, 3), axis=0)) > 500
    differs = (np.abs(early - late).sum(axis=2) > 60).mean()
    assert 0.003 < differs < 0.2


@pytest.mark.parametrize(
    ("shape", "scale", "dark", "size", "dpi"),
    [("square", "2", True, (2400, 2400), 192), ("paper", "1", False, (1050, None), 313.8)],
)
def test_a_picture_takes_its_shape_scale_and_theme(
    open_page, tmp_path, shape, scale, dark, size, dpi
):
    page = open_page(SHORT)
    dialog(page)
    choose(page, "Shape", shape)
    choose(page, "PNG size", scale)
    choose(page, "Colors", "dark" if dark else "light")
    choose(page, "What", "map")
    path = saved(page, tmp_path, "button", "Save PNG")
    found = pixels(path)
    with Image.open(path) as image:
        assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)
    height, width, _ = found.shape
    assert width == size[0]
    assert size[1] in (None, height)
    assert (found[2, 2].mean() < 60) == dark


def test_a_drawing_is_well_formed_and_says_what_was_run(open_page, tmp_path):
    page = open_page(SHORT + "&a=adam&a.name=%3Cb%3E%26")
    dialog(page)
    drawing = ElementTree.parse(saved(page, tmp_path, "button", "Save SVG")).getroot()
    assert drawing.attrib["viewBox"] == "0 0 1920 1080"
    words = " ".join("".join(element.itertext()) for element in drawing.iter())
    for said in ("Rosenbrock (a = 1, b = 100)", "step 30 of 30", "<b>&", "loss"):
        assert said in words
    assert "Source Sans" not in ElementTree.tostring(drawing, encoding="unicode")
    title, about = list(drawing)[:2]
    assert title.text == "Rosenbrock"
    assert about.text.startswith("Step 30. Rosenbrock (a = 1, b = 100)")
    assert "<b>&" in about.text


def test_a_gif_has_its_frames_and_its_duration(open_page, tmp_path):
    page = open_page(SHORT)
    dialog(page, "Animation")
    choose(page, "Width", "480")
    expect(page.locator(".take .saying:visible")).to_have_text("30 steps in 2.5 s, 50 frames.")
    path = saved(page, tmp_path, "button", "Make and save")
    with Image.open(path) as film:
        assert film.size == (480, 270)
        assert film.n_frames == 21
        durations, pictures = [], []
        for k in range(film.n_frames):
            film.seek(k)
            durations.append(film.info["duration"])
            pictures.append(np.asarray(film.convert("RGB")).astype(int))
        assert film.info["loop"] == 0
    assert sum(durations) == 2500
    changes = [np.abs(a - b).sum() for a, b in pairwise(pictures)]
    assert all(changes)
    background = np.median(pictures[-1][:8, :8], axis=(0, 1))
    assert (np.abs(background - 255) < 8).all()


def test_a_video_plays_in_the_browser_for_its_exact_time(open_page, tmp_path):
    page = open_page(SHORT)
    dialog(page, "Animation")
    choose(page, "Kind", "video")
    choose(page, "Width", "480")
    path = saved(page, tmp_path, "button", "Make and save")
    assert path.suffix == ".webm"
    content = base64.b64encode(path.read_bytes()).decode()
    played = page.evaluate(
        """async (content) => {
          const video = document.createElement("video");
          const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
          video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
          video.muted = true;
          await new Promise((done, failed) => {
            video.onloadeddata = done;
            video.onerror = () => failed(new Error(video.error.message));
          });
          video.currentTime = 2;
          await new Promise((done) => (video.onseeked = done));
          return [video.duration, video.videoWidth, video.videoHeight, video.currentTime];
        }""",
        content,
    )
    assert played == [2.5, 480, 270, 2]


def test_an_animation_can_be_cancelled(open_page):
    page = open_page("steps=300")
    dialog(page, "Animation")
    page.get_by_role("button", name="Make and save").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".take .saying:visible")).to_have_text("Cancelled.")
    expect(page.get_by_role("button", name="Make and save")).to_be_focused()


def test_an_animation_that_would_take_minutes_is_not_offered(open_page):
    page = open_page("steps=2000")
    dialog(page, "Animation")
    choose(page, "Speed", "0.1")
    expect(page.get_by_role("button", name="Make and save")).to_be_disabled()
    expect(page.locator(".take .saying:visible")).to_contain_text("choose a higher speed")


def test_data_and_code_are_saved_for_the_run_on_screen(open_page, tmp_path):
    page = open_page(SHORT + "&surface.b=50")
    dialog(page, "Data and code")
    table = saved(page, tmp_path, "link", "Trajectories, CSV").read_text()
    assert len([line for line in table.splitlines() if not line.startswith("#")]) == 1 + 3 * 31
    assert json.loads(saved(page, tmp_path, "link", "Trajectories, JSON").read_text())
    settings = json.loads(saved(page, tmp_path, "link", "Experiment, JSON").read_text())["settings"]
    assert settings["surface.b"] == "50"
    assert settings["steps"] == "30"
    for script in ("NumPy", "PyTorch"):
        path = saved(page, tmp_path, "link", f"{script} script")
        compile(path.read_text(), path.name, "exec")


def test_the_saved_page_plays_with_the_network_off(open_page, browser, tmp_path):
    page = open_page(SHORT + "&view.chosen=2")
    dialog(page, "Data and code")
    path = saved(page, tmp_path, "link", "Page that plays offline")
    context = browser.new_context(offline=True, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    try:
        complaints = []
        alone = context.new_page()
        alone.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        alone.on("pageerror", lambda error: complaints.append(str(error)))
        alone.on("requestfailed", lambda request: complaints.append(request.url[:100]))
        alone.goto(path.as_uri())
        said = alone.locator(".said")
        expect(said).to_have_text("step 30 of 30")
        expect(alone.locator(".stage")).to_contain_text("A saved page: drag the ring")
        expect(alone.locator(".rule")).to_contain_text("The rule of Adam")
        alone.get_by_role("button", name="To the start").click()
        expect(said).to_have_text("step 0 of 30")
        alone.get_by_role("button", name="Play").click()
        expect(said).to_have_text("step 30 of 30")
        alone.locator(".legend .lane").first.click()
        expect(alone.locator(".rule")).to_contain_text("The rule of Gradient descent")
        alone.locator(".legend .eye").nth(1).click()
        expect(alone.locator(".overlay .line[data-lane=b]")).to_have_count(0)
        dialog(alone)
        assert pixels(saved(alone, tmp_path, "button", "Save PNG")).shape == (1080, 1920, 3)
        assert complaints == []
    finally:
        context.close()


def test_the_link_can_be_copied_scanned_and_embedded(open_page):
    page = open_page(SHORT + "&view.chosen=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog(page, "Link")
    link = page.get_by_label("Link to this page")
    expect(link).to_have_value(page.url)
    page.locator("dialog.take").get_by_role("button", name="Copy").first.click()
    expect(page.locator(".take .saying:visible")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    code = page.get_by_alt_text("QR code of the link to this page")
    page.wait_for_function("image => image.naturalWidth > 0", arg=code.element_handle())
    assert code.bounding_box()["width"] >= 300
    embedded = page.get_by_label("Link for embedding").input_value()
    assert parse_qs(urlsplit(embedded).query)["view.controls"] == ["hidden"]


def test_the_link_shows_the_zoom_and_the_step_on_screen(open_page):
    page = open_page(SHORT)
    box = map_box(page)
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    changes(page, lambda: ranges(page), lambda: page.mouse.wheel(0, -400))
    page.keyboard.up("Control")
    timeline(page).focus()
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    shown = becomes(page, lambda: (step(page), ranges(page)), lambda now: now[0] == 23)
    dialog(page, "Link")
    link = page.get_by_label("Link to this page").input_value()
    embedded = page.get_by_label("Link for embedding").input_value()
    for address in (link, embedded):
        there = open_page(urlsplit(address).query)
        assert step(there) == 23
        assert np.array(ranges(there)) == pytest.approx(np.array(shown[1]), abs=1e-5)
        expect(button(there, "Play")).to_be_visible()
    button(there, "Reset zoom").click()
    becomes(there, lambda: parameters(there), lambda now: "view.window" not in now)
    assert parameters(there)["view.step"] == "23"


def test_an_embedded_page_shows_the_stage_without_controls(open_page):
    page = open_page(SHORT + "&view.controls=hidden")
    expect(page.locator(".stage .overlay .line").first).to_be_attached()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    assert page.get_by_label("Surface", exact=True).count() == 0


def test_a_long_link_says_that_it_is_too_long_for_a_code(open_page):
    lanes = "&".join(f"{slot}=adam&{slot}.name={'é' * 40}" for slot in "abcdef")
    page = open_page(f"{lanes}&{SHORT}")
    dialog(page, "Link")
    length = len(page.get_by_label("Link to this page").input_value())
    assert length > LONGEST_QR
    expect(page.locator(".qr")).to_contain_text(f"{length} characters")


def opened(page, tmp_path, text):
    dialog(page, "Open")
    path = tmp_path / "experiment.json"
    path.write_text(text)
    page.get_by_label("Experiment file").set_input_files(path)


def test_a_saved_experiment_opens_again(open_page, tmp_path):
    page = open_page(SHORT)
    opened(page, tmp_path, to_json(Experiment(steps=77, x=0.5)))
    expect(page.locator(".said")).to_have_text("step 77 of 77")
    at_rest(page)
    assert parse_qs(urlsplit(page.url).query)["x"] == ["0.5"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "not JSON"),
        ("{}", "not an experiment"),
        (to_json(Experiment()).replace('"version": 1', '"version": 2'), "version 2"),
    ],
)
def test_a_file_that_cannot_be_opened_is_explained_and_changes_nothing(
    open_page, tmp_path, text, said
):
    page = open_page(SHORT)
    opened(page, tmp_path, text)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator(".said")).to_have_text("step 30 of 30")


def test_a_huge_file_is_refused_without_being_sent(open_page, tmp_path):
    page = open_page(SHORT)
    opened(page, tmp_path, " " * 6_100_000)
    expect(page.locator("dialog.take")).to_contain_text("at most 6.0 MB")


def test_the_dialog_is_driven_by_keyboard_and_gives_the_focus_back(page):
    button = page.get_by_role("button", name="Save", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Picture")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Animation")).to_be_focused()
    expect(page.get_by_role("button", name="Make and save")).to_be_visible()
    step = page.locator(".said").inner_text()
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Picture")).to_be_focused()
    assert page.locator(".said").inner_text() == step
    close(page)
    expect(button).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768), (1024, 600)])
def test_the_dialog_fits_the_screen(open_page, width, height):
    page = open_page(SHORT, width=width, height=height)
    found = dialog(page)
    for tab in ("Picture", "Animation", "Data and code", "Link", "Open"):
        dialog(page, tab)
        box = found.bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        wide = found.evaluate("d => [d.scrollWidth, d.clientWidth]")
        assert wide[0] <= wide[1], tab
        assert not re.search(r"undefined|NaN|null", found.inner_text())
