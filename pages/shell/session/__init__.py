"""The state of one browser tab: the one package that touches Streamlit's session state."""
