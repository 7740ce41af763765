"""A class that takes part: its lecturer's page leads, the others follow, answer, and roam."""

import re

import numpy as np
from playwright.sync_api import expect

from tests.browser.agreement import agreed
from tests.browser.stage import at_rest, becomes, on_map, parameters, points, step
from tests.browser.test_lessons import phase, press, title


def opens_a_class(page):
    """Open a class from a lesson; return its code."""
    press(page, "Let a class take part")
    page.get_by_role("button", name="Open a class").click()
    code = page.locator(".class-large").inner_text()
    expect(page.locator(".qr img")).to_be_visible()
    page.keyboard.press("Escape")
    return code


def put(page, across, up):
    """Answer with a place on the map, given as shares of its sides, and hand it in."""
    page.mouse.click(*on_map(page, across, up))
    press(page, "Commit and watch")
    expect(page.locator(".class-note")).to_contain_text("handed in")


def marks(page, shape=".class-cloud circle"):
    found = page.locator(shape).all()
    return sorted((float(one.get_attribute("cx")), float(one.get_attribute("cy"))) for one in found)


def test_a_class_answers_with_places_and_its_lecturer_starts_the_run(open_alone):
    lecturer = open_alone("lesson=steepest-direction")
    code = opens_a_class(lecturer)
    first, second = open_alone(f"#{code}"), open_alone(f"#{code.lower()}", 390, 844)
    for student in (first, second):
        phase(student, "Predict")
        expect(title(student)).to_have_text(title(lecturer).inner_text())
    counted = lecturer.locator(".class-tally")
    expect(counted).to_contain_text("0 of 2 have answered")
    put(first, 0.6, 0.4)
    put(second, 0.4, 0.6)
    expect(counted).to_contain_text("2 of 2 have answered")
    put(first, 0.5, 0.5)
    first.reload()
    phase(first, "Predict")
    expect(first.locator(".class-note")).to_contain_text("handed in")
    assert len(points(first)) <= 1
    assert marks(lecturer) == []

    lecturer.reload()
    phase(lecturer, "Predict")
    expect(counted).to_contain_text("2 of 2 have answered")
    lecturer.locator("body").press("PageDown")
    for page in (lecturer, first, second):
        phase(page, "Watch")
    expect(counted).to_contain_text("The class: 2 answers")
    assert len(becomes(lecturer, lambda: marks(lecturer), lambda found: len(found) == 2)) == 2
    lecturer.locator("body").press("Home")
    lecturer.locator("body").press("Space")
    expect(lecturer.locator(".overlay.running .class-cloud circle").first).to_be_visible()
    expect(first.locator(".lesson")).to_contain_text("Your answer: (")
    lecturer.locator("body").press("PageDown")
    for page in (lecturer, first, second):
        phase(page, "Explain")
    expect(counted).to_contain_text("near enough")
    agreed(first)

    lecturer.get_by_role("button", name=re.compile("^Next ›")).click()
    expect(title(second)).to_have_text(title(lecturer).inner_text())
    phase(second, "Predict")
    second.reload()
    phase(second, "Predict")
    expect(second.locator(".class-note")).to_contain_text("answers this together")
    press(lecturer, "Let a class take part")
    lecturer.get_by_role("button", name="End the class").click()
    expect(second.locator(".class-note p")).to_be_empty()
    press(second, "Let a class take part")
    expect(second.get_by_role("status").filter(has_text="it has ended")).to_be_visible()


def test_a_curve_that_a_class_has_drawn_lies_among_the_losses(open_page):
    lecturer = open_page("lesson=stability-limit")
    student = open_page(f"#{opens_a_class(lecturer)}")
    phase(student, "Predict")
    student.get_by_role("slider", name="Loss at step 500").focus()
    student.keyboard.press("PageDown")
    press(student, "Commit and watch")
    expect(lecturer.locator(".class-tally")).to_contain_text("1 of 1 have answered")
    lecturer.locator("body").press("PageDown")
    phase(student, "Watch")
    expect(lecturer.locator(".curve.loss [data-label='class 0']")).to_be_attached()
    press(lecturer, "Leave the lesson and go on with this experiment")
    expect(student.locator(".lesson")).to_be_hidden()
    expect(lecturer.locator(".curve.loss [data-label='class 0']")).not_to_be_attached()


def test_a_class_follows_an_experiment_and_may_roam(open_page):
    lecturer = open_page("a=momentum&x=-1.5&y=2&steps=40")
    lecturer.get_by_role("button", name="Lessons", exact=True).click()
    lecturer.get_by_role("button", name="A class takes part").click()
    lecturer.get_by_role("button", name="Open a class").click()
    code = lecturer.locator(".class-large").inner_text()
    lecturer.keyboard.press("Escape")
    student = open_page()
    student.get_by_role("button", name="Lessons", exact=True).click()
    student.get_by_role("button", name="A class takes part").click()
    field = student.get_by_label("Or join one: its code")
    field.fill("A1")
    student.get_by_role("button", name="Join", exact=True).click()
    expect(student.get_by_text("A code has four letters")).to_be_visible()
    field.fill("ZZZZ" if code != "ZZZZ" else "ZZZX")
    field.press("Enter")
    expect(student.get_by_text("it has ended")).to_be_visible()
    field.fill(code)
    field.press("Enter")
    student.keyboard.press("Escape")
    followed = becomes(student, lambda: parameters(student), lambda now: now.get("x") == "-1.5")
    assert followed == parameters(lecturer)
    at_rest(student)

    for _ in range(3):
        lecturer.locator("body").press("ArrowLeft")
    expect(student.locator(".clock .said")).to_contain_text("step 37 of 40")
    lecturer.get_by_role("link", name="Past a local minimum").click()
    surface = lecturer.locator(".stage-head h1")
    expect(surface).not_to_have_text("Rosenbrock")
    expect(student.locator(".stage-head h1")).to_have_text(surface.inner_text())
    becomes(student, lambda: parameters(student), lambda now: now == parameters(lecturer))
    at_rest(student)
    agreed(student)
    lecturer.bring_to_front()
    lecturer.locator("body").press("End")
    student.bring_to_front()
    becomes(student, lambda: step(student), lambda now: now == step(lecturer))
    assert np.allclose(points(student), points(lecturer), atol=1)

    student.locator(".class-chip").click()
    student.get_by_label("Follow what the lecturer shows").uncheck()
    lecturer.get_by_role("link", name="Zigzag in a ravine").click()
    expect(surface).to_have_text("Ravine")
    at_rest(student)
    expect(student.locator(".stage-head h1")).not_to_have_text("Ravine")
    student.get_by_label("Follow what the lecturer shows").check()
    expect(student.locator(".stage-head h1")).to_have_text("Ravine")
    student.get_by_role("button", name="Leave the class").click()
    expect(student.locator(".class-chip")).to_be_hidden()
