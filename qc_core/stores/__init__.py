"""Where records, drafts and figures are: all input and output of `qc_core` happens in here."""
