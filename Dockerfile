# The portal in one process on port 8000, over the demo unless the environment says otherwise: see docs/deploy.md.
#   docker build -t aind-qc-portal .
#   docker run -e ALLOW_WEBSOCKET_ORIGIN=localhost:8000 -p 8000:8000 aind-qc-portal

# The tag moves with Python's and Debian's security fixes; the packages do not: the locks have their hashes.
FROM python:3.13-slim-trixie AS packages
WORKDIR /build
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps \
        -r requirements-build.lock \
    && /opt/venv/bin/uv pip install --no-cache --python /opt/venv/bin/python --require-hashes --no-deps \
        --no-build-isolation --compile-bytecode -r requirements.lock \
    && /opt/venv/bin/pip uninstall --yes setuptools uv pip

FROM python:3.13-slim-trixie
LABEL org.opencontainers.image.title="QC Portal" \
    org.opencontainers.image.description="Review the quality control of data assets" \
    org.opencontainers.image.licenses="MIT"

# Drafts, copies of figures and the demo's working copy are all that is ever written: in the volume below or, with the
# state in a bucket, in /tmp. With --read-only, give it a volume, or a tmpfs at /tmp.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --mode=0700 /var/lib/qc-portal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /opt/portal
COPY .streamlit/config.toml .streamlit/config.toml
COPY demo/assets demo/assets
COPY qc_core qc_core
COPY pages pages
COPY app.py LICENSE ./

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    QC_PORTAL_STATE=/var/lib/qc-portal
VOLUME /var/lib/qc-portal
USER 10001
EXPOSE 8000

# Any unknown path is answered with the page, so the answer must be JSON, not only there.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import json, urllib.request; json.load(urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4))"]
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", "8000", \
    "--browser.serverAddress", "localhost"]
