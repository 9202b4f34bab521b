// Marks Streamlit's dialog about a server that is gone, into which page.css puts words for readers. Its title is bare text;
// dialogs of ours have elements in theirs. A selector that finds it by the connection's state would begin at the whole
// document, whose styles the browser then computes again for every element that is added.

const MARK = "data-qc-connection-error";
const CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]';

function markDialogs() {
  const titles = document.querySelectorAll('[role="dialog"] > h2[slot="title"]');
  if (!titles.length) return;
  const isConnected = document.querySelector(CONNECTED) !== null;
  for (const title of titles) title.parentElement?.toggleAttribute(MARK, !isConnected && !title.firstElementChild);
}

let isWatched = false;

/** From now on; dialogs are added at the end of the body. */
export function watchConnectionDialog() {
  if (isWatched) return;
  isWatched = true;
  new MutationObserver(markDialogs).observe(document.body, { childList: true });
}
