import { arriveAtCards } from "./shared/cards.js";

// Where the reader begins after a change of figure or group: at the card of `data.card`, or at the top where that is in
// view from there. Drawn after the cards, once for each sheet. It also ends the wait that `leaveCards` began, and puts
// the focus on that card after a submission.
const SIDE_BY_SIDE = 901;

const cardBoxes = () => document.querySelectorAll('.st-key-qc-cards [class*="st-key-qc-card-"]');

function scrollers(node) {
  const found = [];
  for (let at = node; at; at = at.parentElement)
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) found.push(at);
  return found;
}

function beginAt(number) {
  const boxes = cardBoxes();
  const card = boxes[number];
  if (!card) return;
  const all = scrollers(card);
  for (const one of all) one.scrollTop = 0;
  const bar = document.querySelector('[data-testid="stBottom"]')?.getBoundingClientRect().top ?? window.innerHeight;
  if (window.innerWidth < SIDE_BY_SIDE) return; // the figure is above its cards: it comes first
  if (number && card.getBoundingClientRect().bottom > bar) card.scrollIntoView({ block: "start", behavior: "instant" });
}

// The next thing to do: a control of the card to decide, else the row of the open group in the tree.
function focusAt(number) {
  const box = number === null ? null : cardBoxes()[number];
  const control = box?.querySelector('[data-testid="stButtonGroup"] button:not([disabled])');
  const tree = [...document.querySelectorAll(".st-key-qc-groups *")].map((node) => node.shadowRoot).find(Boolean);
  (control ?? tree?.querySelector('[aria-current="true"]'))?.focus({ preventScroll: Boolean(control) === false });
}

async function untilGone(selector) {
  const until = performance.now() + 3000;
  while (document.querySelector(selector) && performance.now() < until)
    await new Promise((resume) => setTimeout(resume, 50));
}

export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  const memory = (host.qcStart ??= { sheet: null, submitted: 0 });
  if (memory.sheet !== data.sheet) {
    memory.sheet = data.sheet;
    beginAt(data.card ?? 0);
    arriveAtCards();
  }
  if (data.submitted > memory.submitted) {
    memory.submitted = data.submitted;
    untilGone('[data-testid="stDialog"]').then(() => focusAt(data.card));
  }
}
