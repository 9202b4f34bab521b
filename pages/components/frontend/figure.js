// The open figure: the line of tools, and below it what its kind draws.
import { drawFigure, getStageKind } from "./figure/draw.js";
import { removeFramesOfOthers } from "./figure/frame_layer.js";
import { setMessageSender } from "./figure/frame_messages.js";
import { isFullScreen, observeFullScreen, setFullScreen } from "./figure/full_screen.js";
import { listenForKeys } from "./figure/keyboard.js";
import { getPictures, prefetch } from "./figure/prefetch.js";
import {
  getStackAddress,
  isSameStack,
  isUsualStack,
  readStack,
  recallStack,
  rememberStack,
  setStack,
} from "./figure/stack_address.js";
import { getContainer, markSwitched } from "./figure/streamlit_element.js";
import { createTools } from "./figure/tools.js";
import { blockCards } from "./shared/cards.js";
import { createElement, getElement } from "./shared/elements.js";
import { findPage, getFirstOfNext, getPages, getWantedPage, namePage, observeWantedPage, setWantedPage } from "./shared/figure_pages.js";
import { setFigureRows } from "./shared/key_list.js";

/** @import { Cleanup, ComponentArguments, CurationData, FigureData, KeyHandler, KeyRow } from "./types.d.ts" */
/** @import { ReviewPosition, SendToServer } from "./types.d.ts" */

const LEAVE_DELAY = 500; // ms after the last figure left the page, until full screen ends

/** One figure's part of the page, which outlives each drawing. */
class FigureView {
  /** The figure that is drawn, as JSON. @type {string | undefined} */
  drawn;
  /** @type {readonly KeyRow[]} */
  keyRows = [];
  /** @type {KeyHandler} */
  answerKindKey = () => false;
  /** @type {(curation: CurationData) => void} */
  updateCuration = () => {};
  /** @type {Cleanup | void} */
  cleanup = undefined;
  /** @type {Cleanup | undefined} */
  stopListening;
  /** @type {Cleanup | undefined} */
  stopObserving;
  /** @type {ReturnType<typeof createTools> | undefined} */
  tools;

  /**
   * @param {HTMLElement} root
   * @param {Element} host
   * @param {FigureData} data
   * @param {SendToServer} sendToServer
   */
  constructor(root, host, data, sendToServer) {
    this.root = root;
    this.host = host;
    this.server = data;
    this.data = data;
    this.sendToServer = sendToServer;
  }

  /**
   * Takes what the server sent, and shows it where nothing else is wanted meanwhile.
   * @param {FigureData} data
   * @param {SendToServer} sendToServer
   */
  update(data, sendToServer) {
    this.server = data;
    this.sendToServer = sendToServer;
    if (data.keepsFrames) {
      setMessageSender(sendToServer);
      removeFramesOfOthers(data.record);
    }
    this.stopObserving ??= data.page ? observeWantedPage(() => this.showWanted()) : () => {};
    this.showWanted();
    this.listen();
  }

  showWanted() {
    this.takeStackFromAddress();
    this.show();
  }

  /** Takes over what the address names of the server's figure: its array, pages and percentiles; where it names none, it is written. */
  takeStackFromAddress() {
    const figure = getStackAddress(this.server.figure);
    if (!figure || !this.isOfAddress()) return;
    const [named, known] = [readStack(location.search), recallStack(figure)];
    if (!named) {
      if (!isUsualStack(known)) this.writeStack(known);
    } else if (!isSameStack(named, known)) {
      rememberStack(figure, named);
      this.drawn = undefined;
    }
  }

  /** Whether the address of the page is that of the server's figure, and nobody has gone on to another one. */
  isOfAddress() {
    const wanted = getWantedPage();
    return this.server.page !== "" && (wanted === null || wanted === this.server.page);
  }

