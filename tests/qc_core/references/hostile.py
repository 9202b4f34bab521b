"""Texts that a record might hold as a reference, from the believable to the malicious."""

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *("/", "//", "./", "../", "..", ".", "results/", "/results/", "\\", ";", " ", "#", "?", "%", "%2e%2e", "%2F"),
        *("C:", "c:/", "~", "@", ":", "\x00", "\n", "\u2028", "\ud800", "é", "図", "\u202e", "&", "=", "'", '"', "<"),
        *(
            "http://",
            "https://",
            "HTTPS://",
            "https%3A//",
            "https%3A%2F%2F",
            "s3://",
            "s3%3A//",
            "sha1://",
            "file://",
            "ftp://",
        ),
        *("javascript:", "data:", "host.org", "user:pass@", "[::1]", "[", "]", ":80", ":99999", "a", "fig", "figures"),
        *(".png", ".PNG", ".jpg", ".svg", ".pdf", ".mp4", ".webm", ".json", ".vl.json", ".nwb", ".rrd", ".h5", ".csv"),
        *(
            "{derived_asset_location}",
            "{raw_asset_location}",
            "%7Braw_asset_location%7D",
            "{",
            "}",
            "bucket/",
            "s3://bucket/",
            f"sha1://{40 * 'a'}",
            "?label=",
            "shank0_drift.png",
            "units3.png",
            "__empty__0",
            "Record Node 109#",
        ),
    ]
)
HOSTILE = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30)
REFERENCES = st.none() | HOSTILE
