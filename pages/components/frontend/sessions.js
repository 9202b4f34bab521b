// The way to the same figure of another session: its button is in the line above the figure. "Earlier session" opens, below it, a strip of small pictures, by
// time, through which the arrow keys lead; a click shows one together with the open figure. Nothing is asked for before.
import { moveIndex } from "./comparison/strip_arithmetic.js";
import { createButton } from "./figure/controls.js";
import { recall, remember } from "./figure/memory.js";
import { request } from "./figure/requests.js";
import { createShot, describeShot } from "./sessions/shots.js";
import { findStart } from "./sessions/session_arithmetic.js";
import { createElement, createStatusBadge, getElement } from "./shared/elements.js";
import { createLink } from "./shared/links.js";
import { isSideBySide } from "./shared/side_by_side.js";

/** @import { ComponentArguments, Session, SessionsAnswer, SessionsData, SendToServer } from "./types.d.ts" */

const ASK_AGAIN = 700; // ms, while the portal goes on reading
const TYPING_PAUSE = 400; // ms
const STRIP_HEIGHT = 11.1; // rem, which the figure above leaves to the strip
const LINE_HEIGHT = 2.5; // rem, also left where the line below the figure is shown

/** The line and the strip, which outlive each drawing. */
class SessionsView {
  /** @type {SessionsAnswer | null} */
  answer = null;
  /** @type {string | null} */
  problem = null;
  asked = "";
  /** What the line was last drawn from. */
  drawn = "";
  search = "";
  at = -1;
  timer = 0;
  /** Whether the focus is to be in the strip once it is drawn. */
  wantsFocus = false;

