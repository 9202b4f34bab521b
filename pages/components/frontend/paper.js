// A document is drawn by Streamlit's own element, which follows ours on the page. Here it is only looked whether it
// can be had; where it cannot, the reason stands in its place.
function paper(stage, figure, shell) {
  const drawnBelow = shell.host.closest('[data-testid="stElementContainer"]');
  const mark = (failed) => {
    drawnBelow?.toggleAttribute("data-qc-failed", failed);
    stage.dataset.kind = failed ? "words" : "";
  };
  const late = `${figure.name} has not arrived after ${PATIENCE / 1000} seconds.`;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  const look = async () => {
    try {
      const answer = await fetch(figure.address, { headers: { Range: "bytes=0-0" }, signal: limit.signal });
      return answer.ok ? "" : (await answer.text()).slice(0, 500);
    } catch {
      return limit.signal.reason === "gone" ? "" : limit.signal.aborted ? late : "The portal did not answer.";
    } finally {
      clearTimeout(timer);
    }
  };
  mark(false);
  look().then((trouble) => {
    if (!trouble) return;
    mark(true);
    stage.replaceChildren(problem(trouble, () => window.location.reload()));
  });
  return () => {
    clearTimeout(timer);
    limit.abort("gone");
    mark(false);
  };
}
