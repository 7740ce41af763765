"""A lesson to be written: the text file that "make a lesson of this" gives, ready to be edited."""

from __future__ import annotations

from urllib.parse import urlencode

from engine.setup.experiment import Experiment
from engine.setup.link import SLOTS, write
from labs.view import View, write_view

_FILE = '''# A lesson. Edit the texts and open the file again under Lessons, or put it into the
# folder that LOSS_SURFACE_LESSONS names when the server is started.
#
# Numbers are filled in from the run: {{a.loss@50}} is lane a's loss at step 50, {{a.lr}} a setting,
# {{a}} a lane's name; {{a.loss@end:2}} shows two digits, {{a.share:%}} a percentage.
# At a step:    loss gap distance x y step step.x step.y slope gradient.x gradient.y rate
#               effective.x effective.y angle sharpness curvature.low mean memory.NAME.x
# Of the run:   arrival stays diverged leaves rises last_rise flips.x flips.y lowest lowest_at
#               longest longest_at best best_rate reach tuned share
# Claims compare them: "a.stays < b.stays", "a.loss@end ~ 0.5" (~ is within two percent).
# Before an answer is given, texts may name settings only.

title = "{title}"
link = "{link}"
pace = 10              # steps a second
# decisive = "20"      # the step at which the run slows down
# caveat = "What two weights cannot show."
# sources = ["Author (year), doi"]

[question]
text = "What will {{{last}}} do?"
# One of: options = [[text, claim], ...]     one of a few answers; the run decides which is right
#         number = {{ value = "a.rises", near = 0.1, unit = "rises" }}
#                                             (an interval may be typed as well: 3 to 5)
#         ranking = "stays"                   the lanes in order; "-loss@end" for the largest first
#         point = {{ lane = "a", step = 10, near = 0.05 }}
#         curve = {{ lane = "a", near = 0.5 }}
options = [
  ["Its loss falls at every step", "{last}.rises = 0"],
  ["Its loss rises on the way", "{last}.rises > 0"],
]
# reasons = [["because ...", true], ["because ...", false]]

[check]
text = "What did you see? Was the loss below its start at the end?"
options = [
  ["Yes", "{last}.loss@end < {last}.loss@0"],
  ["No", "{last}.loss@end >= {last}.loss@0"],
]

[explanation]
text = """The loss of {{{last}}} began at {{{last}.loss@0}} and ended at {{{last}.loss@end}};
it rose {{{last}.rises}} times."""
line = 0               # which line of the chosen lane's rule is lit, from 1
step = "1"             # where the clock stands

[transfer]             # one setting changed; the right answer should be another one
changes = "{last}.lr={rate}"
text = "The rate of {{{last}}} is now {{{last}.lr}}. What will it do?"
options = [
  ["Its loss falls at every step", "{last}.rises = 0"],
  ["Its loss rises on the way", "{last}.rises > 0"],
]
explanation = "Now it ended at {{{last}.loss@end}} and rose {{{last}.rises}} times."

# [[variations]]
# title = "A smaller rate"
# changes = "a.lr=0.001"
# text = "With {{a.lr}} it ends at {{a.loss@end}}."

# [task]
# text = "Find a rate with which it arrives in fewer than 100 steps."
# slides = "a.lr"
# goal = "a.arrival < 100"
# solution = "a.lr=0.01"
'''


def template(experiment: Experiment, view: View) -> str:
    """Return the file for an experiment and the way it is looked at; it opens as it stands."""
    last = SLOTS[len(experiment.lanes) - 1]
    rate = experiment.lanes[-1].optimizer.lr
    return _FILE.format(
        title=f"{experiment.surface.title}: a lesson",
        link=urlencode(write(experiment) | write_view(view)),
        last=last,
        rate=f"{rate * 8 if rate <= 12 else rate / 8:.6g}",
    )
