"""Everything the QC Portal knows that is not a screen: usable from a script or a notebook, never imports streamlit."""
