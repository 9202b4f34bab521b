"""The floor: the same server with next to nothing in it, which measures what Streamlit itself costs."""
