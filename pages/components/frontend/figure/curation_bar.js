// The line above a view that takes curations: which version is sent into it, and what came back.
import { createElement } from "../shared/elements.js";

/** @import { CurationData, CurationVersion, SendToServer } from "../types.d.ts" */
/** @import { CurationLink } from "./curation_link.js" */

/**
 * @param {string} label
 * @param {() => void} onClick
 */
function createAction(label, onClick) {
  const button = createElement("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

/**
 * @param {string} label
 * @param {{ value: string, text: string }[]} options
 */
function createSelect(label, options) {
  const select = createElement("select", "tool");
  select.setAttribute("aria-label", label);
  for (const { value, text } of options) select.append(Object.assign(createElement("option", "", text), { value }));
  return select;
}

/** Identifies the versions of a list: it is built again only if they changed. @param {CurationData} data */
const describeChoices = (data) => JSON.stringify([data.metrics, data.metric, data.versions]);

export class CurationBar {
  element = createElement("div", "curation-bar");
  #question = createElement("div", "question");
  #choices = createElement("div", "choices");
  #report = createElement("p", "report");
  #built = "";
  /** Whether the draft is to be asked about: a frame that is new has nothing of it. */
  #isAsking;

  /**
   * @param {CurationLink} link
   * @param {CurationData} data
   * @param {boolean} isNew whether the frame was made just now
   * @param {SendToServer} sendToServer
   */
  constructor(link, data, isNew, sendToServer) {
    this.link = link;
    this.data = data;
    this.sendToServer = sendToServer;
    this.#isAsking = isNew && data.draft !== null && link.of.identifier !== "";
    this.#report.setAttribute("role", "status");
    this.element.append(this.#question, this.#choices, this.#report);
    if (data.send) {
      if (!isNew || this.#isAsking) link.skip(data.send);
      else link.send(data.send);
    }
    link.observe(() => this.#drawReport());
    this.#draw();
  }

  /** @param {CurationData} data */
  update(data) {
    this.data = data;
    if (data.draft === null) this.#isAsking = false;
    if (data.send && !this.#isAsking) this.link.send(data.send);
    this.#draw();
  }

  /** @param {number} number of a version, 0 for the draft */
  #request(number) {
    this.#isAsking = false;
    this.sendToServer("requested", { metric: this.data.metric, version: number });
    this.#draw();
  }

  #draw() {
    const { metric, metrics, versions } = this.data;
    this.#drawQuestion();
    this.#drawReport();
    const built = describeChoices(this.data);
    if (built === this.#built) return;
    this.#built = built;
    this.#choices.replaceChildren();
    if (metrics.length > 1) {
      const select = createSelect(
        "The curation that this view is of",
        metrics.map(({ key, name }) => ({ value: key, text: name })),
      );
      select.value = metric;
      select.addEventListener("change", () => this.sendToServer("requested", { metric: select.value, version: null }));
      this.#choices.append(createElement("span", "", "View of"), select);
    }
    if (!this.link.of.identifier || !versions.length) return;
    const select = createSelect(
      "Version to send into the view",
      versions.map(({ number, label }) => ({ value: String(number), text: label })),
    );
    this.#choices.append(select, createAction("Send into the view", () => this.#request(Number(select.value))));
  }

  #drawQuestion() {
    this.#question.replaceChildren();
    this.#question.hidden = !this.#isAsking;
    if (!this.#isAsking) return;
    const newest = this.data.versions.find((version) => version.number > 0);
    const draft = this.data.versions.some((version) => version.number === 0);
    this.#question.append(createElement("strong", "", "Your last curation is not submitted. Continue with it in this view?"));
    if (draft) this.#question.append(createAction("Continue with it", () => this.#request(0)));
    const other = newest ? `No, start from ${getShortLabel(newest)}` : "No";
    this.#question.append(createAction(other, () => (newest ? this.#request(newest.number) : this.#dismiss())));
  }

  #dismiss() {
    this.#isAsking = false;
    this.#draw();
  }

  #drawReport() {
    const { sent, isRefused } = this.link;
    const sentences = [];
    if (isRefused) sentences.push("⚠ The view sent a curation that is too large, or is not JSON: it was not kept.");
    if (this.data.draft) sentences.push(this.data.draft);
    if (sent) sentences.push(`Sent into the view: ${sent.label}. If it does not show it, send it again.`);
    else if (!this.#isAsking && !this.data.draft) sentences.push(this.data.hint);
    const text = sentences.join(" ");
    if (this.#report.textContent !== text) this.#report.textContent = text; // a status is read aloud when it is set
  }
}

/** "Version 3 · Ada · …" → "version 3". @param {CurationVersion} version */
const getShortLabel = ({ label }) => (label.split(" · ")[0] ?? label).toLowerCase();
