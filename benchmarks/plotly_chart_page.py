"""The page as it would be with `st.plotly_chart`: the same slider, landscape, paths and losses."""

from dataclasses import replace

import plotly.graph_objects as go
import streamlit as st

from declarations import declarations
from engine.setup.experiment import Experiment
from engine.setup.link import read
from packets.landscape import landscape
from packets.palette import STYLES
from tests.landscapes import as_drawn

st.set_page_config(layout="wide")
experiment = read(st.query_params.to_dict())[0]
lane = experiment.lanes[0]
rate = declarations(type(lane.optimizer))["lr"]
with st.sidebar:
    lr = st.select_slider(
        "learning rate", rate.stops(), lane.optimizer.lr, format_func=rate.write, key="lr"
    )
lanes = (replace(lane, optimizer=replace(lane.optimizer, lr=lr)), *experiment.lanes[1:])
experiment = replace(experiment, lanes=lanes)


def ground(shown: Experiment) -> go.Contour:
    """Return the landscape as the stage draws it."""
    grid = landscape(shown.surface, shown.surface.window)
    heights = as_drawn(grid, shown.surface).shown
    levels = {"coloring": "fill", "start": 0.05, "end": 0.95, "size": 0.05}
    return go.Contour(
        x=grid.x, y=grid.y, z=heights, contours=levels, autocontour=False, showscale=False
    )


def line(color: str, x: object, y: object) -> go.Scatter:
    """Return a lane's line."""
    return go.Scatter(x=x, y=y, mode="lines", line={"color": STYLES[color].light, "width": 2.5})


runs = list(zip(experiment.lanes, experiment.runs(), strict=True))
paths = [line(lane.color, run.x[:, 0], run.x[:, 1]) for lane, run in runs]
losses = [line(lane.color, list(range(len(run.loss))), run.loss) for lane, run in runs]
left, right = st.columns([3, 2])
(x_range, y_range) = experiment.surface.window
with left:
    figure = go.Figure([ground(experiment), *paths])
    figure.update_layout(
        height=440, showlegend=False, xaxis_range=list(x_range), yaxis_range=list(y_range)
    )
    st.plotly_chart(figure, key="map")
with right:
    figure = go.Figure(losses)
    figure.update_layout(height=440, showlegend=False, yaxis_type="log")
    st.plotly_chart(figure, key="losses")