  /**
   * @param {HTMLElement} root
   * @param {Element} host
   * @param {SessionsData} data
   * @param {SendToServer} sendToServer
   */
  constructor(root, host, data, sendToServer) {
    this.root = root;
    this.host = host;
    this.data = data;
    this.sendToServer = sendToServer;
    this.line = createElement("div", "line");
    this.head = createElement("div", "head");
    this.strip = createElement("div", "strip");
    this.thumbnails = createElement("div", "thumbnails");
    this.thumbnails.setAttribute("role", "toolbar");
    this.readout = createElement("div", "readout");
    this.readout.setAttribute("aria-live", "polite");
    this.preview = createElement("div", "preview");
    this.field = createElement("input", "search");
    this.field.type = "search";
    this.field.addEventListener("input", () => {
      this.search = this.field.value.trim();
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), TYPING_PAUSE);
    });
    this.thumbnails.addEventListener("keydown", (event) => this.answerKey(event));
    this.thumbnails.addEventListener("focusout", () => this.showPreview(null));
    this.thumbnails.addEventListener("pointerleave", () => this.showPreview(null));
    this.line.append(this.head, this.field);
    root.replaceChildren(this.line, this.strip);
  }

  isOpen() {
    return recall("sessions-open") === true;
  }

  /**
   * @param {SessionsData} data
   * @param {SendToServer} sendToServer
   */
  update(data, sendToServer) {
    if (data.address !== this.data.address) {
      this.answer = null;
      this.asked = "";
      this.at = -1;
    }
    this.data = data;
    this.sendToServer = sendToServer;
    this.draw();
  }

  /** @param {boolean} open */
  setOpen(open) {
    remember("sessions-open", open);
    this.wantsFocus = open;
    this.draw();
  }

  draw() {
    const open = this.isOpen();
    const figure = this.host.closest(".st-key-qc-figure");
    const hasLine = open || Boolean(this.data.compared) || !isSideBySide(); // else the button is above the figure
    const height = (hasLine ? LINE_HEIGHT : 0) + (open ? STRIP_HEIGHT : 0);
    if (figure instanceof HTMLElement) figure.style.setProperty("--qc-below", `${height}rem`);
    this.drawLine(open);
    this.strip.hidden = !open;
    if (!open) {
      clearTimeout(this.timer);
      this.strip.replaceChildren();
      this.asked = "";
      return;
    }
    this.field.placeholder = this.data.project ? `Or an asset of ${this.data.project}` : "Or an asset by its name";
    this.field.setAttribute("aria-label", this.field.placeholder);
    if (!this.strip.hasChildNodes()) this.strip.append(this.thumbnails, this.readout, this.preview);
    if (this.asked !== this.getAddress()) this.ask();
    else this.drawThumbnails();
  }

  /** @param {boolean} open */
  drawLine(open) {
    const { compared, grids } = this.data;
    const scope = this.answer?.scope ?? "";
    const drawn = JSON.stringify([open, compared, grids, scope]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const active = /** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement;
    const hadFocus = this.head.contains(active);
    const opener = createButton("Earlier session", `Earlier ${open ? "▴" : "▾"}`, () => this.setOpen(!this.isOpen()));
    opener.setAttribute("aria-expanded", String(open));
    opener.classList.add("opener");
    opener.title = "The same figure of another session";
    this.head.replaceChildren(opener);
    if (compared) {
      const label = createElement("span", "compared");
      const link = createLink(compared.href, "asset", compared.asset);
      if (compared.problem) label.append(link, ` ${compared.problem}`);
      else label.append(`with ${compared.day} `, createStatusBadge(compared.status), " ", link);
      label.title = compared.asset;
      const back = createButton("Show this figure alone", "✕ This figure alone", () => this.choose(""));
      this.head.append(label, back);
    } else if (open) this.head.append(createElement("span", "compared", scope));
    if (open) this.head.append(...grids.map(({ text, href }) => createLink(href, "asset grid", text)));
    this.field.hidden = !open;
    if (hadFocus) opener.focus({ preventScroll: true });
  }

  getAddress() {
    return this.data.address + (this.search ? `&search=${encodeURIComponent(this.search)}` : "");
  }

  async ask() {
    const address = this.getAddress();
    clearTimeout(this.timer);
    this.asked = address;
    const { response, reason } = await request(address);
    /** @type {SessionsAnswer | null} */
    const answer = response ? await response.json() : null;
    if (address !== this.asked || !this.isOpen()) return;
    this.problem = reason ?? answer?.error ?? null;
    if (answer) this.answer = answer;
    this.at = -1;
    this.drawLine(true);
    this.drawThumbnails();
    if (answer?.reading) this.timer = window.setTimeout(() => this.ask(), ASK_AGAIN);
  }

  drawThumbnails() {
    const sessions = this.answer?.sessions ?? [];
    const focused = this.thumbnails.contains(/** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement);
    if (this.at < 0 || this.at >= sessions.length) this.at = findStart(sessions, this.data.compared?.record ?? null);
    this.thumbnails.setAttribute("aria-label", `${this.data.metric} over sessions: arrow keys move, Enter shows one with this figure`);
    this.thumbnails.replaceChildren(
      ...sessions.map((session, at) => {
        const shot = createShot(session, session.record === this.data.compared?.record);
        shot.tabIndex = at === this.at ? 0 : -1;
        shot.addEventListener("click", () => this.chooseShot(session));
        shot.addEventListener("focus", () => this.moveTo(at));
        shot.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.showPreview(session, shot));
        return shot;
      }),
    );
    if (!sessions.length || this.problem || sessions.every((one) => one.this)) this.thumbnails.append(this.createNote());
    this.describe();
    const shot = this.thumbnails.children[this.at];
    if (!(shot instanceof HTMLElement)) return;
    this.thumbnails.scrollLeft = shot.offsetLeft - this.thumbnails.clientWidth / 2 + shot.offsetWidth / 2;
    if (focused || this.wantsFocus) shot.focus({ preventScroll: true });
    this.wantsFocus = false;
  }

  /** Why the strip is empty, or not complete. */
  createNote() {
    const note = createElement("div", "note");
    if (this.problem) {
      note.setAttribute("role", "alert");
      note.append(this.problem, createButton("Try again", "Try again", () => this.ask()));
    } else if (!this.answer || this.answer.reading) note.textContent = "Reading other sessions…";
    else if (this.search) note.textContent = "No asset with this figure matches.";
    else if (!this.answer.scope) note.textContent = "This record names no subject. Search for an asset by its name.";
    else note.textContent = `No other session of ${this.answer.scope} has this figure.`;
    return note;
  }

  /** @param {Session} session */
  chooseShot(session) {
    this.choose(session.this || session.record === this.data.compared?.record ? "" : session.record);
  }

  /** @param {string} record */
  choose(record) {
    this.showPreview(null);
    this.sendToServer("chosen", record);
  }

  /** @param {number} at */
  moveTo(at) {
    this.at = at;
    [...this.thumbnails.children].forEach((shot, index) => {
      if (shot instanceof HTMLButtonElement) shot.tabIndex = index === at ? 0 : -1;
    });
    this.describe();
    this.thumbnails.children[at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  describe() {
    const session = this.answer?.sessions[this.at];
    this.readout.replaceChildren(...(session ? describeShot(session) : []));
    if (this.answer?.reading) this.readout.append(createElement("span", "quiet", `${this.answer.read ?? 0} assets read …`));
  }

  /**
   * One picture larger, over the figure, while it has the focus or the pointer.
   * @param {Session | null} session
   * @param {Element} [shot]
   */
  showPreview(session, shot) {
    this.preview.replaceChildren();
    if (!session?.picture || !shot) return;
    const image = Object.assign(createElement("img"), { src: session.picture, alt: "" });
    this.preview.append(image, createElement("span", "", `${session.time?.slice(0, 10) ?? "no date"} · ${session.status || "no status"}`));
    const [area, box] = [this.strip.getBoundingClientRect(), shot.getBoundingClientRect()];
    const middle = box.left - area.left + box.width / 2;
    this.preview.style.left = `${Math.min(Math.max(middle, 170), Math.max(170, area.width - 170))}px`;
  }

  /** @param {KeyboardEvent} event */
  answerKey(event) {
    const next = moveIndex(event.key, this.at, this.answer?.sessions.length ?? 0);
    if (event.key === "Escape") {
      this.setOpen(false);
      this.head.querySelector("button")?.focus({ preventScroll: true });
    } else if (next !== null) {
      const shot = this.thumbnails.children[next];
      if (shot instanceof HTMLElement) shot.focus({ preventScroll: true });
      this.showPreview(this.answer?.sessions[next] ?? null, shot);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  stop() {
    clearTimeout(this.timer);
    this.asked = "";
  }
}

/** @type {WeakMap<HTMLElement, SessionsView>} */
const views = new WeakMap();

/** @param {ComponentArguments<SessionsData>} component */
export default function showSessions({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".sessions");
  const view = views.get(root) ?? new SessionsView(root, parentElement.host, data, setTriggerValue);
  views.set(root, view);
  view.update(data, setTriggerValue);
  return () => view.stop();
}
