"""Our own HTTP routes and headers: what is served beside the Streamlit page, in the same process."""
