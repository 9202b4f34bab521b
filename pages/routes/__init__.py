"""Our own HTTP routes and headers: what is served besides the Streamlit page, in the same process."""
