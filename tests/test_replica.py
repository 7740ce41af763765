"""What is known of a control: a page and a browser in small, with every order of messages."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from interface.replica import Clock, Replica

VALUES = st.integers(0, 3)


@dataclass
class Browser:
    """One control, the clock, and what is still on its way to them."""

    shown: int = 0
    begun: int = 0
    complete: int = 0
    coming: list[dict[str, int]] = field(default_factory=list)

    def receives(self):
        """Apply what the next run has sent: it comes at once, but for what was cut off."""
        if self.coming:
            vars(self).update(self.coming.pop(0))

    def says(self):
        return self.shown, Clock(self.begun, self.complete)


@dataclass
class Server:
    """A page whose state is one value; each run takes a message in, then writes what is due."""

    value: int = 0
    run: int = 0
    replica: Replica = field(default_factory=Replica)

    def hears(self, message):
        """Take a message in, and return whether a person is understood to have set the value."""
        self.run += 1
        changed = self.replica.heard(*message)
        if changed:
            self.value = message[0]
        return changed

    def draws(self, browser, whole=True):
        """Send what a run sends; one that is cut short sends no end."""
        sent = {"begun": self.run}
        if self.replica.due(self.value):
            self.replica.wrote(self.run, self.value)
            sent["shown"] = self.value
        browser.coming.append(sent | ({"complete": self.run} if whole else {}))


def opened():
    server, browser = Server(), Browser()
    server.hears(browser.says())
    server.draws(browser)
    while browser.coming:
        browser.receives()
    return server, browser


def test_what_was_written_is_no_change():
    server, browser = opened()
    server.run += 1
    server.value = 2
    server.draws(browser)
    assert not server.hears(browser.says())
    server.draws(browser)
    while browser.coming:
        browser.receives()
    assert browser.shown == 2
    assert not server.hears(browser.says())
    assert not server.replica.due(2)


def test_what_was_told_is_not_written_back_before_its_value_comes():
    server, browser = opened()
    assert not server.hears(browser.says())
    replica = server.replica
    replica.read = int
    for text in "123":  # a held key: the control hands its value over when it rests
        browser.shown = int(text)
        replica.told(text)
        assert not replica.due(int(text))
    assert replica.due(2), "what is not what was told must be written"
    replica.heard(3, Clock(browser.begun, browser.complete))
    assert not replica.due(3)
    assert replica.due(2)


def test_what_a_person_sets_before_a_write_arrives_outlives_it():
    server, browser = opened()
    server.run += 1
    server.value = 2
    server.draws(browser)
    browser.shown = 3
    assert server.hears(browser.says())
    server.draws(browser)
    while browser.coming:
        browser.receives()
    assert (server.value, browser.shown) == (3, 3)


def test_a_person_may_set_a_written_control_back():
    server, browser = opened()
    server.run += 1
    server.value = 2
    server.draws(browser)
    while browser.coming:
        browser.receives()
    browser.shown = 0
    assert server.hears(browser.says())
    assert server.value == 0


def test_a_new_control_may_be_used_before_its_page_is_complete():
    server, browser = Server(), Browser()
    server.run += 1
    server.draws(browser, whole=False)
    browser.receives()
    browser.shown = 2
    assert server.hears(browser.says())
    assert server.value == 2


def test_a_control_that_is_only_used_is_never_written():
    server, browser = opened()
    for value in (1, 2, 3, 0, 2):
        browser.shown = value
        assert server.hears(browser.says())
        assert not server.replica.due(server.value)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("acts"), VALUES),
        st.tuples(st.just("writes"), VALUES),
        st.tuples(st.just("receives"), st.integers(1, 4)),
        st.tuples(st.just("reruns"), st.booleans()),
    ),
    max_size=14,
)


def carried_out(steps, whole):
    """Return a page and a browser after some steps; `whole` says whether a run was cut short."""
    server, browser = opened()
    for step, what in steps:
        if step == "receives":
            for _ in range(what):
                browser.receives()
            continue
        if step == "acts":
            browser.shown = what
        server.hears(browser.says())
        if step == "writes":
            server.value = what
        server.draws(browser, whole(what) if step == "reruns" else True)
    return server, browser


def comes_to_rest(server, browser):
    server.hears(browser.says())
    server.draws(browser)
    while browser.coming:
        browser.receives()


@given(STEPS)
def test_at_rest_page_and_browser_agree_in_every_order(steps):
    """Messages are never lost; runs may be cut short; what is sent may wait as long as it likes."""
    server, browser = carried_out(steps, bool)
    comes_to_rest(server, browser)
    assert browser.shown == server.value
    assert not server.hears(browser.says())


@given(STEPS, VALUES)
def test_the_last_thing_a_person_sets_is_kept(steps, last):
    server, browser = carried_out(steps, lambda _: True)
    moved = last != browser.shown
    browser.shown = last
    comes_to_rest(server, browser)
    if moved:
        assert (server.value, browser.shown) == (last, last)


@given(STEPS, VALUES)
def test_it_is_kept_as_well_where_runs_were_cut_short(steps, last):
    """A value that no write has carried is a person's, whatever may have been shown in part."""
    server, browser = carried_out([step for step in steps if step != ("writes", last)], bool)
    moved = last != browser.shown and all(write.value != last for write in server.replica.writes)
    browser.shown = last
    comes_to_rest(server, browser)
    if moved:
        assert (server.value, browser.shown) == (last, last)


TOLD = st.lists(
    st.one_of(
        st.tuples(st.just("sets"), VALUES),
        st.tuples(st.just("arrives"), VALUES),
        st.tuples(st.just("hears"), VALUES),
        st.tuples(st.just("receives"), VALUES),
    ),
    max_size=14,
)


@dataclass
class Slider(Browser):
    """A control that says at once what is set there, and hands over its value a while later."""

    handed: int = 0
    told: list[int] = field(default_factory=list)

    def sets(self, value):
        self.shown = value
        self.told = [value]  # of what waits to be heard, the last counts

    def receives(self):
        super().receives()
        self.handed = self.shown


def hears_all(server, slider):
    """Let a message be heard: first what was told, then the value that was handed over."""
    server.run += 1
    told, slider.told = slider.told, []
    for value in told:
        server.replica.told(str(value))
    if server.replica.heard(slider.handed, Clock(slider.begun, slider.complete)):
        server.replica.take(slider.handed)


def followed(steps):
    server, slider = Server(), Slider()
    server.replica.read = int
    server.replica.take = lambda value: setattr(server, "value", value)
    server.replica.known, server.replica.fresh = slider.handed, False
    for step, value in steps:
        if step == "sets":
            slider.sets(value)
        elif step == "arrives":
            slider.handed = slider.shown
        elif step == "receives" and slider.handed == slider.shown and not slider.told:
            slider.receives()
        elif step == "hears":
            hears_all(server, slider)
            server.draws(slider)
    return server, slider


@given(TOLD, VALUES)
def test_a_value_that_comes_late_is_not_taken_for_newer_than_what_was_told(steps, last):
    """The value before the last may arrive after the last was told."""
    server, slider = followed(steps)
    slider.sets(last)
    hears_all(server, slider)
    server.draws(slider)
    assert server.value == last
    slider.handed = slider.shown
    hears_all(server, slider)
    assert server.value == last


def test_what_nobody_told_counts_once_the_told_value_was_due():
    server, slider = followed([("sets", 1), ("hears", 0)])
    slider.handed = slider.shown = 2
    hears_all(server, slider)
    assert server.value == 2