  /** @param {import("./types.d.ts").StackView} view of the server's figure */
  writeStack(view) {
    const [group = "", metric = ""] = this.server.page.split(/#(.*)/s);
    history.replaceState(history.state, "", `${location.pathname}${setStack(location.search, { group, metric }, view)}`);
  }

  /**
   * Shows the wanted figure, or the server's where that is the wanted one. The same figure is never built again: a
   * playing video, the view and the handle survive a redraw of the page.
   */
  show() {
    const wanted = getWantedPage();
    const other = this.server.page && wanted && wanted !== this.server.page ? this.findFigure(wanted) : null;
    this.data = other ?? this.server;
    markSwitched(getContainer(this.host), other !== null);
    const figure = JSON.stringify([this.data.figure, this.data.curation?.metric]);
    if (this.drawn !== figure) {
      this.drawn = figure;
      this.draw(this.data);
    } else if (this.data.curation) this.updateCuration(this.data.curation);
    this.drawTools();
    prefetch(this.listAhead());
  }

  /**
   * A figure that the browser can draw by itself, where the server has not drawn it yet; null for any other.
   * @param {string} name of its page
   * @returns {FigureData | null}
   */
  findFigure(name) {
    const found = document.querySelector(".st-key-qc-wide") ? null : findPage(name);
    if (!found?.page.figure) return null;
    const { page, ...steps } = found;
    const { opens, figure, shown, plot } = page;
    const { record, keepsFrames } = this.server;
    return { page: name, name: page.name, opens, figure, shown, plot, ...steps, ahead: [], record, keepsFrames, curation: null };
  }

  /** The pictures of the next two figures, and of the first one of the next group. */
  listAhead() {
    if (!this.data.page) return this.data.ahead;
    const group = this.data.page.slice(0, this.data.page.indexOf("#"));
    const pages = getPages(group);
    const at = pages.findIndex((page) => namePage(page.position) === this.data.page);
    const following = [...pages.slice(at + 1, at + 3), getFirstOfNext(group)];
    return following.flatMap((page) => getPictures(page?.figure ?? null));
  }

  /**
   * @param {ReviewPosition} position
   */
  follow(position) {
    blockCards();
    setWantedPage(namePage(position));
    this.sendToServer("followed", position);
  }

  /** @param {FigureData} data */
  draw(data) {
    const [controls, below] = [createElement("div", "controls"), createElement("div", "below")];
    this.root.querySelector(".controls")?.remove();
    this.root.querySelector(".below")?.remove();
    const stage = getElement(this.root, ".stage");
    (this.tools?.end.isConnected ? this.tools.end : stage).before(controls);
    stage.after(below);
    this.cleanup?.();
    this.cleanup = undefined;
    this.answerKindKey = () => false;
    this.updateCuration = () => {};
    this.keyRows = [];
    stage.replaceChildren();
    stage.dataset.kind = getStageKind(data.figure);
    if (!data.figure) return;
    this.cleanup = drawFigure(stage, data.figure, {
      controls,
      below,
      host: this.host,
      record: data.record,
      plot: data.plot,
      keepsFrames: data.keepsFrames,
      curation: data.curation,
      observeCuration: (observer) => {
        this.updateCuration = observer;
      },
      sendToServer: (name, value) => this.sendToServer(name, value),
      retry: () => this.draw(data),
      show: (file) => this.draw({ ...data, figure: file }),
      keepStack: (view) => {
        rememberStack(getStackAddress(data.figure), view);
        const isServers = getStackAddress(data.figure) === getStackAddress(this.server.figure);
        if (isServers && this.isOfAddress() && data.page === this.server.page) this.writeStack(view);
      },
      setKeys: (rows, handle) => {
        this.keyRows = rows;
        this.answerKindKey = handle;
        this.drawTools();
      },
    });
  }

  drawTools() {
    const old = [...this.root.querySelectorAll(".tools")];
    const active = this.host.shadowRoot?.activeElement;
    const focused = active && old.some((bar) => bar.contains(active)) ? active.getAttribute("aria-label") : null;
    for (const bar of old) bar.remove();
    this.tools = createTools(this.data, (position) => this.follow(position));
    setFigureRows(this.keyRows);
    this.root.prepend(this.tools.bar);
    getElement(this.root, ".stage").before(this.tools.end);
    if (!focused) return;
    const again = this.root.querySelector(`.tools [aria-label="${CSS.escape(focused)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  listen() {
    this.stopListening?.();
    const stopKeys = listenForKeys(this.host, (key, shift) => this.answerKindKey(key, shift));
    const showFullScreen = () => {
      this.tools?.showFullScreen();
      this.host.classList.toggle("full", isFullScreen());
    };
    showFullScreen();
    const stopObserving = observeFullScreen(showFullScreen);
    this.stopListening = () => {
      stopKeys();
      stopObserving();
    };
  }

  /** Ends everything: the figure leaves the page. */
  stop() {
    this.stopListening?.();
    this.stopObserving?.();
    this.stopObserving = undefined;
    this.cleanup?.();
    this.cleanup = undefined;
    this.drawn = undefined;
    if (this.data.keepsFrames) setMessageSender(null);
    setTimeout(() => {
      if (document.querySelector(".st-key-qc-workspace")) return;
      if (isFullScreen()) setFullScreen(false);
      if (this.data.keepsFrames) removeFramesOfOthers("");
    }, LEAVE_DELAY);
  }
}

/** @type {WeakMap<HTMLElement, FigureView>} */
const views = new WeakMap();

/** @param {ComponentArguments<FigureData>} component */
export default function showFigure({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".figure");
  const view = views.get(root) ?? new FigureView(root, parentElement.host, data, setTriggerValue);
  views.set(root, view);
  view.update(data, setTriggerValue);
  return () => view.stop(); // called when the figure leaves the page, not at each drawing
}
