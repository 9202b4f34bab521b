"""The floor: the same server with next to nothing in it, so that what Streamlit itself costs can be told apart."""
