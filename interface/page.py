"""The script that Streamlit reruns: address -> experiment -> controls, address, stage."""

import streamlit as st

from interface import assets, component, controls, open_lesson, own_file, stage_acts, state

st.set_page_config("Loss surfaces", page_icon="⛰️", layout="wide", initial_sidebar_state=340)
st.html(f"<style>{assets.page_style()}</style>")
state.begin(stage_acts.hear)
own_file.take_in()
component.draw()
if state.view().controls == "shown" and open_lesson.now() is None:
    with st.sidebar:
        controls.sidebar()
state.end()
for remark in state.remarks():
    st.toast(remark)
if state.notices():
    with st.container(key="notices"):
        for notice in state.notices():
            st.warning(notice)
        st.button("Close", key="notices-read", type="tertiary", on_click=state.forget_notices)
