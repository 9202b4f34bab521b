// Under a number: where it lies among the project's values of the same metric. It is asked for, and drawn, only while the
// reader compares (comparison_switch.js).
import { COUNTS, getMost, isComparing, observeChoice, setMost } from "./comparison/choice.js";
import { createStrip } from "./comparison/strip.js";
import { formatDay } from "./comparison/strip_arithmetic.js";
import { createButton } from "./figure/controls.js";
import { request } from "./figure/requests.js";
import { createElement, getElement } from "./shared/elements.js";

/** @import { Cleanup, ComparisonAnswer, ComparisonData, ComponentArguments } from "./types.d.ts" */

const ASK_AGAIN = 700; // ms, while the portal goes on reading
const FOCUSABLE = ["svg", "select"]; // what keeps the focus when the strip is drawn again

/** Which metric of which record. @param {ComparisonData} data */
const getMetric = ({ address }) => address.split("&number=")[0];

/**
 * Which assets are compared, and from which day to which.
 * @param {ComparisonAnswer} answer
 */
function describeScope({ scope, values }) {
  const times = values.flatMap(({ time }) => (time ? [time] : []));
  const [first, last] = [times[0], times.at(-1)];
  return first && last ? `${scope}, ${formatDay(first)} to ${formatDay(last)}` : scope;
}

/** One card's comparison, which outlives each drawing of the card. */
class ComparisonView {
  /** The address of the answer that is on screen or asked for. */
  address = "";
  /** @type {ComparisonAnswer | null} */
  answer = null;
  /** @type {string | null} */
  problem = null;
  timer = 0;
  width = 0;
  /** The value that the reader is at. */
  pointed = { href: "" };

  /**
   * @param {HTMLElement} root
   * @param {ComparisonData} data
   */
  constructor(root, data) {
    this.root = root;
    this.data = data;
    /** @type {Cleanup} */
    this.unobserve = () => {};
    this.sizes = new ResizeObserver(() => {
      if (this.answer && root.clientWidth && Math.abs(root.clientWidth - this.width) > 1) this.draw();
    });
  }

  /** @param {ComparisonData} data */
  show(data) {
    const isOther = getMetric(data) !== getMetric(this.data);
    this.data = data;
    if (isOther) [this.answer, this.problem, this.pointed] = [null, null, { href: "" }];
    this.unobserve();
    this.unobserve = observeChoice(() => this.update());
    this.sizes.observe(this.root);
    this.update();
  }

  stop() {
    this.unobserve();
    this.sizes.disconnect();
    clearTimeout(this.timer);
    this.address = "";
  }

  update() {
    if (!isComparing()) {
      clearTimeout(this.timer);
      this.address = "";
      return;
    }
    const address = `${this.data.address}&most=${getMost()}`;
    if (address === this.address) return;
    this.address = address;
    this.ask(address);
  }

  /** @param {string} address */
  async ask(address) {
    clearTimeout(this.timer);
    if (!this.answer) this.draw();
    const { response, reason } = await request(address);
    /** @type {ComparisonAnswer | null} */
    const answer = response ? await response.json() : null;
    if (address !== this.address) return; // the number changed, or nobody compares any more
    this.problem = reason ?? answer?.error ?? null;
    this.answer = answer;
    this.draw();
    if (answer?.reading) this.timer = window.setTimeout(() => this.ask(address), ASK_AGAIN);
  }

  draw() {
    const { answer, root } = this;
    this.width = root.clientWidth;
    if (!answer) {
      root.replaceChildren(this.problem ? this.createProblem() : createElement("p", "quiet", "Reading other values…"));
      return;
    }
    if (!answer.scope) {
      root.replaceChildren(createElement("p", "quiet", "This record names no project and no subject to compare with."));
      return;
    }
    const parts = [];
    if (answer.rank) parts.push(createElement("p", "rank", answer.rank));
    if (answer.hint) parts.push(createElement("p", answer.unusual ? "hint unusual" : "hint", answer.hint));
    if (answer.values.length) parts.push(createStrip(answer, Math.max(120, this.width), this.data.name, this.pointed));
    if (this.problem) parts.push(this.createProblem());
    parts.push(this.createFoot(answer));
    const focused = FOCUSABLE.find((selector) => root.querySelector(`${selector}:focus`));
    root.replaceChildren(...parts);
    const again = focused ? root.querySelector(focused) : null;
    if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
  }

  createProblem() {
    const row = createElement("div", "problem", this.problem);
    row.setAttribute("role", "alert");
    row.append(createButton("Try again", "Try again", () => this.ask(this.address)));
    return row;
  }

  /**
   * Which assets are compared, how far their reading is, and how many are wanted.
   * @param {ComparisonAnswer} answer
   */
  createFoot(answer) {
    const foot = createElement("div", "foot");
    const scope = createElement("span", "scope", describeScope(answer));
    scope.title = describeScope(answer);
    foot.append(scope);
    if (answer.reading) {
      const progress = createElement("progress");
      progress.max = answer.assets || 1;
      progress.value = answer.read;
      const assets = answer.assets === null ? "" : ` of ${answer.assets.toLocaleString("en")}`;
      const words = createElement("span", "", `${answer.read.toLocaleString("en")}${assets} assets read`);
      words.setAttribute("role", "status");
      foot.append(progress, words);
    } else if (answer.partial) foot.append(createElement("span", "", "the list of assets is still being read"));
    const select = createElement("select", "tool");
    select.setAttribute("aria-label", "How many values are compared");
    for (const count of COUNTS) {
      const option = createElement("option", "", `last ${count.toLocaleString("en")}`);
      option.value = String(count);
      option.selected = count === getMost();
      select.append(option);
    }
    select.addEventListener("change", () => setMost(Number(select.value)));
    foot.append(select);
    return foot;
  }
}

/** @type {WeakMap<HTMLElement, ComparisonView>} */
const views = new WeakMap();

/** @param {ComponentArguments<ComparisonData>} component */
export default function showComparison({ data, parentElement }) {
  const root = getElement(parentElement, ".comparison");
  const view = views.get(root) ?? new ComparisonView(root, data);
  views.set(root, view);
  view.show(data);
  return () => view.stop();
}
