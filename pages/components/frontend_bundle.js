// All modules of frontend/ in one, written by `make bundle`, digest e0a295e331702ae4
var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// shared/elements.js
function createElement(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== void 0 && text !== null) element.textContent = String(text);
  return element;
}
function getElement(parent, selector) {
  const element = parent.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
  return element;
}
function createIcon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
function createStatusBadge(status) {
  const badge = createElement("span", `status ${(status || "none").toLowerCase()}`);
  const name = (
    /** @type {IconName} */
    status || "none"
  );
  badge.append(createIcon(name), createElement("span", "word", status || "No status"));
  return badge;
}
var SHAPES;
var init_elements = __esm({
  "shared/elements.js"() {
    SHAPES = {
      Pass: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.6 5.2-4.2 4.6-2.9-2.6 1-1.1 1.8 1.6 3.2-3.5Z",
      Fail: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm3.2 9.1-1.1 1.1L8 9.1l-2.1 2.1-1.1-1.1L6.9 8 4.8 5.9l1.1-1.1L8 6.9l2.1-2.1 1.1 1.1L9.1 8Z",
      Pending: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm-.75 1.7v4.2l3 1.9.8-1.2-2.3-1.5V4.2Z",
      Person: "M8 1.5a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 0 0 0-6.5ZM8 9.25c-3.3 0-5.75 1.9-5.75 4.25v1h11.5v-1c0-2.35-2.45-4.25-5.75-4.25Z",
      none: "M3 7.25h10v1.5H3Z",
      tick: "M6.2 12.6 2 8.4l1.2-1.2 3 3 6.6-6.6L14 4.8Z",
      full: "M2 2h5v1.5H3.5V7H2Zm7 0h5v5h-1.5V3.5H9ZM2 9h1.5v3.5H7V14H2Zm10.5 0H14v5H9v-1.5h3.5Z",
      tab: "M3 3h4v1.5H4.5v7h7V9H13v4H3Zm6 0h4v4h-1.5V5.6L7.6 9.5 6.5 8.4l3.9-3.9H9Z",
      previous: "M10.5 2.5 5 8l5.5 5.5 1-1L7 8l4.5-4.5Z",
      next: "M5.5 2.5 11 8l-5.5 5.5-1-1L9 8 4.5 3.5Z",
      sidebar: "M1.5 2.5h13v11h-13Zm1.5 1.5v8h2.5V4Zm4 0v8h6V4Z",
      more: "M2 6.5h3v3H2Zm4.5 0h3v3h-3Zm4.5 0h3v3h-3Z",
      menu: "M2 3.5h12V5H2Zm0 3.75h12v1.5H2ZM2 11h12v1.5H2Z",
      play: "M4 2.5v11L13 8Z",
      pause: "M4 3h3v10H4Zm5 0h3v10H9Z",
      frameBack: "M3 3h1.75v10H3Zm10 0v10L6 8Z",
      frameOn: "M11.25 3H13v10h-1.75ZM3 3v10l7-5Z"
    };
  }
});

// shared/script.js
function getScriptState() {
  const app = document.querySelector('[data-testid="stApp"]');
  return app instanceof HTMLElement ? app.dataset.testScriptState : void 0;
}
async function waitAtRest(find, limit) {
  let lastRun = performance.now();
  for (; ; ) {
    const found = find();
    if (getScriptState() !== "notRunning") lastRun = performance.now();
    if (found || performance.now() - lastRun > limit) return found;
    await new Promise((resume) => setTimeout(resume, CHECK_INTERVAL));
  }
}
var CHECK_INTERVAL;
var init_script = __esm({
  "shared/script.js"() {
    CHECK_INTERVAL = 50;
  }
});

// shared/unsent_arithmetic.js
var QUIET_TIME, LONGEST_SILENCE, Unsent;
var init_unsent_arithmetic = __esm({
  "shared/unsent_arithmetic.js"() {
    QUIET_TIME = 150;
    LONGEST_SILENCE = 5e3;
    Unsent = class {
      /** Of the last input of any kind. */
      inputAt = -Infinity;
      /** Of the last input that may change something, while it is not known that the server has it. @type {number | null} */
      changedAt = null;
      /** Of the last letter in the field that has the focus, while its text may not be sent. @type {number | null} */
      typedAt = null;
      /** Whether that field sends its text by itself, after a pause. */
      isTypedLive = false;
      /** When a field was left whose text had not been sent, while the script that this starts was not seen. @type {number | null} */
      leftAt = null;
      /** @param {number} at */
      noteInput(at) {
        this.inputAt = at;
      }
      /** @param {number} at */
      noteChange(at) {
        this.inputAt = this.changedAt = at;
      }
      /**
       * @param {number} at
       * @param {boolean} isLive whether the field sends its text by itself, after a pause
       */
      noteTyping(at, isLive) {
        this.noteChange(at);
        this.typedAt = at;
        this.isTypedLive = isLive;
      }
      /** A field lost the focus, which sends its text. @param {number} at */
      noteLeaving(at) {
        this.inputAt = at;
        if (this.typedAt === null) return;
        this.changedAt = this.leftAt = at;
        this.typedAt = null;
      }
      /**
       * The script as it is now. Once it rests after all that was sent, the server has it.
       * @param {{ isRunning: boolean, isConnected: boolean }} script
       * @param {number} at
       */
      noteScript({ isRunning: isRunning2, isConnected: isConnected2 }, at) {
        if (isRunning2 || this.leftAt !== null && isConnected2 && at - this.leftAt > LONGEST_SILENCE) this.leftAt = null;
        if (isRunning2 && this.isTypedLive) this.typedAt = null;
        if (isRunning2 || !isConnected2 || this.leftAt !== null || this.isBusy(at)) return;
        this.changedAt = null;
      }
      /** Whether an input was a moment ago, so that what it sends may not be sent. @param {number} at */
      isBusy(at) {
        return at - this.inputAt < QUIET_TIME;
      }
      /** Whether something was done that the server may not have. */
      isUnsent() {
        return this.changedAt !== null || this.leftAt !== null;
      }
    };
  }
});

// shared/unsent.js
function addUnsentSource(isWaiting) {
  sources.push(isWaiting);
}
function addBusySource(isWaiting) {
  busySources.push(isWaiting);
}
function noteScriptState(changes) {
  const hasRun = isRunning() || changes?.some(({ oldValue }) => oldValue === "running") || false;
  unsent.noteScript({ isRunning: hasRun, isConnected: isConnected() }, performance.now());
}
function follow() {
  clearTimeout(timer2);
  const app = watched?.isConnected ? watched : document.querySelector('[data-testid="stApp"]');
  if (app && app !== watched) {
    watcher?.disconnect();
    watcher?.observe(app, { attributeFilter: ["data-test-script-state"], attributeOldValue: true });
    watched = app;
  }
  noteScriptState();
  if (unsent.isUnsent()) timer2 = setTimeout(follow, QUIET_TIME);
}
function noteEvent(event) {
  if (event.type === "click" && event.composedPath().some(isLink)) return;
  const at = performance.now();
  const target = event.target instanceof Element ? event.target : null;
  const isKept = document.querySelector(KEEPS_CHANGES) !== null;
  if (event.type === "focusout") unsent.noteLeaving(at);
  else if (!isKept || event instanceof KeyboardEvent && PASSING_KEYS.has(event.key)) unsent.noteInput(at);
  else if (event.type === "input" && target?.closest(FIELDS))
    unsent.noteTyping(at, target instanceof HTMLInputElement && target.type === "text");
  else unsent.noteChange(at);
  follow();
}
function hasUnsent() {
  noteScriptState();
  const isKept = document.querySelector(KEEPS_CHANGES) !== null;
  return isKept && (unsent.isUnsent() || sources.some((isWaiting) => isWaiting()));
}
function leaveField() {
  if (unsent.typedAt !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
var KEEPS_CHANGES, FIELDS, PASSING_KEYS, unsent, sources, busySources, timer2, isConnected, isRunning, watcher, watched, isLink, isBusy;
var init_unsent = __esm({
  "shared/unsent.js"() {
    init_script();
    init_unsent_arithmetic();
    KEEPS_CHANGES = ".st-key-qc-bar, .st-key-qc-grid-bar, .st-key-qc-queue-bar";
    FIELDS = '[data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stNumberInput"]';
    PASSING_KEYS = /* @__PURE__ */ new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape"]);
    unsent = new Unsent();
    sources = [];
    busySources = [];
    isConnected = () => document.querySelector('[data-testid="stApp"][data-test-connection-state="CONNECTED"]') !== null;
    isRunning = () => getScriptState() === "running";
    watcher = typeof document === "undefined" ? null : new MutationObserver((changes) => noteScriptState(changes));
    watched = null;
    isLink = (node) => node instanceof HTMLElement && node.dataset.qcLink;
    for (const kind of typeof document === "undefined" ? [] : ["input", "change", "focusout", "keydown", "click"])
      document.addEventListener(kind, noteEvent, true);
    isBusy = () => isRunning() || unsent.isBusy(performance.now()) || busySources.some((isWaiting) => isWaiting());
  }
});

// shared/leaving_notice.js
function showLeavingNotice(choose) {
  if (!notice) {
    notice = createElement("div", "qc-leaving");
    const words2 = createElement("span");
    words2.setAttribute("role", "status");
    const leave = createElement("button", "", "Leave without saving it");
    const stay = createElement("button", "", "Stay");
    leave.addEventListener("click", () => choose(true));
    stay.addEventListener("click", () => choose(false));
    for (const button of [leave, stay]) {
      button.type = "button";
      button.dataset.qcLink = "1";
    }
    notice.append(words2, leave, stay);
    document.body.append(notice);
  }
  const words = isConnected() ? SENDING : NO_ANSWER;
  const shown = notice.firstElementChild;
  if (shown && shown.textContent !== words) shown.textContent = words;
}
function hideLeavingNotice() {
  notice?.remove();
  notice = null;
}
var SENDING, NO_ANSWER, notice;
var init_leaving_notice = __esm({
  "shared/leaving_notice.js"() {
    init_elements();
    init_unsent();
    SENDING = "Saving what you entered last, then this page is left.";
    NO_ANSWER = "The portal does not answer: what you entered last is not saved.";
    notice = null;
  }
});

// shared/links.js
async function waitUntilQuiet() {
  followed += 1;
  const own = followed;
  const begun = performance.now();
  let choice = null;
  hideLeavingNotice();
  leaveField();
  for (; ; ) {
    if (own !== followed) return false;
    const waited = performance.now() - begun;
    const isUnsent = hasUnsent();
    if (choice === null && !isUnsent && (waited > LONGEST_WAIT || !isBusy())) choice = true;
    if (choice !== null) break;
    if (isUnsent && waited > NOTICE_AFTER) showLeavingNotice((leaves) => choice = leaves);
    await new Promise((resume) => setTimeout(resume, CHECK_INTERVAL2));
  }
  hideLeavingNotice();
  return choice;
}
async function openPage(href) {
  if (!await waitUntilQuiet()) return;
  window.history.pushState({}, "", href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
function createLink(href, className, text, follow4 = openPage) {
  const anchor = createElement("a", className, text);
  anchor.href = href;
  anchor.dataset.qcLink = "1";
  anchor.addEventListener("click", (event) => {
    if (event.defaultPrevented || opensNewTab(event)) return;
    event.preventDefault();
    follow4(href);
  });
  return anchor;
}
var LONGEST_WAIT, NOTICE_AFTER, CHECK_INTERVAL2, followed, opensNewTab;
var init_links = __esm({
  "shared/links.js"() {
    init_elements();
    init_leaving_notice();
    init_unsent();
    LONGEST_WAIT = 5e3;
    NOTICE_AFTER = 2e3;
    CHECK_INTERVAL2 = 20;
    followed = 0;
    opensNewTab = (event) => event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  }
});

// asset_steps.js
var asset_steps_exports = {};
__export(asset_steps_exports, {
  default: () => drawAssetSteps
});
function drawAssetSteps({ data, parentElement }) {
  const back = createLink(data.href, "position", data.text);
  back.title = "Back to the list";
  getElement(parentElement, ".steps").replaceChildren(
    createStep("previous", "Previous asset", data.previous),
    back,
    createStep("next", "Next asset", data.next)
  );
}
function createStep(icon, label, step3) {
  const element = step3 ? createLink(step3.href, "step") : createElement("span", "step");
  element.title = step3 ? `${label}: ${step3.name}` : `No ${label.toLowerCase()}`;
  if (step3) element.setAttribute("aria-label", element.title);
  element.append(createIcon(icon));
  return element;
}
var init_asset_steps = __esm({
  "asset_steps.js"() {
    init_elements();
    init_links();
  }
});

// shared/parameters.js
function toggleParameter(search2, key, value) {
  const parameters = new URLSearchParams(search2);
  const values = parameters.getAll(key);
  const rest = values.filter((one) => one !== value);
  parameters.delete(key);
  for (const one of rest.length < values.length ? rest : [...values, value]) parameters.append(key, one);
  return format(parameters);
}
function setParameter(search2, key, value) {
  const parameters = new URLSearchParams(search2);
  if (value) parameters.set(key, value);
  else parameters.delete(key);
  return format(parameters);
}
function addTypedText(search2, drawn5, typed2) {
  return typed2 === drawn5 ? search2 : setParameter(search2, "q", typed2);
}
function format(parameters) {
  parameters.delete("page");
  return `?${parameters}`;
}
var init_parameters = __esm({
  "shared/parameters.js"() {
  }
});

// shared/list_answers.js
function followText(root, data, draw4) {
  drawings.set(root, { data, draw: (
    /** @type {(answer: ListedText) => void} */
    draw4
  ) });
  if (typed === null || typed === data.text) {
    typed = null;
    draw4(data);
  }
  if (hasMoved) restoreField();
  return () => drawings.delete(root);
}
function openList(href) {
  const [field, drawn5] = [getField(), getText()];
  return openPage(field && drawn5 !== void 0 ? addTypedText(href, drawn5, field.value.trim()) : href);
}
function setSearch(shown) {
  search = shown;
}
async function ask(text) {
  asked?.abort();
  const request2 = asked = new AbortController();
  typed = text;
  hasMoved = false;
  settleLater(performance.now());
  try {
    const response = await fetch(`rows/assets${setParameter(search, "q", text)}`, { signal: request2.signal });
    if (!response.ok) return;
    const answer = await response.json();
    if (request2.signal.aborted) return;
    if (typed !== null) typed = answer.text;
    for (const { draw: draw4 } of Array.from(drawings.values())) draw4(answer);
  } catch {
  }
}
function settleLater(typedAt) {
  clearTimeout(timer3);
  timer3 = window.setTimeout(() => isSettled(typedAt) ? showScript() : settleLater(typedAt), SETTLED);
}
function isSettled(typedAt) {
  if (getScriptState() === "running") return false;
  return getField()?.value.trim() === getText() || performance.now() - typedAt >= LONGEST_WAIT2;
}
function showScript() {
  asked?.abort();
  typed = null;
  for (const { draw: draw4, data } of Array.from(drawings.values())) draw4(data);
}
function restoreField(checks = RESTORE_CHECKS) {
  clearTimeout(restoring);
  restoring = window.setTimeout(() => {
    if (!hasMoved) return;
    const isRunning2 = getScriptState() === "running";
    if (!isRunning2) showText();
    if (isRunning2 || checks > 1) restoreField(isRunning2 ? checks : checks - 1);
  }, RESTORE_AFTER);
}
function showText() {
  const [field, text] = [getField(), getText()];
  if (!field || text === void 0 || field.value.trim() === text) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
function askIfChanged({ target }) {
  const field = target instanceof Element ? target.closest(FIELD)?.querySelector("input") : null;
  const text = getText();
  if (field && text !== void 0 && field.value.trim() !== (typed ?? text)) void ask(field.value.trim());
}
var FIELD, RESTORE_AFTER, RESTORE_CHECKS, SETTLED, LONGEST_WAIT2, search, typed, asked, timer3, hasMoved, restoring, drawings, createListLink, getField, getText;
var init_list_answers = __esm({
  "shared/list_answers.js"() {
    init_links();
    init_parameters();
    init_script();
    init_unsent();
    FIELD = ".st-key-assets-text";
    RESTORE_AFTER = 100;
    RESTORE_CHECKS = 10;
    SETTLED = 1e3;
    LONGEST_WAIT2 = 5e3;
    search = "";
    typed = null;
    timer3 = 0;
    hasMoved = false;
    restoring = 0;
    drawings = /* @__PURE__ */ new Map();
    createListLink = (href, className, text) => createLink(href, className, text, openList);
    getField = () => document.querySelector(`${FIELD} input`);
    getText = () => [...drawings.values()][0]?.data.text;
    addBusySource(() => typed !== null && drawings.size > 0);
    document.addEventListener("input", askIfChanged, true);
    document.addEventListener("click", (event) => setTimeout(askIfChanged, 0, event), true);
    window.addEventListener(
      "popstate",
      () => {
        hasMoved = true;
        showScript();
      },
      true
    );
  }
});

// asset_table.js
var asset_table_exports = {};
__export(asset_table_exports, {
  default: () => showAssetTable
});
function showAssetTable({ data, parentElement }) {
  const root = getElement(parentElement, ".table");
  return followText(root, data, (answer) => draw(root, answer));
}
function draw(root, data) {
  setSearch(data.search);
  const encoded = JSON.stringify(data);
  if (drawn.get(root) === encoded) return;
  drawn.set(root, encoded);
  const pages = createElement("ul", "links");
  pages.append(
    ...data.pages.map(({ text, href }) => {
      const item = createElement("li");
      item.append(href ? createListLink(href, "", text) : createElement("span", "", text));
      return item;
    })
  );
  root.replaceChildren(data.rows.length ? createTable(data) : createElement("p", "none", data.message), pages);
}
function createTable({ columns, rows }) {
  const head = createElement("thead");
  head.append(createHead(columns));
  const body = createElement("tbody");
  body.append(...rows.map((asset) => createRow(asset, columns)));
  const table = createElement("table");
  table.append(head, body);
  return table;
}
function createHead(columns) {
  const row = createElement("tr");
  for (const column of columns) {
    const cell = createElement("th", `c-${column.key}`);
    cell.scope = "col";
    if (!column.href) {
      cell.textContent = column.title;
      row.append(cell);
      continue;
    }
    const anchor = createListLink(column.href, "", column.title);
    if (column.sorted) {
      anchor.append(createElement("span", "", column.sorted === "ascending" ? "▲" : "▼"));
      cell.setAttribute("aria-sort", column.sorted);
    }
    cell.append(anchor);
    row.append(cell);
  }
  return row;
}
function createRow(asset, columns) {
  const row = createElement("tr", "asset");
  for (const { key } of columns) {
    const cell = createElement("td", `c-${key}`);
    if (key === "name") {
      cell.append(createLink(asset.href, "", asset.name));
      if (asset.mine) cell.append(createElement("span", "mine", `● ${asset.mine}`));
      if (asset.problem) cell.append(createElement("span", "problem", asset.problem));
    } else if (key === "status") cell.append(createStatusBadge(asset.status));
    else cell.textContent = asset[key] ?? "";
    row.append(cell);
  }
  row.addEventListener("click", (event) => {
    const isOnLink = event.target instanceof Element && event.target.closest("a");
    if (!isOnLink && !window.getSelection()?.toString()) row.querySelector("a")?.click();
  });
  return row;
}
var drawn;
var init_asset_table = __esm({
  "asset_table.js"() {
    init_elements();
    init_links();
    init_list_answers();
    drawn = /* @__PURE__ */ new WeakMap();
  }
});

// shared/announce.js
function setLeft(number3) {
  left = number3;
}
function getRegion() {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.className = "qc-announce";
  region.setAttribute("aria-live", "polite");
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
}
function announceSaved(status) {
  setTimeout(() => {
    const rest = left === null ? "" : left ? `, ${left} left` : ", all decided";
    announce(`${status}, saved${rest}`);
  });
}
var left, region, announce;
var init_announce = __esm({
  "shared/announce.js"() {
    left = null;
    region = null;
    announce = (text) => {
      getRegion().textContent = text;
    };
  }
});

// shared/figure_pages.js
function setFigureList(next, href) {
  list = next;
  address = href;
  order = Object.entries(next.groups).flatMap(
    ([group, pages]) => pages.map(([metric, , cards2]) => ({
      position: { group, metric },
      cards: cards2.map(([name, key, isLeft3]) => ({ address: name, key, undecided: isLeft3 === 1 }))
    }))
  );
  undecided = new Set(order.flatMap(({ cards: cards2 }) => cards2.filter((card) => card.undecided).map(({ key }) => key)));
  notify();
}
function notify() {
  for (const observer of observers) observer();
}
function getPages(group) {
  const pages = [];
  for (const [metric, number3] of list.groups[group] ?? []) {
    const figure = list.figures[number3];
    if (figure) pages.push({ position: { group, metric }, ...figure });
  }
  return pages;
}
function getFirstOfNext(group) {
  const groups = Object.keys(list.groups);
  const next = groups[groups.indexOf(group) + 1];
  return groups.includes(group) && next !== void 0 ? getPages(next)[0] : void 0;
}
function findPage(name) {
  const group = name.slice(0, name.indexOf("#"));
  const pages = getPages(group);
  const at = pages.findIndex((page2) => namePage(page2.position) === name);
  const page = pages[at];
  if (!page) return null;
  const step3 = (to) => to ? { position: to.position, href: createHref(to.position) } : null;
  return { page, position: at + 1, of: pages.length, previous: step3(pages[at - 1]), next: step3(pages[at + 1]) };
}
function createHref({ group, metric }) {
  const query = new URLSearchParams({ group, ...metric ? { metric } : {} });
  return `${address}&${query}`;
}
function setWantedPage(name) {
  if (wanted === name) return;
  wanted = name;
  notify();
}
function observeWantedPage(observer) {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}
var list, address, order, undecided, wanted, observers, isListedUndecided, listReviewPages, findReviewPage, namePage, getWantedPage;
var init_figure_pages = __esm({
  "shared/figure_pages.js"() {
    list = { figures: [], groups: {} };
    address = "";
    order = [];
    undecided = /* @__PURE__ */ new Set();
    wanted = null;
    observers = /* @__PURE__ */ new Set();
    isListedUndecided = (key) => undecided.has(key);
    listReviewPages = () => order;
    findReviewPage = (name) => order.find(({ position }) => namePage(position) === name);
    namePage = ({ group, metric }) => `${group}#${metric ?? ""}`;
    getWantedPage = () => wanted;
  }
});

// shared/key_table.js
var SECTIONS;
var init_key_table = __esm({
  "shared/key_table.js"() {
    SECTIONS = [
      {
        "context": "review",
        "title": "Decide",
        "keys": [
          {
            "command": "pass",
            "keys": [
              "p"
            ],
            "text": "P",
            "does": "Pass, and on to the next undecided metric",
            "label": "Pass"
          },
          {
            "command": "fail",
            "keys": [
              "f"
            ],
            "text": "F",
            "does": "Fail, and on to the next undecided metric",
            "label": "Fail"
          },
          {
            "command": "pending",
            "keys": [
              "u"
            ],
            "text": "U",
            "does": "back to Pending",
            "label": "Pending"
          },
          {
            "command": "note",
            "keys": [
              "n"
            ],
            "text": "N",
            "does": "write a note; Enter or Esc leaves it",
            "label": "Add a note"
          },
          {
            "command": "value",
            "keys": [
              "v"
            ],
            "text": "V",
            "does": "edit the value; Esc leaves it",
            "label": "Value"
          },
          {
            "command": "passRest",
            "keys": [
              "Shift+p"
            ],
            "text": "⇧ P",
            "does": "Pass the rest of this figure, or what is selected",
            "label": "Pass the rest"
          },
          {
            "command": "passGroup",
            "keys": [
              "Shift+g"
            ],
            "text": "⇧ G",
            "does": "Pass the rest of this group",
            "label": "Pass the rest of the group"
          },
          {
            "command": "select",
            "keys": [
              "x"
            ],
            "text": "X",
            "does": "select the metric, or not; a click with Shift selects several",
            "label": "Select"
          },
          {
            "command": "reason",
            "keys": [
              "Shift+1",
              "Shift+2",
              "Shift+3",
              "Shift+4",
              "Shift+5",
              "Shift+6",
              "Shift+7",
              "Shift+8",
              "Shift+9"
            ],
            "text": "⇧ 1 to ⇧ 9",
            "does": "a reason for the Fail that was given last, from its list",
            "label": "Reasons"
          },
          {
            "command": "undo",
            "keys": [
              "Ctrl+z"
            ],
            "text": "Ctrl/⌘ Z",
            "does": "undo",
            "label": "Undo"
          },
          {
            "command": "redo",
            "keys": [
              "Ctrl+Shift+z",
              "Ctrl+y"
            ],
            "text": "Ctrl/⌘ ⇧ Z, Ctrl/⌘ Y",
            "does": "redo",
            "label": "Redo"
          }
        ]
      },
      {
        "context": "review",
        "title": "Move",
        "keys": [
          {
            "command": "nextMetric",
            "keys": [
              "j"
            ],
            "text": "J",
            "does": "next metric",
            "label": ""
          },
          {
            "command": "previousMetric",
            "keys": [
              "k"
            ],
            "text": "K",
            "does": "previous metric",
            "label": ""
          },
          {
            "command": "nextUndecided",
            "keys": [
              "l"
            ],
            "text": "L",
            "does": "next metric that is left to decide; where none is, the next asset",
            "label": ""
          },
          {
            "command": "nextFigure",
            "keys": [
              "]"
            ],
            "text": "]",
            "does": "next figure, also of the next group",
            "label": "Next figure"
          },
          {
            "command": "previousFigure",
            "keys": [
              "["
            ],
            "text": "[",
            "does": "previous figure, also of the group before",
            "label": "Previous figure"
          },
          {
            "command": "nextGroup",
            "keys": [
              "}"
            ],
            "text": "}",
            "does": "next group",
            "label": ""
          },
          {
            "command": "previousGroup",
            "keys": [
              "{"
            ],
            "text": "{",
            "does": "previous group",
            "label": ""
          },
          {
            "command": "tree",
            "keys": [
              "\\"
            ],
            "text": "\\",
            "does": "hide or show the tree of groups",
            "label": ""
          },
          {
            "command": "filter",
            "keys": [
              "/"
            ],
            "text": "/",
            "does": "filter groups and metrics",
            "label": "Filter groups and metrics"
          }
        ]
      },
      {
        "context": "review",
        "title": "View and submit",
        "keys": [
          {
            "command": "fullScreen",
            "keys": [
              "z"
            ],
            "text": "Z",
            "does": "full screen, and back",
            "label": "Full screen"
          },
          {
            "command": "leaveFullScreen",
            "keys": [
              "Escape"
            ],
            "text": "Esc",
            "does": "leave a field, a list, full screen",
            "label": ""
          },
          {
            "command": "compare",
            "keys": [
              "i"
            ],
            "text": "I",
            "does": "compare numbers with the project",
            "label": "Compare with project"
          },
          {
            "command": "submit",
            "keys": [
              "Ctrl+Enter"
            ],
            "text": "Ctrl/⌘ Enter",
            "does": "review and submit",
            "label": "Review and submit"
          },
          {
            "command": "showKeys",
            "keys": [
              "?"
            ],
            "text": "?",
            "does": "these keys",
            "label": "Keys"
          }
        ]
      },
      {
        "context": "zoom",
        "title": "Pictures",
        "keys": [
          {
            "command": "zoomIn",
            "keys": [
              "+",
              "="
            ],
            "text": "+",
            "does": "zoom in; so does the wheel",
            "label": ""
          },
          {
            "command": "zoomOut",
            "keys": [
              "-"
            ],
            "text": "−",
            "does": "zoom out",
            "label": ""
          },
          {
            "command": "fit",
            "keys": [
              "0"
            ],
            "text": "0",
            "does": "fit",
            "label": ""
          },
          {
            "command": "showActualPixels",
            "keys": [
              "1"
            ],
            "text": "1",
            "does": "actual pixels; a double click does both",
            "label": ""
          },
          {
            "command": "panRight",
            "keys": [
              "ArrowLeft"
            ],
            "text": "←",
            "does": "move left",
            "label": ""
          },
          {
            "command": "panLeft",
            "keys": [
              "ArrowRight"
            ],
            "text": "→",
            "does": "move right",
            "label": ""
          },
          {
            "command": "panDown",
            "keys": [
              "ArrowUp"
            ],
            "text": "↑",
            "does": "move up",
            "label": ""
          },
          {
            "command": "panUp",
            "keys": [
              "ArrowDown"
            ],
            "text": "↓",
            "does": "move down",
            "label": ""
          },
          {
            "command": "openAdjust",
            "keys": [
              "a"
            ],
            "text": "A",
            "does": "brightness and contrast",
            "label": ""
          }
        ]
      },
      {
        "context": "video",
        "title": "Videos",
        "keys": [
          {
            "command": "togglePlay",
            "keys": [
              " "
            ],
            "text": "space",
            "does": "play, pause",
            "label": ""
          },
          {
            "command": "stepBack",
            "keys": [
              ","
            ],
            "text": ",",
            "does": "one frame back",
            "label": "One frame back"
          },
          {
            "command": "stepForward",
            "keys": [
              "."
            ],
            "text": ".",
            "does": "one frame on",
            "label": "One frame on"
          },
          {
            "command": "slower",
            "keys": [
              "<"
            ],
            "text": "<",
            "does": "slower",
            "label": ""
          },
          {
            "command": "faster",
            "keys": [
              ">"
            ],
            "text": ">",
            "does": "faster",
            "label": ""
          }
        ]
      },
      {
        "context": "seek",
        "title": "A video alone",
        "keys": [
          {
            "command": "seekBack",
            "keys": [
              "ArrowLeft"
            ],
            "text": "←",
            "does": "5 seconds back",
            "label": ""
          },
          {
            "command": "seekForward",
            "keys": [
              "ArrowRight"
            ],
            "text": "→",
            "does": "5 seconds on",
            "label": ""
          }
        ]
      },
      {
        "context": "stack",
        "title": "A TIFF of several pages",
        "keys": [
          {
            "command": "previousPage",
            "keys": [
              ","
            ],
            "text": ",",
            "does": "previous page",
            "label": ""
          },
          {
            "command": "nextPage",
            "keys": [
              "."
            ],
            "text": ".",
            "does": "next page",
            "label": ""
          }
        ]
      },
      {
        "context": "pair",
        "title": "Pairs",
        "keys": [
          {
            "command": "nextMode",
            "keys": [
              "m"
            ],
            "text": "M",
            "does": "swipe, side by side, in turn",
            "label": ""
          },
          {
            "command": "left",
            "keys": [
              "ArrowLeft"
            ],
            "text": "←",
            "does": "move the handle; in turn: show the left one",
            "label": ""
          },
          {
            "command": "right",
            "keys": [
              "ArrowRight"
            ],
            "text": "→",
            "does": "move the handle; in turn: show the right one",
            "label": ""
          },
          {
            "command": "moveLeft",
            "keys": [
              "Shift+ArrowLeft"
            ],
            "text": "⇧ ←",
            "does": "move the pictures left",
            "label": ""
          },
          {
            "command": "moveRight",
            "keys": [
              "Shift+ArrowRight"
            ],
            "text": "⇧ →",
            "does": "move the pictures right",
            "label": ""
          },
          {
            "command": "toggleBlink",
            "keys": [
              " "
            ],
            "text": "space",
            "does": "in turn: pause, go on",
            "label": ""
          }
        ]
      },
      {
        "context": "curation",
        "title": "A curation's table",
        "keys": [
          {
            "command": "nextObject",
            "keys": [
              "Shift+j"
            ],
            "text": "⇧ J",
            "does": "next row",
            "label": ""
          },
          {
            "command": "previousObject",
            "keys": [
              "Shift+k"
            ],
            "text": "⇧ K",
            "does": "previous row",
            "label": ""
          }
        ]
      },
      {
        "context": "units",
        "title": "The units of a curation, while the list has the focus",
        "keys": [
          {
            "command": "next",
            "keys": [
              "j",
              "ArrowDown"
            ],
            "text": "J, ↓",
            "does": "next unit",
            "label": ""
          },
          {
            "command": "previous",
            "keys": [
              "k",
              "ArrowUp"
            ],
            "text": "K, ↑",
            "does": "previous unit",
            "label": ""
          },
          {
            "command": "first",
            "keys": [
              "Home"
            ],
            "text": "Home",
            "does": "first unit",
            "label": ""
          },
          {
            "command": "last",
            "keys": [
              "End"
            ],
            "text": "End",
            "does": "last unit",
            "label": ""
          },
          {
            "command": "label",
            "keys": [
              "1",
              "2",
              "3",
              "4",
              "5",
              "6",
              "7",
              "8",
              "9"
            ],
            "text": "1 to 9",
            "does": "set a label",
            "label": ""
          },
          {
            "command": "mark",
            "keys": [
              " "
            ],
            "text": "space",
            "does": "mark a unit",
            "label": ""
          },
          {
            "command": "merge",
            "keys": [
              "m"
            ],
            "text": "M",
            "does": "merge the marked with the current one",
            "label": ""
          },
          {
            "command": "unmerge",
            "keys": [
              "u"
            ],
            "text": "U",
            "does": "take it out of its merge",
            "label": ""
          },
          {
            "command": "remove",
            "keys": [
              "x"
            ],
            "text": "X",
            "does": "remove it",
            "label": ""
          }
        ]
      },
      {
        "context": "grid",
        "title": "Decide in a grid",
        "keys": [
          {
            "command": "passTile",
            "keys": [
              "p"
            ],
            "text": "P",
            "does": "Pass, and on to the next undecided one",
            "label": "Pass"
          },
          {
            "command": "failTile",
            "keys": [
              "f"
            ],
            "text": "F",
            "does": "Fail, and on to the next undecided one",
            "label": "Fail"
          },
          {
            "command": "pendingTile",
            "keys": [
              "u"
            ],
            "text": "U",
            "does": "back to Pending",
            "label": "Pending"
          },
          {
            "command": "passTiles",
            "keys": [
              "Shift+p"
            ],
            "text": "⇧ P",
            "does": "Pass the rest of the grid",
            "label": "Pass the rest"
          },
          {
            "command": "tileReason",
            "keys": [
              "Shift+1",
              "Shift+2",
              "Shift+3",
              "Shift+4",
              "Shift+5",
              "Shift+6",
              "Shift+7",
              "Shift+8",
              "Shift+9"
            ],
            "text": "⇧ 1 to ⇧ 9",
            "does": "a reason for the Fail of the current one, or the one that was given last",
            "label": "Reasons"
          },
          {
            "command": "undoGrid",
            "keys": [
              "Ctrl+z"
            ],
            "text": "Ctrl/⌘ Z",
            "does": "undo the last step, in all assets",
            "label": "Undo"
          },
          {
            "command": "redoGrid",
            "keys": [
              "Ctrl+Shift+z",
              "Ctrl+y"
            ],
            "text": "Ctrl/⌘ ⇧ Z, Ctrl/⌘ Y",
            "does": "redo",
            "label": "Redo"
          },
          {
            "command": "submitGrid",
            "keys": [
              "Ctrl+Enter"
            ],
            "text": "Ctrl/⌘ Enter",
            "does": "review and submit",
            "label": ""
          }
        ]
      },
      {
        "context": "grid",
        "title": "Move in a grid",
        "keys": [
          {
            "command": "nextTile",
            "keys": [
              "j",
              "ArrowRight"
            ],
            "text": "J, →",
            "does": "next",
            "label": ""
          },
          {
            "command": "previousTile",
            "keys": [
              "k",
              "ArrowLeft"
            ],
            "text": "K, ←",
            "does": "previous",
            "label": ""
          },
          {
            "command": "tileBelow",
            "keys": [
              "ArrowDown"
            ],
            "text": "↓",
            "does": "the one below",
            "label": ""
          },
          {
            "command": "tileAbove",
            "keys": [
              "ArrowUp"
            ],
            "text": "↑",
            "does": "the one above",
            "label": ""
          },
          {
            "command": "firstTile",
            "keys": [
              "Home"
            ],
            "text": "Home",
            "does": "first",
            "label": ""
          },
          {
            "command": "lastTile",
            "keys": [
              "End"
            ],
            "text": "End",
            "does": "last",
            "label": ""
          },
          {
            "command": "nextLeftTile",
            "keys": [
              "l"
            ],
            "text": "L",
            "does": "next that is left to decide",
            "label": ""
          },
          {
            "command": "enlarge",
            "keys": [
              " "
            ],
            "text": "space",
            "does": "its figure in large, and back",
            "label": "Large"
          },
          {
            "command": "shrink",
            "keys": [
              "Escape"
            ],
            "text": "Esc",
            "does": "back from large",
            "label": ""
          },
          {
            "command": "openTile",
            "keys": [
              "Enter"
            ],
            "text": "Enter",
            "does": "open it in its review",
            "label": "Open the review"
          },
          {
            "command": "showGridKeys",
            "keys": [
              "?"
            ],
            "text": "?",
            "does": "these keys",
            "label": "Keys"
          }
        ]
      }
    ];
  }
});

// shared/mark_styles.js
function buildMarkStyles(name) {
  const hints = VERDICTS.map(
    (command, number3) => `.${name} [aria-label^="Status of "] [role="radio"]:nth-of-type(${number3 + 1}):not(:disabled)::after { content: "${getText2(command)}" / ""; margin-left: 0.35rem; ${STYLE} }`
  );
  const fields = Object.entries(FIELDS2).map(
    ([command, label]) => `.${name} :is([data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"]):has(input[aria-label^="${label}"]:not(:disabled, :focus)) { position: relative;
        &::after { content: "${getText2(command)}" / ""; position: absolute; right: 0.6rem; top: calc(50% - 0.35rem); pointer-events: none; ${STYLE} }
        &[data-testid="stNumberInputContainer"]::after { right: 4.4rem; } }`
  );
  return [
    `.${name} { box-shadow: inset 4px 0 0 light-dark(#0a666d, #4fb3bb); border-color: light-dark(#0a666d, #4fb3bb) !important; }`,
    `@media (min-width: 641px) { ${[...hints, ...fields].join("\n")} }`
  ].join("\n");
}
var VERDICTS, FIELDS2, STYLE, getText2;
var init_mark_styles = __esm({
  "shared/mark_styles.js"() {
    init_key_table();
    VERDICTS = ["pass", "fail", "pending"];
    FIELDS2 = { note: "Note on ", value: "Value of " };
    STYLE = "font: 0.6875rem/1 monospace; opacity: 0.75;";
    getText2 = (command) => SECTIONS.flatMap(({ keys }) => keys).find((key) => key.command === command)?.text ?? "";
  }
});

// shared/current_card.js
function setWantedCard(page, card) {
  wanted2 = { page, card };
}
function startPage(page, usual) {
  const ofClass = wantedClass ? getCards().findIndex((card) => card.classList.contains(wantedClass)) : -1;
  const number3 = ofClass >= 0 ? ofClass : wanted2?.page === page ? wanted2.card : usual;
  if (ofClass >= 0) wantedClass = "";
  wanted2 = null;
  if (drawn2 !== page) shownSince = performance.now();
  drawn2 = page;
  starts += 1;
  mark(getCards()[number3] ?? null);
  if (number3 !== usual) writeAddress(number3);
  return number3;
}
function setWantedClass(name) {
  const number3 = getCards().findIndex((card) => card.classList.contains(name));
  wantedClass = number3 < 0 ? name : "";
  setCurrentNumber(number3);
}
function markAgain() {
  const card = getCurrentCard();
  if (card) mark(card);
}
function setCurrentNumber(number3, { scroll = true } = {}) {
  const card = getCards()[number3];
  if (!card) return;
  isSought = scroll;
  if (card.classList.contains(current)) {
    scrollToCurrent();
    return;
  }
  mark(card);
  writeAddress(number3);
}
function scrollToCurrent() {
  if (isSought) getCurrentCard()?.scrollIntoView({ block: "nearest", behavior: "instant" });
  isSought = false;
}
function mark(card) {
  for (const one of getCards()) if (one !== card) one.removeAttribute("aria-current");
  card?.setAttribute("aria-current", "true");
  const name = card ? getCardClass(card) : "";
  if (name !== current) sheet.replaceSync(name ? buildMarkStyles(name) : "");
  current = name;
}
function writeAddress(number3) {
  const query = new URLSearchParams(location.search);
  const page = findReviewPage(drawn2);
  const card = page?.cards[number3];
  if (!page || !card || query.has("queue")) return;
  query.set("group", page.position.group);
  query.set("metric", card.address);
  if (!page.position.group) query.delete("group");
  history.replaceState(history.state, "", `${location.pathname}?${query}`);
}
function follow2(event) {
  if (event.target instanceof Element && event.target.classList.contains("qc-select")) return;
  const target = event.composedPath().find((node) => node instanceof Element && node.matches(CARDS));
  if (!(target instanceof HTMLElement)) return;
  const number3 = getCards().indexOf(target);
  if (number3 >= 0 && !target.closest("[inert]")) setCurrentNumber(number3, { scroll: false });
}
var CARDS, PREFIX, current, drawn2, shownSince, starts, wanted2, wantedClass, isSought, sheet, getCards, getCardClass, nameCard, getCurrentCard, getCurrentNumber, getStarts, getShownSince, getDrawnPage;
var init_current_card = __esm({
  "shared/current_card.js"() {
    init_figure_pages();
    init_mark_styles();
    CARDS = '.st-key-qc-cards [class*="st-key-qc-card-"]';
    PREFIX = "st-key-qc-card-";
    current = "";
    drawn2 = "";
    shownSince = 0;
    starts = 0;
    wanted2 = null;
    wantedClass = "";
    isSought = false;
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    getCards = () => [...document.querySelectorAll(CARDS)].filter((card) => card instanceof HTMLElement);
    getCardClass = (card) => [...card.classList].find((name) => name.startsWith(PREFIX)) ?? "";
    nameCard = (key) => PREFIX + key.replace(/[^a-zA-Z0-9_-]/g, "-");
    getCurrentCard = () => getCards().find((card) => card.classList.contains(current)) ?? null;
    getCurrentNumber = () => getCards().findIndex((card) => card.classList.contains(current));
    getStarts = () => starts;
    getShownSince = () => shownSince;
    getDrawnPage = () => drawn2;
    document.addEventListener("focusin", follow2, true);
    document.addEventListener("pointerdown", follow2, true);
  }
});

// shared/selection.js
function observeSelection(observer) {
  observers2.add(observer);
  return () => {
    observers2.delete(observer);
  };
}
function setSelectable(names) {
  selectable = new Set(names);
  drawSelection();
}
function select(names) {
  selected = new Set(names);
  drawSelection();
  for (const observer of observers2) observer();
}
function drawSelection() {
  const marked = listSelected();
  const rule = "outline: 2px dashed light-dark(#0a666d, #4fb3bb); outline-offset: -3px;";
  const text = marked.map((name) => `.${name} { ${rule} }`).join("\n");
  if (text !== styles) sheet2.replaceSync(styles = text);
  const current3 = getCurrentCard();
  for (const card of getCards()) {
    const name = getCardClass(card);
    const box = card.querySelector(`:scope > .${BOX}`);
    if (selectable.size < 2 || !selectable.has(name)) box?.remove();
    else drawBox(box instanceof HTMLInputElement ? box : addBox(card), card, { isShown: marked.length > 0, isCurrent: card === current3 });
  }
}
function addBox(card) {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", className: BOX, title: "Select (X); with Shift, all up to here" });
  box.addEventListener("click", (event) => {
    const names = new Set(selected);
    if (!event.shiftKey && !names.delete(getCardClass(card))) names.add(getCardClass(card));
    select(names);
  });
  card.append(box);
  return box;
}
function drawBox(box, card, { isShown, isCurrent }) {
  const label = `Select ${card.querySelector("p > strong:first-child")?.textContent ?? ""}`;
  if (box.getAttribute("aria-label") !== label) box.setAttribute("aria-label", label);
  box.checked = selected.has(getCardClass(card));
  box.toggleAttribute("data-qc-shown", isShown || isCurrent);
  box.tabIndex = isShown || isCurrent ? 0 : -1;
}
function clearSelection() {
  const had = selected.size > 0;
  if (had) select([]);
  return had;
}
function toggleCurrent() {
  const card = getCurrentCard();
  if (!card || !selectable.has(getCardClass(card))) return false;
  const names = new Set(selected);
  if (!names.delete(getCardClass(card))) names.add(getCardClass(card));
  select(names);
  return true;
}
function selectRange(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!event.shiftKey || event.button !== 0 || target?.closest(`input:not(.${BOX}), textarea, canvas, a, [inert]`)) return;
  const cards2 = getCards();
  const to = cards2.findIndex((card) => target && card.contains(target));
  const from = getCurrentNumber();
  if (to < 0 || from < 0) return;
  event.preventDefault();
  event.stopPropagation();
  select([...selected, ...cards2.slice(Math.min(from, to), Math.max(from, to) + 1).map(getCardClass)]);
  setCurrentNumber(to, { scroll: false });
}
var BOX, selected, selectable, observers2, sheet2, styles, listSelected;
var init_selection = __esm({
  "shared/selection.js"() {
    init_current_card();
    BOX = "qc-select";
    selected = /* @__PURE__ */ new Set();
    selectable = /* @__PURE__ */ new Set();
    observers2 = /* @__PURE__ */ new Set();
    sheet2 = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet2);
    styles = "";
    listSelected = () => getCards().map(getCardClass).filter((name) => selected.has(name) && selectable.has(name));
    window.addEventListener("pointerdown", selectRange, true);
    window.addEventListener(
      "mousedown",
      (event) => {
        const isCard = event.target instanceof Element && event.target.closest('[class*="st-key-qc-card-"]');
        if (event.shiftKey && isCard) event.preventDefault();
      },
      true
    );
  }
});

// shared/changed_metrics.js
function getDraftCounts(record, group) {
  const [changed, ...counts] = record === of && marks[group] || [0, 0, 0, 0, 0];
  return { changed, counts };
}
function setDraftCounts(record, next) {
  of = record;
  marks = next;
  for (const observer of observers3) observer();
}
function observeDraftCounts(observer) {
  observers3.add(observer);
  return () => {
    observers3.delete(observer);
  };
}
var of, marks, observers3;
var init_changed_metrics = __esm({
  "shared/changed_metrics.js"() {
    of = "";
    marks = {};
    observers3 = /* @__PURE__ */ new Set();
  }
});

// shared/open_group.js
function setOpenGroup(next) {
  open = next;
  for (const observer of observers4) observer();
}
function observeOpenGroup(observer) {
  observers4.add(observer);
  return () => {
    observers4.delete(observer);
  };
}
var open, observers4, getOpenGroup;
var init_open_group = __esm({
  "shared/open_group.js"() {
    open = null;
    observers4 = /* @__PURE__ */ new Set();
    getOpenGroup = () => open;
  }
});

// shared/status_counts.js
function countOne(status, isAllowed) {
  const isFail = status === "Fail";
  return [
    Number(status === "Pass"),
    Number(isFail && !isAllowed),
    Number(isFail && isAllowed),
    Number(status === "Pending" || status === "")
  ];
}
function addCounts(counts, others, sign = 1) {
  const [passed, failed3, allowed, pending4] = others;
  return [
    counts[0] + sign * passed,
    counts[1] + sign * failed3,
    counts[2] + sign * allowed,
    counts[3] + sign * pending4
  ];
}
function rollUp(counts) {
  if (counts[1] > 0) return "Fail";
  if (counts[3] > 0) return "Pending";
  return countDecided(counts) ? "Pass" : "";
}
function countDecisive(status, counts) {
  if (status === "Fail") return Math.max(0, counts[1]);
  return status === "Pending" ? countLeft(counts) : countDecided(counts);
}
var countLeft, countDecided, countFailed, rollUpWith;
var init_status_counts = __esm({
  "shared/status_counts.js"() {
    countLeft = (counts) => Math.max(0, counts[3]);
    countDecided = (counts) => Math.max(0, counts[0] + counts[1] + counts[2]);
    countFailed = (counts) => Math.max(0, counts[1] + counts[2]);
    rollUpWith = (stored, counts, change) => change.some((number3) => number3 !== 0) ? rollUp(addCounts(counts, change)) : stored;
  }
});

// shared/tree_filter.js
function countChosen(choice, { counts, changed, total }) {
  if (choice === "left") return countLeft(counts);
  if (choice === "fail") return countFailed(counts);
  return choice === "changed" ? changed : total;
}
function listStatusWords({ counts }) {
  const words = [countLeft(counts) ? "pending" : "", countFailed(counts) ? "fail" : "", counts[0] > 0 ? "pass" : ""];
  return words.join("\n");
}
function matchesFilter(node, filter, getState, isFoundAbove = false) {
  const text = filter.text.toLowerCase();
  const isFound = isFoundAbove || !text || node.search.includes(text);
  if (node.children.length) return node.children.some((child) => matchesFilter(child, filter, getState, isFound));
  const state = getState(node);
  return countChosen(filter.choice, state) > 0 && (isFound || listStatusWords(state).includes(text));
}
function resolveTreeKey(key, at, count) {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "ArrowRight":
      return "open";
    case "ArrowLeft":
      return "close";
    default:
      return null;
  }
}
function listWay(key) {
  const steps = key.split("/");
  return steps.map((_, at) => steps.slice(0, at + 1).join("/"));
}
var CHOICES;
var init_tree_filter = __esm({
  "shared/tree_filter.js"() {
    init_status_counts();
    CHOICES = /** @type {const} */
    [
      ["", "All"],
      ["left", "Left"],
      ["fail", "Fail"],
      ["changed", "Changed by me"]
    ];
  }
});

// shared/verdict_arithmetic.js
function holdVerdict(card, status, server3, groups) {
  const was = server3.more || server3.chosen !== "" && server3.chosen !== server3.stored;
  const is = server3.more || status !== server3.stored;
  const before = countOne(server3.chosen || server3.stored, server3.allowed);
  const change = addCounts(countOne(status, server3.allowed), before, -1);
  return { card, status, groups, adds: Number(is) - Number(was), change };
}
function isConfirmed(held3, cards2) {
  const server3 = cards2[held3.card];
  return server3 !== void 0 && (server3.chosen || server3.stored) === held3.status;
}
function countWith(number3, held3) {
  for (const { adds } of held3) number3 += adds;
  return Math.max(0, number3);
}
function markWith(marks2, held3) {
  const found = { ...marks2 };
  for (const { groups, adds, change } of held3)
    for (const group of groups) {
      const [changed, ...counts] = found[group] ?? [0, 0, 0, 0, 0];
      found[group] = [Math.max(0, changed + adds), ...addCounts(counts, change)];
    }
  return found;
}
function readLeftVerdicts(text, record, now) {
  let left2 = null;
  try {
    left2 = JSON.parse(text ?? "null");
  } catch {
    return [];
  }
  if (left2?.record !== record || !Array.isArray(left2.verdicts)) return [];
  if (now !== void 0 && !(now - left2.at >= 0 && now - left2.at < LEFT_TIME)) return [];
  return left2.verdicts.filter((one) => Array.isArray(one) && typeof one[0] === "string" && CHOICES2.includes(one[1]));
}
var CHOICES2, LEFT_TIME;
var init_verdict_arithmetic = __esm({
  "shared/verdict_arithmetic.js"() {
    init_status_counts();
    CHOICES2 = ["Pass", "Fail", "Pending"];
    LEFT_TIME = 36e5;
  }
});

// shared/verdicts.js
function observeVerdicts(observer) {
  observers5.add(observer);
  return () => {
    observers5.delete(observer);
  };
}
function notify2() {
  cancelAnimationFrame(frame);
  frame = 0;
  setDraftCounts(server?.record ?? "", markWith(server?.marks ?? {}, held.values()));
  for (const observer of observers5) observer();
}
function notifyInFrame() {
  frame ||= requestAnimationFrame(notify2);
}
function setCards(next) {
  cards = { ...cards, ...next };
  confirm();
}
function isUntouched(card) {
  const known = cards[card];
  return !held.has(card) && (known ? !known.chosen && !known.more : server?.decided[card] === void 0);
}
function setNotice(text) {
  notice2 = text;
  notify2();
}
function setServerVerdicts(next) {
  if (server && server.record !== next.record) {
    held.clear();
    unsaved.clear();
    refused = [];
    confirmed = "";
    cards = {};
  }
  server = next;
  answers += 1;
  for (const [card, status] of Object.entries(cards))
    if (!next.cards[card]) cards[card] = { ...status, chosen: next.decided[card] ?? "" };
  cards = { ...cards, ...next.cards };
  confirm();
}
function confirm() {
  for (const [card, verdict] of held) {
    if (!isConfirmed(verdict, cards)) continue;
    held.delete(card);
    confirmed = verdict.status;
  }
  if (confirmed && server?.saved) {
    announceSaved(confirmed);
    confirmed = "";
  }
  if (refused.length && refused.every((verdict) => isConfirmed(verdict, cards))) {
    refused = [];
    takenBack = "";
  }
  if (server?.saved && unsaved.size) {
    for (const { key, stored, chosen: chosen2 } of Object.values(cards))
      if (unsaved.get(key) === (chosen2 || stored)) unsaved.delete(key);
    store();
  }
  notify2();
}
function takeBackRefused() {
  const before = answers;
  let lastRun = performance.now();
  clearInterval(timer4);
  timer4 = setInterval(() => {
    if (getScriptState() !== "notRunning" || answers === before) lastRun = performance.now();
    if (!held.size) clearInterval(timer4);
    else if (performance.now() - lastRun > REST_TIME) {
      clearInterval(timer4);
      refused = [...held.values()];
      for (const verdict of refused) unsaved.delete(cards[verdict.card]?.key ?? "");
      held.clear();
      takenBack = server?.refusal || "The portal did not take it.";
      store();
      notify2();
    }
  }, CHECK_INTERVAL3);
}
function noteClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('[data-testid="stButtonGroup"] button');
  const card = button?.closest('[class*="st-key-qc-card-"]');
  const group = button?.closest('[role="radiogroup"]');
  if (!(button instanceof HTMLButtonElement) || !card || button.disabled) return;
  if (!group?.getAttribute("aria-label")?.startsWith("Status of ")) return;
  const name = [...card.classList].find((one) => one.startsWith("st-key-qc-card-")) ?? "";
  const status = CHOICES2[[...group.querySelectorAll('[role="radio"]')].indexOf(button)];
  const known = cards[name];
  if (!known || !status) return;
  held.delete(name);
  if ((known.chosen || known.stored) !== status)
    held.set(name, holdVerdict(name, status, known, ["", ...listWay(getOpenGroup()?.selected ?? "")]));
  unsaved.set(known.key, status);
  takenBack = notice2 = "";
  refused = [];
  store();
  notifyInFrame();
  takeBackRefused();
}
function store() {
  try {
    const text = JSON.stringify({ record: server?.record, verdicts: [...unsaved] });
    if (unsaved.size) sessionStorage.setItem(STORAGE_KEY, text);
    else sessionStorage.removeItem(STORAGE_KEY);
  } catch {
  }
}
function storeLeft() {
  try {
    const left2 = { record: server?.record, at: Date.now(), verdicts: [...unsaved] };
    if (server && unsaved.size) localStorage.setItem(`${LEFT_KEY} ${server.record}`, JSON.stringify(left2));
  } catch {
  }
}
function takeLeftVerdicts(record) {
  try {
    const ofTab = readLeftVerdicts(sessionStorage.getItem(STORAGE_KEY), record);
    const ofClosed = readLeftVerdicts(localStorage.getItem(`${LEFT_KEY} ${record}`), record, Date.now());
    localStorage.removeItem(`${LEFT_KEY} ${record}`);
    if (unsaved.size) return [];
    const left2 = ofTab.length ? ofTab : ofClosed;
    for (const [key, status] of left2) unsaved.set(key, status);
    return left2;
  } catch {
    return [];
  }
}
var STORAGE_KEY, LEFT_KEY, REST_TIME, CHECK_INTERVAL3, server, cards, held, unsaved, observers5, confirmed, takenBack, refused, notice2, answers, timer4, getVerdicts, frame, getVerdict, getStatus, getDraftKey, isAwaitingVerdicts;
var init_verdicts = __esm({
  "shared/verdicts.js"() {
    init_announce();
    init_changed_metrics();
    init_open_group();
    init_script();
    init_tree_filter();
    init_unsent();
    init_verdict_arithmetic();
    STORAGE_KEY = "qc-verdicts";
    LEFT_KEY = "qc-left-verdicts";
    REST_TIME = 1e3;
    CHECK_INTERVAL3 = 100;
    server = null;
    cards = {};
    held = /* @__PURE__ */ new Map();
    unsaved = /* @__PURE__ */ new Map();
    observers5 = /* @__PURE__ */ new Set();
    confirmed = "";
    takenBack = "";
    refused = [];
    notice2 = "";
    answers = 0;
    getVerdicts = () => ({
      isWaiting: held.size > 0,
      number: countWith(server?.number ?? 0, held.values()),
      takenBack,
      notice: notice2
    });
    frame = 0;
    getVerdict = (card) => held.get(card)?.status ?? (cards[card] ? cards[card].chosen : server?.decided[card] ?? "");
    getStatus = (card) => getVerdict(card) || (cards[card]?.stored ?? "");
    getDraftKey = (card) => cards[card]?.key ?? "";
    isAwaitingVerdicts = () => held.size > 0;
    addUnsentSource(() => isAwaitingVerdicts() && document.querySelector(".st-key-qc-bar") !== null);
    document.addEventListener("click", noteClick, true);
    addEventListener("pagehide", storeLeft);
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && server) localStorage.removeItem(`${LEFT_KEY} ${server.record}`);
    });
  }
});

// shared/card_layout.js
function setBarHeight(height) {
  barHeight = height;
  document.documentElement.style.setProperty("--qc-bar-height", `${height}px`);
}
function followBar() {
  const found = document.querySelector('[data-testid="stBottom"]');
  if (found === bar) return;
  barSizes.disconnect();
  bar = found;
  setBarHeight(bar?.getBoundingClientRect().height ?? 0);
  if (bar) barSizes.observe(bar);
}
function fitCards() {
  if (isPressed) return;
  const cards2 = [...document.querySelectorAll(CARDS2)];
  const current3 = cards2.find((card) => card.getAttribute("aria-current") === "true");
  for (const card of cards2) card.toggleAttribute("data-qc-open", card === current3);
  const isBeside = document.querySelector('.st-key-qc-panes [data-testid="stColumn"] .st-key-qc-cards') !== null;
  const most = Math.max(1, Math.floor((window.innerHeight - barHeight) / OPEN_HEIGHT));
  document.documentElement.classList.toggle("qc-compact", isBeside && current3 !== void 0 && cards2.length > most);
}
function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
function nameCards() {
  for (const card of document.querySelectorAll(CARDS2)) {
    const name = card.querySelector("p > strong:first-child");
    if (!name) continue;
    set(name, "role", "heading");
    set(name, "aria-level", "2");
    set(card, "role", "group");
    set(card, "aria-label", name.textContent ?? "");
    const verdicts = card.querySelector('[aria-label^="Status of "]');
    for (let at = verdicts; at; at = at.parentElement)
      if (at.parentElement === card) set(at, "data-qc-name", name.textContent ?? "");
  }
}
function describeFigure() {
  const figure = document.querySelector(".st-key-qc-figure");
  const cards2 = [...document.querySelectorAll(CARDS2)].filter((card) => !card.closest("[inert]") && card.getAttribute("aria-label"));
  if (!figure || !cards2.length) return;
  const metrics = cards2.map((card) => `${card.getAttribute("aria-label")}: ${getStatus(getCardClass(card)) || "no status"}`);
  set(figure, "role", "group");
  set(figure, "aria-label", `Figure of ${metrics.join("; ")}`);
}
function nameChangeButtons() {
  for (const row of document.querySelectorAll('[class*="st-key-qc-change-"]')) {
    const [title, button] = [row.querySelector("p > strong:first-child"), row.querySelector("button")];
    if (title && button) set(button, "aria-label", `${button.textContent?.trim()} ${title.textContent}`);
  }
}
function isLong(text) {
  const height = parseFloat(getComputedStyle(text.querySelector("p, li") ?? text).lineHeight) || 22;
  return text.offsetHeight > 0 && text.scrollHeight > height * (FOLDED_LINES + 0.9);
}
function foldDescriptions() {
  const texts2 = [...document.querySelectorAll(DESCRIPTIONS)].filter((text) => text instanceof HTMLElement);
  const long = texts2.filter((text) => !text.nextElementSibling?.classList.contains(MORE) && isLong(text));
  for (const text of long) {
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: MORE });
    const show = (open2) => {
      text.classList.toggle("qc-folded", !open2);
      more.textContent = open2 ? "Less" : "More";
      more.setAttribute("aria-expanded", String(open2));
    };
    more.addEventListener("click", () => show(text.classList.contains("qc-folded")));
    show(false);
    text.after(more);
  }
}
function update() {
  frame2 = 0;
  followBar();
  fitCards();
  nameCards();
  describeFigure();
  nameChangeButtons();
  drawSelection();
  foldDescriptions();
  scrollToCurrent();
}
function plan() {
  frame2 ||= requestAnimationFrame(update);
}
function startCardLayout() {
  const attributes = { attributes: true, attributeFilter: ["aria-current"] };
  new MutationObserver(plan).observe(document.body, { childList: true, subtree: true, ...attributes });
  const press = (down) => {
    isPressed = down;
    if (!down) setTimeout(plan);
  };
  document.addEventListener("pointerdown", () => press(true), true);
  document.addEventListener("pointerup", () => press(false), true);
  document.addEventListener("pointercancel", () => press(false), true);
  window.addEventListener("resize", plan);
  observeVerdicts(plan);
  plan();
}
var CARDS2, OPEN_HEIGHT, FOLDED_LINES, MORE, isPressed, bar, barHeight, barSizes, DESCRIPTIONS, frame2;
var init_card_layout = __esm({
  "shared/card_layout.js"() {
    init_current_card();
    init_selection();
    init_verdicts();
    CARDS2 = '.st-key-qc-cards [class*="st-key-qc-card-"]';
    OPEN_HEIGHT = 300;
    FOLDED_LINES = 3;
    MORE = "qc-more";
    isPressed = false;
    bar = /** @type {Element | null} */
    null;
    barHeight = 0;
    barSizes = new ResizeObserver(() => {
      const height = bar?.getBoundingClientRect().height ?? 0;
      if (height === barHeight) return;
      setBarHeight(height);
      plan();
    });
    DESCRIPTIONS = `:is(${CARDS2}) > [data-testid="stElementContainer"]:not(:first-child) [data-testid="stMarkdownContainer"]`;
    frame2 = 0;
  }
});

// shared/cards.js
function blockCards() {
  const cards2 = document.querySelector(".st-key-qc-cards");
  if (!(cards2 instanceof HTMLElement)) return;
  cards2.inert = true;
  const began = performance.now();
  let lastRun = null;
  clearInterval(timer5);
  timer5 = setInterval(() => {
    const now = performance.now();
    if (getScriptState() !== "notRunning") lastRun = now;
    const isAtRest = lastRun === null ? now - began > LONGEST_WAIT3 : now - lastRun > REST_TIME2;
    if (isAtRest || !document.querySelector(".st-key-qc-cards[inert]")) unblockCards();
  }, CHECK_INTERVAL4);
}
function unblockCards() {
  clearInterval(timer5);
  setWantedPage(null);
  for (const cards2 of document.querySelectorAll(".st-key-qc-cards"))
    if (cards2 instanceof HTMLElement) cards2.inert = false;
}
var REST_TIME2, LONGEST_WAIT3, CHECK_INTERVAL4, timer5;
var init_cards = __esm({
  "shared/cards.js"() {
    init_figure_pages();
    init_script();
    REST_TIME2 = 400;
    LONGEST_WAIT3 = 1e4;
    CHECK_INTERVAL4 = 50;
  }
});

// shared/order_arithmetic.js
function findNextLeft(pages, at, isLeft3) {
  const all = pages.flatMap(({ cards: cards2 }, page) => cards2.map(({ key }, card) => ({ page, card, key })));
  const from = all.findIndex(({ page, card }) => page === at.page && card === at.card);
  const others = [...all.slice(from + 1), ...all.slice(0, Math.max(from, 0))];
  const found = others.find(({ key }) => isLeft3(key));
  return found ? { page: found.page, card: found.card } : null;
}
function stepCard(pages, at, by) {
  const count = pages[at.page]?.cards.length ?? 0;
  if (at.card + by >= 0 && at.card + by < count) return { page: at.page, card: at.card + by };
  const page = at.page + by;
  const cards2 = pages[page]?.cards;
  return cards2 ? { page, card: by > 0 ? 0 : cards2.length - 1 } : null;
}
function stepGroup(pages, at, by) {
  const group = pages[at]?.position.group;
  let to = at;
  while (pages[to]?.position.group === group && to >= 0 && to < pages.length) to += by;
  const found = pages[to]?.position.group;
  return found === void 0 ? null : pages.findIndex(({ position }) => position.group === found);
}
var init_order_arithmetic = __esm({
  "shared/order_arithmetic.js"() {
  }
});

// shared/moving.js
function setPositionSender(send3) {
  sendToServer = send3;
}
function getPosition() {
  const name = getWantedPage() ?? getDrawnPage();
  const page = listReviewPages().findIndex(({ position }) => namePage(position) === name);
  return { page, card: name === getDrawnPage() ? Math.max(0, getCurrentNumber()) : 0 };
}
function goTo(to) {
  const page = to ? listReviewPages()[to.page] : void 0;
  const card = to ? page?.cards[to.card] : void 0;
  if (!to || !page || !card) return false;
  const name = namePage(page.position);
  if (name === (getWantedPage() ?? getDrawnPage())) {
    setCurrentNumber(to.card);
    return true;
  }
  blockCards();
  setWantedCard(name, to.card);
  setWantedPage(name);
  sendToServer?.("followed", { group: page.position.group, metric: card.address });
  return true;
}
function goToFigure(by) {
  const page = getPosition().page;
  return page >= 0 && goTo(beginAt(page + by));
}
function goToGroup(by) {
  const pages = listReviewPages();
  const first = stepGroup(pages, getPosition().page, by);
  if (first === null) return false;
  const { group } = pages[first]?.position ?? {};
  const left2 = pages.findIndex(({ position, cards: cards2 }) => position.group === group && cards2.some(({ key }) => isLeft(key)));
  return goTo(beginAt(left2 < 0 ? first : left2));
}
function goToNextLeft() {
  if (isInQueue()) return clickButton(".st-key-queue-next button");
  return goTo(findNextLeft(listReviewPages(), getPosition(), isLeft));
}
function beginAt(page) {
  const cards2 = listReviewPages()[page]?.cards;
  if (!cards2) return null;
  return { page, card: Math.max(0, cards2.findIndex(({ key }) => isLeft(key))) };
}
function isLeft(key) {
  const verdict = getVerdict(nameCard(key));
  if (verdict) return verdict === "Pending";
  return isListedUndecided(key);
}
function clickButton(selector) {
  const button = document.querySelector(selector);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return false;
  button.click();
  return true;
}
var sendToServer, isInQueue, goToMetric;
var init_moving = __esm({
  "shared/moving.js"() {
    init_cards();
    init_current_card();
    init_figure_pages();
    init_order_arithmetic();
    init_verdicts();
    sendToServer = null;
    isInQueue = () => new URLSearchParams(location.search).has("queue");
    goToMetric = (by) => goTo(stepCard(listReviewPages(), getPosition(), by));
  }
});

// shared/chord_arithmetic.js
function buildCommands(context) {
  const commands = {};
  for (const section of SECTIONS.filter((one) => one.context === context))
    for (const { command, keys } of section.keys)
      for (const key of keys) {
        commands[key] = command;
        if (key.length === 1) commands[key.toUpperCase()] = command;
      }
  return commands;
}
function buildHint(command) {
  const found = SECTIONS.flatMap(({ keys }) => keys).find((key) => key.command === command);
  return found ? `${found.label} (${found.text})` : "";
}
function nameChord({ key, code, shiftKey, ctrlKey, metaKey, altKey }, isAltGraph = false) {
  if (altKey && !isAltGraph) return null;
  const isDigit = /^Digit\d$/.test(code) && shiftKey && !isAltGraph;
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = isDigit ? code.slice(-1) : isLetter ? key.toLowerCase() : key;
  const shift = shiftKey && (isDigit || isLetter || key.length > 1) ? "Shift+" : "";
  return `${(ctrlKey || metaKey) && !isAltGraph ? "Ctrl+" : ""}${shift}${name}`;
}
function findReviewCommand(press, isAltGraph = false) {
  const chord = nameChord(press, isAltGraph);
  return chord !== null && Object.hasOwn(REVIEW_COMMANDS, chord) ? REVIEW_COMMANDS[chord] ?? null : null;
}
var buildRows, REVIEW_COMMANDS;
var init_chord_arithmetic = __esm({
  "shared/chord_arithmetic.js"() {
    init_key_table();
    buildRows = (...contexts) => contexts.flatMap(
      (context) => SECTIONS.filter((one) => one.context === context).flatMap(
        ({ keys }) => keys.map(({ text, does }) => (
          /** @type {KeyRow} */
          [text, does]
        ))
      )
    );
    REVIEW_COMMANDS = buildCommands("review");
  }
});

// figure/keys.js
function findPairCommand(key, { shift, mode, hasVideo }) {
  const command = findCommand(PAIR_COMMANDS, key);
  if (command === "nextMode") return "nextMode";
  if (command === "toggleBlink") return mode === "blink" && !hasVideo ? "toggleBlink" : null;
  if (shift || command !== "left" && command !== "right") return null;
  if (mode === "swipe") return command === "left" ? "handleLeft" : "handleRight";
  if (mode === "blink") return command === "left" ? "showLeft" : "showRight";
  return null;
}
function buildPairRows(hasVideo) {
  const isSpace = ([keys]) => keys === "space";
  return [
    ...buildRows("pair").filter((row) => !hasVideo || !isSpace(row)),
    ...hasVideo ? VIDEO_ROWS : [],
    ...ZOOM_ROWS.filter(([keys]) => keys !== "←" && keys !== "→")
  ];
}
function isTypedIn({ fieldType, role, tag }) {
  return fieldType !== null && !BUTTON_TYPES.has(fieldType) || TYPING_ROLES.test(role) || tag === "CANVAS";
}
var ZOOM_COMMANDS, ZOOM_ROWS, VIDEO_COMMANDS, VIDEO_ROWS, SEEK_COMMANDS, SEEK_ROWS, STACK_COMMANDS, STACK_ROWS, PAIR_COMMANDS, findCommand, TYPING_ROLES, MOVING_KEYS, BUTTON_TYPES, isMovingKey;
var init_keys = __esm({
  "figure/keys.js"() {
    init_chord_arithmetic();
    ZOOM_COMMANDS = buildCommands("zoom");
    ZOOM_ROWS = buildRows("zoom");
    VIDEO_COMMANDS = buildCommands("video");
    VIDEO_ROWS = buildRows("video");
    SEEK_COMMANDS = buildCommands("seek");
    SEEK_ROWS = buildRows("seek");
    STACK_COMMANDS = buildCommands("stack");
    STACK_ROWS = buildRows("stack");
    PAIR_COMMANDS = buildCommands("pair");
    findCommand = (commands, key) => Object.hasOwn(commands, key) ? commands[key] ?? null : null;
    TYPING_ROLES = /^(textbox|searchbox|combobox|listbox|option|spinbutton|grid|gridcell|menu|menuitem|tree|treeitem)$/;
    MOVING_KEYS = /^(Arrow\w+| |Home|End)$/;
    BUTTON_TYPES = /* @__PURE__ */ new Set(["range", "button", "checkbox", "radio", "submit", "reset"]);
    isMovingKey = (key) => MOVING_KEYS.test(key);
  }
});

// figure/full_screen.js
function setFullScreen(on) {
  document.documentElement.classList.toggle("qc-full", on);
  if (on && !document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {
  });
  if (!on && document.fullscreenElement) document.exitFullscreen().catch(() => {
  });
  for (const observer of observers6) observer();
}
function observeFullScreen(observer) {
  observers6.add(observer);
  return () => {
    observers6.delete(observer);
  };
}
var observers6, isFullScreen;
var init_full_screen = __esm({
  "figure/full_screen.js"() {
    observers6 = /* @__PURE__ */ new Set();
    isFullScreen = () => document.documentElement.classList.contains("qc-full");
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && isFullScreen()) setFullScreen(false);
    });
  }
});

// shared/deciding_arithmetic.js
var DWELL_TIME, isTooEarly, waitsForReason, leadsOn;
var init_deciding_arithmetic = __esm({
  "shared/deciding_arithmetic.js"() {
    DWELL_TIME = 1e3;
    isTooEarly = ({ dwells, shownFor }) => dwells && shownFor < DWELL_TIME;
    waitsForReason = (status, asksReason) => asksReason && status === "Fail";
    leadsOn = (status, movesOn, isByKey) => status !== "Pending" && (movesOn === "always" || isByKey && movesOn === "keys");
  }
});

// shared/habits.js
function setHabit(name, value) {
  habits[name] = value;
  try {
    localStorage.setItem(STORAGE_KEY2, JSON.stringify(habits));
  } catch {
  }
}
var STORAGE_KEY2, MOVES_ON, habits, getHabit, MAX_AT_ONCE, getSubmitLimit, readSubmitLimit, getMovesOn;
var init_habits = __esm({
  "shared/habits.js"() {
    STORAGE_KEY2 = "qc-habits";
    MOVES_ON = [
      ["keys", "by key, go on to the next metric"],
      ["always", "by key or mouse, go on to the next metric"],
      ["never", "stay at the metric"]
    ];
    habits = {};
    try {
      const stored = JSON.parse(localStorage.getItem(STORAGE_KEY2) ?? "{}");
      if (typeof stored === "object" && stored !== null) habits = stored;
    } catch {
    }
    getHabit = (name) => habits[name] === true;
    MAX_AT_ONCE = 50;
    getSubmitLimit = () => readSubmitLimit(habits["submitAtOnce"]);
    readSubmitLimit = (value) => {
      const number3 = Number(typeof value === "string" && value.trim() === "" ? 0 : value);
      return Number.isInteger(number3) && number3 > 0 ? Math.min(number3, MAX_AT_ONCE) : 0;
    };
    getMovesOn = () => MOVES_ON.find(([value]) => value === habits["movesOn"])?.[0] ?? "keys";
  }
});

// shared/steps.js
function setStepSender(next) {
  sendToServer2 = next;
}
function requestStep(...action) {
  number += 1;
  pending.push([number, ...action]);
  if (!isAwaitingVerdicts()) return send();
  const unobserve = observeVerdicts(() => {
    if (isAwaitingVerdicts()) return;
    unobserve();
    send();
  });
}
function send() {
  if (pending.length) sendToServer2?.("steps", { sitting, steps: pending });
  clearTimeout(timer6);
  timer6 = setTimeout(giveUp, LONGEST_WAIT4);
}
function giveUp() {
  if (getScriptState() === "running") timer6 = setTimeout(giveUp, LONGEST_WAIT4);
  else confirmSteps(sitting, number);
}
function confirmSteps(of2, made) {
  if (of2 !== sitting) return;
  pending = pending.filter(([one]) => one > made);
  if (pending.length) return;
  clearTimeout(timer6);
  const next = waiting2;
  waiting2 = [];
  for (const action of next) action();
}
function afterSteps(action) {
  if (pending.length) waiting2.push(action);
  else action();
}
var LONGEST_WAIT4, sitting, number, pending, waiting2, sendToServer2, timer6;
var init_steps = __esm({
  "shared/steps.js"() {
    init_script();
    init_verdicts();
    LONGEST_WAIT4 = 5e3;
    sitting = crypto.getRandomValues(new Uint32Array(2)).join("-");
    number = 0;
    pending = [];
    waiting2 = [];
    sendToServer2 = null;
  }
});

// shared/deciding.js
function goOn(status) {
  if (!isInQueue() && leadsOn(status, getMovesOn(), true)) goToNextLeft();
}
function giveReason(number3) {
  const current3 = getCurrentCard();
  const card = current3 && getVerdict(getCardClass(current3)) === "Fail" ? getCardClass(current3) : failed;
  const key = card && getVerdict(card) === "Fail" ? getDraftKey(card) : "";
  if (!key) return false;
  requestStep("reason", key, number3);
  if (isAsking) skipReason();
  return true;
}
function skipReason() {
  if (!isAsking) return false;
  isAsking = false;
  setNotice("");
  goOn("Fail");
  return true;
}
function decide(status) {
  const card = getCurrentCard();
  const group = card?.querySelector('[role="radiogroup"][aria-label^="Status of "]');
  const button = group?.querySelectorAll('[role="radio"]')[CHOICES2.indexOf(status)];
  if (!card || card.closest("[inert]") || !(button instanceof HTMLButtonElement)) {
    if (card) setNotice("Nothing was decided: the card was not drawn yet. Press the key again.");
    return false;
  }
  if (button.disabled) return false;
  const isLed = isInQueue() && status !== "Pending";
  if (isLed && led.starts === getStarts() && performance.now() - led.at < LONGEST_STEP) return true;
  if (isTooEarly({ dwells: getHabit("dwell"), shownFor: performance.now() - getShownSince() })) {
    setNotice("Nothing was decided: the figure has not been on screen for a second.");
    return true;
  }
  if (isLed) led = { starts: getStarts(), at: performance.now() };
  if (button.getAttribute("aria-checked") !== "true") button.click();
  if (status === "Fail") failed = getCardClass(card);
  isAsking = waitsForReason(status, getHabit("asksReason"));
  if (isAsking) setNotice("Why? Shift and a digit give a reason; Esc goes on without one.");
  else goOn(status);
  return true;
}
function followClick(event) {
  if (!event.isTrusted || isInQueue()) return;
  const radio = event.target instanceof Element ? event.target.closest('[role="radio"]') : null;
  const group = radio?.closest('[role="radiogroup"][aria-label^="Status of "]');
  if (!radio || !group) return;
  const number3 = [...group.querySelectorAll('[role="radio"]')].indexOf(radio);
  const status = CHOICES2[number3];
  if (status && leadsOn(status, getMovesOn(), false)) setTimeout(goToNextLeft);
}
var LONGEST_STEP, led, failed, isAsking;
var init_deciding = __esm({
  "shared/deciding.js"() {
    init_current_card();
    init_deciding_arithmetic();
    init_habits();
    init_moving();
    init_steps();
    init_verdict_arithmetic();
    init_verdicts();
    LONGEST_STEP = 3e3;
    led = { starts: -1, at: 0 };
    failed = "";
    isAsking = false;
    document.addEventListener("click", followClick);
  }
});

// shared/event_path.js
function findPath(event) {
  const path = event.composedPath();
  return path.slice(1 + path.findLastIndex((node) => node instanceof HTMLDialogElement && !node.open));
}
function findTarget(event) {
  const [target] = findPath(event);
  return target instanceof Element ? target : null;
}
var init_event_path = __esm({
  "shared/event_path.js"() {
  }
});

// shared/key_list.js
function setKeyDialog(next, context = "review") {
  dialog = next;
  listed = context;
}
function setFigureRows(rows) {
  figureRows = rows;
}
function toggleKeyList() {
  if (!dialog) return false;
  if (dialog.open) dialog.close();
  else {
    draw2(dialog);
    dialog.showModal();
  }
  return true;
}
function draw2(root) {
  const lists2 = createElement("div", "lists");
  for (const { context, title, keys } of SECTIONS)
    if (context === listed) lists2.append(createList(title, keys.map(({ text, does }) => [text, does])));
  if (figureRows.length && listed === "review") lists2.append(createList("This figure", figureRows));
  if (document.querySelector('[class*="st-key-qc-object-"]')) lists2.append(createList("The curation's table", buildRows("curation")));
  const close = createElement("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => root.close());
  const head = createElement("div", "head");
  head.append(createElement("h2", "", "Keys"), close);
  root.replaceChildren(head, lists2, createHabits());
  root.onclick = (event) => {
    if (event.target === root) root.close();
  };
  root.onkeydown = (event) => {
    if (event.key === "?") root.close();
  };
}
function createList(title, rows) {
  const section = createElement("section");
  const list2 = createElement("dl");
  for (const [keys, does] of rows) {
    const names = createElement("dt");
    for (const key of keys.split(", ")) names.append(createElement("kbd", "", key));
    list2.append(names, createElement("dd", "", does));
  }
  section.append(createElement("h3", "", title), list2);
  return section;
}
function createHabits() {
  const section = createElement("section", "habits");
  const label = createElement("label", "", "After Pass or Fail ");
  const select2 = createElement("select");
  for (const [value, text] of MOVES_ON) select2.append(new Option(text, value, false, value === getMovesOn()));
  select2.addEventListener("change", () => setHabit("movesOn", select2.value));
  label.append(select2);
  section.append(createElement("h3", "", "How you work, kept in this browser"), label);
  for (const [name, text] of listed === "review" || listed === "grid" ? SWITCHES : []) {
    const box = createElement("input");
    box.type = "checkbox";
    box.checked = getHabit(name);
    box.addEventListener("change", () => setHabit(name, box.checked));
    const line = createElement("label");
    line.append(box, text);
    section.append(line);
  }
  section.append(createSubmitLimit());
  return section;
}
function createSubmitLimit() {
  const field = createElement("input");
  Object.assign(field, { type: "number", min: "0", max: String(MAX_AT_ONCE), value: String(getSubmitLimit()) });
  field.addEventListener("change", () => {
    setHabit("submitAtOnce", readSubmitLimit(field.value));
    field.value = String(getSubmitLimit());
  });
  const line = createElement("label");
  line.append("Submit up to", field, "changes without the dialog, where none is marked (0: never)");
  return line;
}
var SWITCHES, dialog, listed, figureRows;
var init_key_list = __esm({
  "shared/key_list.js"() {
    init_chord_arithmetic();
    init_elements();
    init_habits();
    init_key_table();
    SWITCHES = [
      ["asksReason", "A Fail by key waits for a reason"],
      ["dwell", "Decide by key only once the figure has been on screen for a second"]
    ];
    dialog = null;
    listed = "review";
    figureRows = [];
  }
});

// shared/tree_drawer.js
function setDrawer(change) {
  const next = { ...drawer, returns: false, ...change };
  if (!next.folded) next.shown = false;
  const keys = (
    /** @type {(keyof Drawer)[]} */
    Object.keys(next)
  );
  if (keys.every((key) => next[key] === drawer[key])) return;
  drawer = next;
  for (const observer of observers7) observer();
}
function toggleDrawer() {
  setDrawer({ shown: !drawer.shown });
}
function observeDrawer(observer) {
  observers7.add(observer);
  return () => {
    observers7.delete(observer);
  };
}
var drawer, observers7, getDrawer;
var init_tree_drawer = __esm({
  "shared/tree_drawer.js"() {
    drawer = { folded: false, shown: false, label: "", returns: false };
    observers7 = /* @__PURE__ */ new Set();
    getDrawer = () => drawer;
  }
});

// shared/tree_arithmetic.js
function readSize(text) {
  let kept = null;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
  }
  const { width, closed } = (
    /** @type {Record<string, unknown>} */
    kept !== null && typeof kept === "object" ? kept : {}
  );
  return { width: Number.isFinite(width) ? clampWidth(Number(width)) : DEFAULT_WIDTH, closed: closed === true };
}
var NARROWEST, WIDEST, DEFAULT_WIDTH, clampWidth;
var init_tree_arithmetic = __esm({
  "shared/tree_arithmetic.js"() {
    [NARROWEST, WIDEST] = [160, 520];
    DEFAULT_WIDTH = 198;
    clampWidth = (width) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
  }
});

// shared/tree_size.js
function read() {
  try {
    return localStorage.getItem(STORAGE_KEY3);
  } catch {
    return null;
  }
}
function setSize(change) {
  size = { ...size, ...change };
  try {
    localStorage.setItem(STORAGE_KEY3, JSON.stringify(size));
  } catch {
  }
  applySize();
}
function applySize() {
  const root = document.documentElement;
  root.classList.toggle("qc-tree-closed", size.closed);
  root.style.setProperty("--qc-tree-width", `${size.width}px`);
  for (const button of buttons) {
    if (!button.isConnected) buttons.delete(button);
    describe(button);
  }
}
function describe(button) {
  const label = size.closed ? "Show the tree of groups" : "Hide the tree of groups";
  button.setAttribute("aria-label", label);
  button.setAttribute("aria-expanded", String(!size.closed));
  button.title = `${label} (${KEY})`;
  button.closest(".tree")?.classList.toggle("closed", size.closed);
}
function createTreeButton() {
  const button = createElement("button", "fold");
  button.type = "button";
  button.append(createIcon("sidebar"));
  button.addEventListener("click", () => toggleTree());
  buttons.add(button);
  describe(button);
  return button;
}
function toggleTree() {
  if (getDrawer().folded) toggleDrawer();
  else setSize({ closed: !size.closed });
  return true;
}
function createTreeEdge() {
  const edge = createElement("div", "edge");
  const set2 = (width) => {
    setSize({ width: clampWidth(width) });
    edge.setAttribute("aria-valuenow", String(size.width));
  };
  edge.setAttribute("role", "separator");
  edge.setAttribute("aria-orientation", "vertical");
  edge.setAttribute("aria-label", "Width of the tree of groups");
  edge.setAttribute("aria-valuenow", String(size.width));
  edge.tabIndex = 0;
  edge.addEventListener("pointerdown", (event) => {
    const [from, width] = [event.clientX, size.width];
    edge.setPointerCapture(event.pointerId);
    event.preventDefault();
    edge.onpointermove = (moved) => set2(width + moved.clientX - from);
  });
  edge.addEventListener("lostpointercapture", () => {
    edge.onpointermove = null;
  });
  edge.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
    if (!by) return;
    event.preventDefault();
    set2(size.width + by);
  });
  return edge;
}
var STORAGE_KEY3, KEY, STEP, size, buttons;
var init_tree_size = __esm({
  "shared/tree_size.js"() {
    init_elements();
    init_tree_drawer();
    init_tree_arithmetic();
    STORAGE_KEY3 = "qc-tree";
    KEY = "\\";
    STEP = 16;
    size = readSize(read());
    buttons = /* @__PURE__ */ new Set();
    applySize();
  }
});

// shared/review_keyboard.js
function step(command) {
  requestStep(command);
  return true;
}
function decideAfterSteps(status) {
  afterSteps(() => decide(status));
  return true;
}
function toggleFullScreen() {
  if (!isFullScreen() && !document.querySelector(".st-key-qc-figure")) return false;
  setFullScreen(!isFullScreen());
  return true;
}
function focusField(selector) {
  const field = getCurrentCard()?.querySelector(selector);
  if (!(field instanceof HTMLElement)) return false;
  field.focus();
  if (field instanceof HTMLInputElement && field.type !== "checkbox") field.select();
  return true;
}
function findWithin(part, selector) {
  for (const node of document.querySelectorAll(`${part} *`)) {
    const found = node.shadowRoot?.querySelector(selector);
    if (found instanceof HTMLElement) return found;
  }
  return null;
}
function focusFilter() {
  const field = findWithin(".st-key-qc-groups", ".filter");
  if (!field) return false;
  if (getDrawer().folded) setDrawer({ shown: true });
  field.focus();
  return true;
}
function pressWithin(part, selector) {
  const button = findWithin(part, selector);
  button?.click();
  return button !== null;
}
function isTyping(target) {
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  const role = target.getAttribute("role") ?? "";
  return isTypedIn({ fieldType, role: role === "treeitem" ? "" : role, tag: target.tagName });
}
function leaveField2(event, target) {
  const isList = target.getAttribute("aria-expanded") === "true";
  const isNote = target.matches('input[aria-label^="Note on "]');
  if (event.key === "Escape" && !isList || event.key === "Enter" && isNote) target.blur();
}
function answerKey(event) {
  if (event.isComposing || !document.querySelector(".st-key-qc-workspace")) return;
  if (document.querySelector('[role="dialog"]') || findPath(event).some((node) => node instanceof HTMLDialogElement)) return;
  const target = findTarget(event);
  if (target && isTyping(target)) {
    if (target instanceof HTMLElement) leaveField2(event, target);
    return;
  }
  if (event.defaultPrevented) return;
  const isAltGraph = event.getModifierState("AltGraph");
  const command = findReviewCommand(event, isAltGraph);
  const isDone = command === "reason" ? giveReason(Number(nameChord(event)?.slice(-1))) : command && ACTIONS[command]?.();
  if (isDone) event.preventDefault();
}
function answerFirst(event) {
  const target = findTarget(event);
  if (event.key === "Escape" && target instanceof HTMLInputElement && target.closest(NUMBER_FIELD)) {
    target.blur();
    event.stopPropagation();
    return;
  }
  const isSubmit = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (!(isSubmit || findReviewCommand(event) === "reason") || target && isTyping(target)) return;
  answerKey(event);
  if (event.defaultPrevented) event.stopPropagation();
}
function startReviewKeyboard() {
  document.addEventListener("keydown", answerFirst, true);
  document.addEventListener("keydown", answerKey);
}
var NUMBER_FIELD, VALUE_FIELD, ACTIONS;
var init_review_keyboard = __esm({
  "shared/review_keyboard.js"() {
    init_keys();
    init_full_screen();
    init_chord_arithmetic();
    init_current_card();
    init_deciding();
    init_event_path();
    init_key_list();
    init_moving();
    init_selection();
    init_steps();
    init_tree_drawer();
    init_tree_size();
    NUMBER_FIELD = '.st-key-qc-cards [data-testid="stNumberInput"]';
    VALUE_FIELD = '[aria-label^="Value of "] button, [data-testid="stSelectbox"] input, [data-testid="stMultiSelect"] input, input:not(.qc-select), textarea';
    ACTIONS = {
      pass: () => decideAfterSteps("Pass"),
      fail: () => decideAfterSteps("Fail"),
      pending: () => decideAfterSteps("Pending"),
      note: () => focusField('[aria-label^="Note on "]'),
      value: () => focusField(VALUE_FIELD),
      undo: () => step("undo"),
      redo: () => step("redo"),
      nextMetric: () => goToMetric(1),
      previousMetric: () => goToMetric(-1),
      nextUndecided: () => goToNextLeft() || pressWithin(".st-key-next-asset", "a"),
      nextFigure: () => goToFigure(1),
      previousFigure: () => goToFigure(-1),
      nextGroup: () => goToGroup(1),
      previousGroup: () => goToGroup(-1),
      tree: toggleTree,
      filter: focusFilter,
      fullScreen: () => toggleFullScreen(),
      leaveFullScreen: () => skipReason() || clearSelection() || isFullScreen() && toggleFullScreen(),
      compare: () => pressWithin(".st-key-comparison-switch", "button"),
      passRest: () => pressWithin(".st-key-pass-rest", ".selected, .figure"),
      passGroup: () => pressWithin(".st-key-pass-rest", ".group") || pressWithin(".st-key-pass-rest", ".figure"),
      select: toggleCurrent,
      submit: () => clickButton(".st-key-review-and-submit button"),
      showKeys: toggleKeyList
    };
  }
});

// shared/side_by_side.js
var SIDE_BY_SIDE, isSideBySide;
var init_side_by_side = __esm({
  "shared/side_by_side.js"() {
    SIDE_BY_SIDE = "(min-width: 901px), (min-width: 641px) and (max-height: 560px)";
    isSideBySide = () => window.matchMedia(SIDE_BY_SIDE).matches;
  }
});

// cards_start.js
var cards_start_exports = {};
__export(cards_start_exports, {
  default: () => startCards
});
function getScrollingParents(element) {
  const found = [];
  for (let at = (
    /** @type {Element | null} */
    element
  ); at; at = at.parentElement)
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) found.push(at);
  return found;
}
function scrollToCard(number3) {
  const card = getCards()[number3];
  if (!card) return;
  for (const parent of getScrollingParents(card)) parent.scrollTop = 0;
  const bar2 = document.querySelector('[data-testid="stBottom"]')?.getBoundingClientRect().top ?? window.innerHeight;
  if (!isSideBySide()) return;
  if (number3 && card.getBoundingClientRect().bottom > bar2) card.scrollIntoView({ block: "start", behavior: "instant" });
}
function findNextAsset() {
  for (const node of document.querySelectorAll(".st-key-next-asset *")) {
    const link = node.shadowRoot?.querySelector("a");
    if (link) return link;
  }
  return null;
}
function focusCard(number3) {
  const control = getCards()[number3]?.querySelector('[data-testid="stButtonGroup"] button:not([disabled])');
  if (control instanceof HTMLElement) control.focus();
  return control instanceof HTMLElement;
}
async function focusNext(number3) {
  const keys = findReviewPage(getDrawnPage())?.cards.map(({ key }) => key) ?? [];
  const isUsual = isInQueue() || isLeft(keys[number3 ?? -1] ?? "");
  if (focusCard(isUsual ? number3 ?? -1 : keys.findIndex(isLeft))) return;
  const next = isInQueue() || listReviewPages().some(({ cards: cards2 }) => cards2.some(({ key }) => isLeft(key))) ? null : await waitAtRest(findNextAsset, LONGEST_WAIT5);
  if (next) {
    next.focus();
    return;
  }
  const tree = [...document.querySelectorAll(".st-key-qc-groups *")].map((node) => node.shadowRoot).find(Boolean);
  const row = tree?.querySelector('[aria-current="true"]');
  if (row instanceof HTMLElement) row.focus({ preventScroll: true });
}
function startCards({ data, parentElement }) {
  const state = states.get(parentElement.host) ?? { page: null, step: "", submitted: 0 };
  states.set(parentElement.host, state);
  setCards(data.cards);
  const wanted3 = getWantedPage();
  if (wanted3 !== null && wanted3 !== data.page) blockCards();
  else {
    setOpenGroup(data.group);
    if (state.page !== data.page || state.step !== data.step || wanted3 !== null) {
      state.page = data.page;
      state.step = data.step;
      scrollToCard(startPage(data.page, data.card ?? 0));
      unblockCards();
    } else markAgain();
  }
  if (data.submitted > state.submitted) {
    state.submitted = data.submitted;
    if (data.landed) announce(`${data.landed} ${data.landed === 1 ? "change" : "changes"} submitted and read back`);
    waitAtRest(() => !document.querySelector('[data-testid="stDialog"]'), LONGEST_WAIT5).then(() => focusNext(data.card));
  }
}
var LONGEST_WAIT5, states;
var init_cards_start = __esm({
  "cards_start.js"() {
    init_announce();
    init_card_layout();
    init_cards();
    init_current_card();
    init_figure_pages();
    init_moving();
    init_open_group();
    init_review_keyboard();
    init_script();
    init_side_by_side();
    init_verdicts();
    LONGEST_WAIT5 = 3e3;
    states = /* @__PURE__ */ new WeakMap();
    startCardLayout();
    startReviewKeyboard();
  }
});

// chart_links.js
var chart_links_exports = {};
__export(chart_links_exports, {
  default: () => listen
});
function followMark(event) {
  const mark2 = event.composedPath()[0];
  if (!(mark2 instanceof SVGElement) || !mark2.closest('[class*="st-key-qc-chart-"]') || opensNewTab(event)) return;
  const href = (
    /** @type {{ href?: unknown } | undefined} */
    Reflect.get(mark2, "__data__")?.href
  );
  if (typeof href !== "string" || !/^(view|subject|project)\?/.test(href)) return;
  event.preventDefault();
  event.stopPropagation();
  openPage(href);
}
function hideEmptyMarks() {
  const marks2 = document.querySelectorAll('svg.marks [class*="brush"]:not([aria-hidden])');
  for (const mark2 of marks2) mark2.setAttribute("aria-hidden", "true");
}
function listen() {
  if (isListening) return;
  isListening = true;
  new MutationObserver(hideEmptyMarks).observe(document.body, { childList: true, subtree: true });
  hideEmptyMarks();
  document.addEventListener("click", followMark, true);
}
var isListening;
var init_chart_links = __esm({
  "chart_links.js"() {
    init_links();
    isListening = false;
  }
});

// figure/memory.js
function save() {
  timer7 = 0;
  try {
    sessionStorage.setItem(STORAGE_KEY4, JSON.stringify([...remembered]));
  } catch {
  }
}
function remember(key, value) {
  remembered.delete(key);
  remembered.set(key, value);
  const oldest = remembered.keys().next().value;
  if (remembered.size > MAX_REMEMBERED && oldest !== void 0) remembered.delete(oldest);
  clearTimeout(timer7);
  timer7 = window.setTimeout(save, SAVE_DELAY);
}
var remembered, STORAGE_KEY4, MAX_REMEMBERED, SAVE_DELAY, timer7, recall;
var init_memory = __esm({
  "figure/memory.js"() {
    remembered = /* @__PURE__ */ new Map();
    STORAGE_KEY4 = "qc-figures";
    MAX_REMEMBERED = 300;
    SAVE_DELAY = 100;
    try {
      for (const [key, value] of JSON.parse(sessionStorage.getItem(STORAGE_KEY4) ?? "[]")) remembered.set(key, value);
    } catch {
      remembered.clear();
    }
    timer7 = 0;
    if (typeof window !== "undefined") window.addEventListener("pagehide", () => timer7 && save());
    recall = (key) => remembered.get(key);
  }
});

// comparison/choice.js
function notify3() {
  document.documentElement.classList.toggle("qc-compare", isComparing());
  for (const observer of observers8) observer();
}
function setComparing(on) {
  remember("compare", on);
  notify3();
}
function setMost(most) {
  remember("compare-most", most);
  notify3();
}
function observeChoice(observer) {
  observers8.add(observer);
  return () => observers8.delete(observer);
}
var COUNTS, observers8, isComparing, getMost;
var init_choice = __esm({
  "comparison/choice.js"() {
    init_memory();
    COUNTS = [200, 1e3, 5e3];
    observers8 = /* @__PURE__ */ new Set();
    isComparing = () => recall("compare") === true;
    getMost = () => COUNTS.find((count) => count === recall("compare-most")) ?? 200;
    document.documentElement.classList.toggle("qc-compare", isComparing());
  }
});

// comparison/strip_arithmetic.js
function getDepth([low, high], number3) {
  if (!(high > low)) return 0.5;
  const share = (number3 / 2 - low / 2) / (high / 2 - low / 2);
  return 1 - Math.min(1, Math.max(0, share));
}
function getShares(times) {
  const moments = times.map((time) => time ? Date.parse(time) : Number.NaN);
  const known = moments.filter((moment) => !Number.isNaN(moment));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  if (!known.length || first === last) return times.map((_, at) => times.length > 1 ? at / (times.length - 1) : 0.5);
  return moments.map((moment) => Number.isNaN(moment) ? 0 : (moment - first) / (last - first));
}
function findNearest(points, [x, y], reach) {
  let [nearest, least] = [-1, reach];
  points.forEach(([left2, top], index) => {
    const far = Math.hypot(left2 - x, top - y);
    if (far <= least) [nearest, least] = [index, far];
  });
  return nearest;
}
function formatValue(number3) {
  const size2 = Math.abs(number3);
  if (size2 !== 0 && (size2 >= 1e7 || size2 < 1e-4)) return number3.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  return number3.toLocaleString("en", { maximumSignificantDigits: 5 });
}
function countStatuses(values) {
  return ["Pass", "Fail", "Pending", ""].map((status) => (
    /** @type {[string, number]} */
    [status, values.filter((one) => one.status === status).length]
  )).filter(([, count]) => count > 0);
}
function moveIndex(key, at, count) {
  if (!count) return null;
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(count - 1, at + 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return at < 0 ? count - 1 : Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
function buildMarks(status, points, radius) {
  const r = radius;
  const circle = ([x, y]) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  const cross = ([x, y]) => `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
  const dash = ([x, y]) => `M${x - r} ${y}h${2 * r}`;
  const rounded = points.map(([x, y]) => (
    /** @type {Size} */
    [Math.round(10 * x) / 10, Math.round(10 * y) / 10]
  ));
  return rounded.map(status === "Fail" ? cross : status === "" ? dash : circle).join("");
}
var formatDay;
var init_strip_arithmetic = __esm({
  "comparison/strip_arithmetic.js"() {
    formatDay = (time) => time?.slice(0, 10) ?? "no date";
  }
});

// comparison/strip.js
function createShape(tag, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
  return shape;
}
function createLabel(x, y, text, more = {}) {
  const label = createShape("text", { x, y, ...more });
  label.textContent = text;
  return label;
}
function createStrip(answer, width, name, pointed) {
  const box = createElement("div", "strip");
  const { values, range } = answer;
  if (!range) return box;
  const hasNumber = answer.number !== null;
  const shares = getShares([...values.map(({ time }) => time), ...hasNumber ? [answer.time] : []]);
  const place = (share, number3) => (
    /** @type {Size} */
    [EDGE + share * (width - 2 * EDGE), EDGE + getDepth(range, number3) * (HEIGHT - 2 * EDGE)]
  );
  const points = values.map(({ number: number3 }, at2) => place(shares[at2] ?? 0, number3));
  const svg = createShape("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, tabindex: 0 });
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", `Values of ${name} over time. The arrow keys go through them, Enter opens the asset.`);
  drawGuides(svg, answer, range, width);
  for (const [status] of countStatuses(values)) {
    const others = points.filter((_, at2) => values[at2]?.status === status && !values[at2]?.own);
    const own = points.filter((_, at2) => values[at2]?.status === status && values[at2]?.own);
    svg.append(createShape("path", { class: toStatusClass(status), d: buildMarks(status, others, SMALL) }));
    svg.append(createShape("path", { class: `${toStatusClass(status)} own`, d: buildMarks(status, own, LARGE) }));
  }
  const current3 = answer.number === null ? null : place(shares[values.length] ?? 0.5, answer.number);
  const ownLine = joinOwn(values, points, current3, shares);
  if (ownLine) svg.insertBefore(ownLine, svg.querySelector(".mark"));
  if (current3) svg.append(createCurrent(current3), ...labelBeyond(answer.number ?? 0, range, current3));
  const ring = createShape("circle", { class: "ring", r: 6.5, cx: -20, cy: -20 });
  svg.append(ring);
  const readout = createElement("div", "readout");
  readout.setAttribute("aria-live", "polite");
  box.append(svg, readout);
  let at = -1;
  let link = null;
  function highlight(index) {
    at = index;
    pointed.href = values[index]?.href ?? "";
    const [value, point] = [values[index], points[index]];
    ring.setAttribute("cx", String(point?.[0] ?? -20));
    ring.setAttribute("cy", String(point?.[1] ?? -20));
    svg.classList.toggle("over", Boolean(value));
    link = value ? createLink(value.href, "asset", value.asset) : null;
    readout.replaceChildren(...value && link ? describe2(value, link) : createLegend(answer));
  }
  highlight(values.findIndex(({ href }) => href === pointed.href));
  const locate = (event) => {
    const area = svg.getBoundingClientRect();
    return findNearest(points, [event.clientX - area.left, event.clientY - area.top], REACH);
  };
  svg.addEventListener("pointermove", (event) => {
    const found = locate(
      /** @type {PointerEvent} */
      event
    );
    if (found >= 0 && found !== at) highlight(found);
  });
  svg.addEventListener("click", (event) => {
    const click = (
      /** @type {PointerEvent} */
      event
    );
    const [found, before] = [locate(click), at];
    if (found < 0) return;
    highlight(found);
    if (click.pointerType === "touch" && found !== before) return;
    if (opensNewTab(click)) window.open(link?.href, "_blank", "noopener");
    else link?.click();
  });
  svg.addEventListener("keydown", (event) => {
    const { key } = (
      /** @type {KeyboardEvent} */
      event
    );
    const next = moveIndex(key, at, values.length);
    if (key === "Enter" && link) link.click();
    else if (key === "Escape" && at >= 0) highlight(-1);
    else if (next !== null) highlight(next);
    else return;
    event.preventDefault();
  });
  return box;
}
function drawGuides(svg, answer, range, width) {
  const yOf = (number3) => EDGE + getDepth(range, number3) * (HEIGHT - 2 * EDGE);
  svg.append(createShape("rect", { class: "ground", x: 0.5, y: 0.5, width: width - 1, height: HEIGHT - 1, rx: 4 }));
  if (typeof answer.median === "number") {
    const y = yOf(answer.median);
    svg.append(createShape("line", { class: "median", x1: 1, x2: width - 1, y1: y, y2: y }));
  }
  for (const limit of answer.limits) {
    const y = yOf(limit);
    svg.append(createShape("line", { class: "limit", x1: 1, x2: width - 1, y1: y, y2: y }));
    svg.append(createLabel(width - 4, y < 20 ? y + 11 : y - 3, `rule ${formatValue(limit)}`, { "text-anchor": "end", class: "limit-label" }));
  }
  svg.append(createLabel(4, 12, formatValue(range[1])), createLabel(4, HEIGHT - 4, formatValue(range[0])));
}
function joinOwn(values, points, current3, shares) {
  const own = points.map((point, at) => ({ point, share: shares[at] ?? 0, own: values[at]?.own })).filter((one) => one.own);
  if (current3 && own.length) own.push({ point: current3, share: shares[values.length] ?? 0, own: true });
  if (own.length < 2) return null;
  const sorted = own.toSorted((one, other) => one.share - other.share);
  return createShape("polyline", { class: "own-line", points: sorted.map(({ point }) => point.join(",")).join(" ") });
}
function createCurrent([x, y]) {
  return createShape("path", { class: "current", d: `M${x} ${y - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z` });
}
function labelBeyond(number3, [low, high], [x, y]) {
  if (number3 >= low && number3 <= high) return [];
  const isRight = x > 100;
  const text = `${formatValue(number3)} ${number3 > high ? "↑" : "↓"}`;
  const more = { class: "beyond", "text-anchor": isRight ? "end" : "start" };
  return [createLabel(isRight ? x - 10 : x + 10, y + (number3 > high ? 5 : 3), text, more)];
}
function describe2(value, link) {
  const own = value.own ? " · same subject" : "";
  const facts = createElement("span", "", `${formatValue(value.number)} · ${formatDay(value.time)}${own}`);
  return [createStatusBadge(value.status), facts, link];
}
function createLegend(answer) {
  const entries = [];
  if (answer.number !== null) entries.push(createKey("current", "this one"));
  for (const [status, count] of countStatuses(answer.values))
    entries.push(createKey(toStatusClass(status), `${count.toLocaleString("en")} ${status || "no status"}`, status));
  const own = answer.values.filter((value) => value.own).length;
  if (own && answer.subject) entries.push(createKey("own-line", `subject ${answer.subject} (${own.toLocaleString("en")} more)`));
  return entries;
}
function createKey(className, text, status = "") {
  const entry = createElement("span", "entry");
  const svg = createShape("svg", { width: 14, height: 12, viewBox: "0 0 14 12", "aria-hidden": "true" });
  if (className === "current") svg.append(createCurrent([7, 6]));
  else if (className === "own-line") svg.append(createShape("line", { class: className, x1: 0, x2: 14, y1: 6, y2: 6 }));
  else svg.append(createShape("path", { class: className, d: buildMarks(status, [[7, 6]], 3.2) }));
  entry.append(svg, createElement("span", "", text));
  return entry;
}
var HEIGHT, EDGE, REACH, SMALL, LARGE, toStatusClass;
var init_strip = __esm({
  "comparison/strip.js"() {
    init_elements();
    init_links();
    init_strip_arithmetic();
    HEIGHT = 96;
    EDGE = 9;
    REACH = 16;
    SMALL = 2.6;
    LARGE = 4;
    toStatusClass = (status) => `mark ${(status || "none").toLowerCase()}`;
  }
});

// figure/controls.js
function createButton(label, content, onClick) {
  const button = createElement("button", "tool");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label.replace(/ \([^)]*\)$/, ""));
  button.append(content);
  if (onClick) button.addEventListener("click", onClick);
  return button;
}
function createPanel(opener, content) {
  const closeFromOutside3 = (event) => {
    if (!event.composedPath().some((node) => node === content || node === opener)) toggle(false);
  };
  const toggle = (open2 = content.hidden) => {
    content.hidden = !open2;
    opener.setAttribute("aria-expanded", String(open2));
    document[open2 ? "addEventListener" : "removeEventListener"]("pointerdown", closeFromOutside3, true);
    const first = content.querySelector("input, button");
    if (open2) (first instanceof HTMLElement ? first : content).focus({ preventScroll: true });
  };
  content.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle(false);
    opener.focus();
  });
  opener.addEventListener("click", () => toggle());
  content.tabIndex = -1;
  toggle(false);
  return () => toggle();
}
var init_controls = __esm({
  "figure/controls.js"() {
    init_elements();
  }
});

// figure/format.js
function formatBytes(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step3 = bytes < 1e3 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1e3 ** step3).toLocaleString("en", { maximumFractionDigits: step3 ? 1 : 0 })} ${units[step3]}`;
}
var formatTime, formatPercent, getSuffix, isNumeric;
var init_format = __esm({
  "figure/format.js"() {
    formatTime = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;
    formatPercent = (percent) => `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
    getSuffix = (name) => name.includes(".") ? name.slice(name.lastIndexOf(".")) : "";
    isNumeric = (text) => text.trim() !== "" && Number.isFinite(Number(text));
  }
});

// figure/loading.js
function createProblem(reason, retry2, actions = []) {
  const problem = createElement("div", "message");
  problem.setAttribute("role", "alert");
  const again = createElement("button", "tool", "Try again");
  again.type = "button";
  again.addEventListener("click", retry2);
  const row = createElement("div", "row");
  row.append(again, ...actions);
  problem.append(createElement("strong", "", "This figure could not be shown."), createElement("p", "", reason), row);
  return problem;
}
function describeForeignFailure(address2) {
  const { href, origin, protocol } = new URL(address2, location.href);
  if (blocked.has(href) || blocked.has(origin))
    return `This page's policy does not let the browser load it: it is at an http address, or leads on to one: ${address2}`;
  if (location.protocol === "https:" && protocol === "http:")
    return `Browsers load no http pictures on a page at https, and by https that server did not deliver it: ${address2}`;
  return `The server it is on did not deliver it, or the browser cannot read it: ${address2}`;
}
async function findReason({ address: address2, name, kind }) {
  const unreadable = kind === "video" ? `This browser cannot play it: it has no decoder for such a ${getSuffix(name)} file, or the file is damaged.` : "The file is there, but the browser cannot read it: it may be damaged or not what its name says.";
  if (!address2.startsWith("/")) return { reason: describeForeignFailure(address2), isThere: false };
  try {
    const signal = AbortSignal.timeout(LOAD_TIMEOUT);
    const response = await fetch(address2, { headers: { Range: "bytes=0-0" }, signal });
    if (response.ok) return { reason: unreadable, isThere: true };
    const reason = (await response.text()).slice(0, LONGEST_REASON);
    return { reason, isThere: response.status === TOO_LARGE_TO_SHOW };
  } catch {
    return { reason: "The portal did not answer.", isThere: false };
  }
}
function createDownload({ address: address2, name }) {
  const anchor = createElement("a", "tool", "Download the file");
  return Object.assign(anchor, { href: address2, download: name, rel: "noopener noreferrer", target: "_blank" });
}
function waitForFile(stage, file, retry2, actions = []) {
  const note = createElement("div", "wait", "Loading …");
  const allActions = file.kind === "video" ? [createDownload(file), ...actions] : actions;
  let problem = null;
  const report = (reason) => {
    problem?.remove();
    note.remove();
    problem = createProblem(reason, retry2, allActions);
    stage.append(problem);
    return problem;
  };
  stage.append(note);
  const late = `${file.name} has not arrived after ${LOAD_TIMEOUT / 1e3} seconds. It is shown as soon as it does.`;
  const timer11 = setTimeout(() => report(late), LOAD_TIMEOUT);
  const stop = () => clearTimeout(timer11);
  return {
    stop,
    onLoaded() {
      stop();
      note.remove();
      problem?.remove();
    },
    async onFailed() {
      stop();
      const reported = report("Looking for the reason …");
      const { reason, isThere } = await findReason(file);
      getElement(reported, "p").textContent = (actions.length ? `${file.name}: ` : "") + reason;
      if (isThere && file.kind !== "video" && file.address.startsWith("/files/"))
        getElement(reported, ".row").append(createDownload({ ...file, address: `${file.address}?download` }));
    }
  };
}
var LOAD_TIMEOUT, TOO_LARGE_TO_SHOW, LONGEST_REASON, MAX_BLOCKED, blocked;
var init_loading = __esm({
  "figure/loading.js"() {
    init_elements();
    init_format();
    LOAD_TIMEOUT = 8e3;
    TOO_LARGE_TO_SHOW = 422;
    LONGEST_REASON = 500;
    MAX_BLOCKED = 1e3;
    blocked = /* @__PURE__ */ new Set();
    document.addEventListener("securitypolicyviolation", (event) => {
      if (["img-src", "media-src"].includes(event.effectiveDirective) && blocked.size < MAX_BLOCKED)
        blocked.add(event.blockedURI);
    });
  }
});

// figure/requests.js
async function request(address2, options) {
  try {
    const response = await fetch(address2, { signal: AbortSignal.timeout(REQUEST_TIMEOUT), ...options });
    if (response.ok || response.type === "opaqueredirect") return { response };
    const reason = (await response.text()).slice(0, LONGEST_REASON2);
    return { reason: reason || "The portal does not give this figure." };
  } catch {
    return { reason: "The portal did not answer." };
  }
}
async function requestForStage(stage, figure, retry2, address2) {
  const wait = waitForFile(stage, figure, retry2);
  const answer = await request(address2);
  wait.onLoaded();
  return answer;
}
var REQUEST_TIMEOUT, LONGEST_REASON2, showProblem;
var init_requests = __esm({
  "figure/requests.js"() {
    init_loading();
    REQUEST_TIMEOUT = 6e4;
    LONGEST_REASON2 = 500;
    showProblem = (stage, reason, retry2) => stage.replaceChildren(createProblem(reason, retry2));
  }
});

// comparison.js
var comparison_exports = {};
__export(comparison_exports, {
  default: () => showComparison
});
function describeScope({ scope, values }) {
  const times = values.flatMap(({ time }) => time ? [time] : []);
  const [first, last] = [times[0], times.at(-1)];
  return first && last ? `${scope}, ${formatDay(first)} to ${formatDay(last)}` : scope;
}
function showComparison({ data, parentElement }) {
  const root = getElement(parentElement, ".comparison");
  const view = views.get(root) ?? new ComparisonView(root, data);
  views.set(root, view);
  view.show(data);
  return () => view.stop();
}
var ASK_AGAIN, FOCUSABLE, getMetric, ComparisonView, views;
var init_comparison = __esm({
  "comparison.js"() {
    init_choice();
    init_strip();
    init_strip_arithmetic();
    init_controls();
    init_requests();
    init_elements();
    ASK_AGAIN = 700;
    FOCUSABLE = ["svg", "select"];
    getMetric = ({ address: address2 }) => address2.split("&number=")[0];
    ComparisonView = class {
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
        this.unobserve = () => {
        };
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
        const address2 = `${this.data.address}&most=${getMost()}`;
        if (address2 === this.address) return;
        this.address = address2;
        this.ask(address2);
      }
      /** @param {string} address */
      async ask(address2) {
        clearTimeout(this.timer);
        if (!this.answer) this.draw();
        const { response, reason } = await request(address2);
        const answer = response ? await response.json() : null;
        if (address2 !== this.address) return;
        this.problem = reason ?? answer?.error ?? null;
        this.answer = answer;
        this.draw();
        if (answer?.reading) this.timer = window.setTimeout(() => this.ask(address2), ASK_AGAIN);
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
        const select2 = createElement("select", "tool");
        select2.setAttribute("aria-label", "How many values are compared");
        for (const count of COUNTS) {
          const option = createElement("option", "", `last ${count.toLocaleString("en")}`);
          option.value = String(count);
          option.selected = count === getMost();
          select2.append(option);
        }
        select2.addEventListener("change", () => setMost(Number(select2.value)));
        foot.append(select2);
        return foot;
      }
    };
    views = /* @__PURE__ */ new WeakMap();
  }
});

// shared/drawings.js
function replaceObservers(root, observe) {
  endObservers(root);
  endings2.set(root, observe());
  return () => endObservers(root);
}
function endObservers(root) {
  for (const end of endings2.get(root) ?? []) end();
  endings2.delete(root);
}
function observeSize(observer) {
  window.addEventListener("resize", observer);
  return () => window.removeEventListener("resize", observer);
}
var endings2;
var init_drawings = __esm({
  "shared/drawings.js"() {
    endings2 = /* @__PURE__ */ new WeakMap();
  }
});

// comparison_switch.js
var comparison_switch_exports = {};
__export(comparison_switch_exports, {
  default: () => showSwitch
});
function showSwitch({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".switch");
  const button = createElement("button", "compare", "Compare with project");
  button.type = "button";
  button.title = "Show under each number where it lies among the project's values of the same metric";
  const update2 = () => button.setAttribute("aria-pressed", String(isComparing()));
  button.addEventListener("click", () => {
    setComparing(!isComparing());
    setTriggerValue("switched", isComparing());
  });
  update2();
  const hadFocus = root.contains(parentElement.activeElement);
  root.replaceChildren(button);
  if (hadFocus) button.focus({ preventScroll: true });
  if (data.on !== isComparing()) setTriggerValue("switched", isComparing());
  return replaceObservers(root, () => [observeChoice(update2)]);
}
var init_comparison_switch = __esm({
  "comparison_switch.js"() {
    init_choice();
    init_drawings();
    init_elements();
  }
});

// dialog_focus.js
var dialog_focus_exports = {};
__export(dialog_focus_exports, {
  default: () => focusDialog
});
function focusDialog({ data, parentElement }) {
  const { host } = parentElement;
  if (outcomes.get(host) === data.outcome) return;
  outcomes.set(host, data.outcome);
  const dialog3 = host.closest('[role="dialog"]');
  if (!(dialog3 instanceof HTMLElement)) return;
  const findButton = () => dialog3.querySelector('[data-testid="stBaseButton-primary"]:not(:disabled)');
  waitAtRest(() => !dialog3.isConnected || findButton(), LONGEST_WAIT6).then((button) => {
    if (dialog3.isConnected) (button instanceof HTMLElement ? button : dialog3).focus();
  });
}
var LONGEST_WAIT6, outcomes;
var init_dialog_focus = __esm({
  "dialog_focus.js"() {
    init_script();
    LONGEST_WAIT6 = 2e3;
    outcomes = /* @__PURE__ */ new WeakMap();
  }
});

// figure/streamlit_element.js
function getContainer(host) {
  const container = host.closest('[data-testid="stElementContainer"]');
  return container instanceof HTMLElement ? container : null;
}
var markFailed, markSwitched;
var init_streamlit_element = __esm({
  "figure/streamlit_element.js"() {
    markFailed = (container, failed3) => container?.toggleAttribute("data-qc-failed", failed3);
    markSwitched = (container, switched) => container?.toggleAttribute("data-qc-switched", switched);
  }
});

// figure/chart.js
function guardTooltips() {
  const tooltip = document.getElementById(TOOLTIP_ID) ?? document.body.appendChild(createElement("div", "vg-tooltip"));
  if (Object.hasOwn(tooltip, "innerHTML")) return;
  tooltip.id = TOOLTIP_ID;
  Object.defineProperty(tooltip, "innerHTML", {
    configurable: true,
    set(markup) {
      const parsed = new DOMParser().parseFromString(markup, "text/html");
      for (const node of parsed.body.querySelectorAll("*")) if (!TOOLTIP_TAGS.has(node.tagName)) node.remove();
      tooltip.replaceChildren(...parsed.body.childNodes);
    }
  });
}
function drawChart(stage, figure, shell) {
  guardTooltips();
  const container = getContainer(shell.host);
  const begun = performance.now();
  const missing = new Set(figure.data);
  const late = `${figure.name} has not been drawn with its data after ${LOAD_TIMEOUT / 1e3} seconds. It is as soon as they come.`;
  function report(reason) {
    stage.dataset.kind = "text";
    stage.replaceChildren(createProblem(reason, () => window.location.reload()));
  }
  const timer11 = setInterval(() => {
    if (!missing.size && container?.nextElementSibling?.querySelector(".vega-embed .marks")) {
      clearInterval(timer11);
      stage.dataset.kind = "";
      stage.replaceChildren();
    } else if (performance.now() - begun > LOAD_TIMEOUT && !stage.firstChild) report(late);
  }, CHECK_INTERVAL5);
  async function check(address2) {
    const { reason } = await request(address2, { method: "HEAD" });
    missing.delete(address2);
    if (!reason || !stage.isConnected) return;
    const full = (await request(address2)).reason;
    clearInterval(timer11);
    markFailed(container, true);
    report(full ?? reason);
  }
  markFailed(container, false);
  for (const address2 of figure.data) check(address2);
  return () => {
    clearInterval(timer11);
    markFailed(container, false);
  };
}
var CHECK_INTERVAL5, TOOLTIP_ID, TOOLTIP_TAGS;
var init_chart = __esm({
  "figure/chart.js"() {
    init_elements();
    init_loading();
    init_requests();
    init_streamlit_element();
    CHECK_INTERVAL5 = 250;
    TOOLTIP_ID = "vg-tooltip-element";
    TOOLTIP_TAGS = /* @__PURE__ */ new Set(["H2", "TABLE", "TBODY", "TR", "TD"]);
  }
});

// figure/array_field.js
function createArrayField(arrays, shown, onChange) {
  const label = createElement("label", "array", "Array");
  const field = createElement("select", "tool");
  for (const [name, description] of arrays)
    field.append(Object.assign(createElement("option", "", description), { value: name, selected: name === shown }));
  field.addEventListener("change", () => onChange(field.value));
  label.append(field);
  return label;
}
var init_array_field = __esm({
  "figure/array_field.js"() {
    init_elements();
  }
});

// figure/pages_arithmetic.js
function clampPages({ page, window: window2 }, pages) {
  const first = Math.min(Math.max(Math.round(page) || 1, 1), Math.max(pages, 1));
  return { page: first, window: WINDOWS.includes(window2) ? window2 : 1 };
}
var WINDOWS, buildPageQuery;
var init_pages_arithmetic = __esm({
  "figure/pages_arithmetic.js"() {
    WINDOWS = [1, 3, 5, 10, 20, 50];
    buildPageQuery = ({ page, window: window2 }) => page === 1 && window2 === 1 ? "" : `&page=${page}&window=${window2}`;
  }
});

// figure/page_fields.js
function createPageFields(pages, shown, onChange) {
  const element = createElement("div", "stretch pages");
  const slider = Object.assign(createElement("input"), { type: "range", min: "1", max: String(pages), step: "1" });
  const number3 = Object.assign(createElement("input"), { type: "number", min: "1", max: String(pages), step: "1" });
  const maximum = createElement("select", "tool");
  slider.setAttribute("aria-label", "Page");
  maximum.setAttribute("aria-label", "Maximum of");
  for (const window2 of WINDOWS.filter((one) => one === 1 || one < pages)) {
    const text = window2 === 1 ? "one page" : `maximum of ${window2} pages`;
    maximum.append(Object.assign(createElement("option", "", text), { value: String(window2) }));
  }
  const label = createElement("label", "", "Page");
  label.append(number3, createElement("span", "", `of ${pages.toLocaleString("en")}`));
  element.append(slider, label, maximum);
  let current3 = clampPages(shown, pages);
  let timer11 = 0;
  const show = () => {
    slider.value = number3.value = String(current3.page);
    maximum.value = String(current3.window);
  };
  function change(wanted3, delay = 0) {
    const next = clampPages(wanted3, pages);
    if (next.page === current3.page && next.window === current3.window) return show();
    current3 = next;
    show();
    clearTimeout(timer11);
    timer11 = window.setTimeout(() => onChange(current3), delay);
  }
  slider.addEventListener("input", () => change({ ...current3, page: Number(slider.value) }, DRAG_DELAY));
  number3.addEventListener("change", () => change({ ...current3, page: Number(number3.value) }));
  maximum.addEventListener("change", () => change({ ...current3, window: Number(maximum.value) }));
  show();
  return { element, step: (by) => change({ ...current3, page: current3.page + by }, DRAG_DELAY) };
}
var DRAG_DELAY;
var init_page_fields = __esm({
  "figure/page_fields.js"() {
    init_elements();
    init_pages_arithmetic();
    DRAG_DELAY = 120;
  }
});

// figure/percentiles.js
function keepChosenPercentiles(address2, percentiles) {
  if (percentiles) chosen.set(address2, percentiles);
  else chosen.delete(address2);
}
function describePages({ pages, first, window: width }) {
  if (pages <= 1) return "";
  if (first === void 0 || width === void 0) return `page 1 of ${pages}, the others are not shown`;
  if (width === 1) return `page ${first + 1} of ${pages}`;
  return `maximum of the pages ${first + 1} to ${first + width} of ${pages}`;
}
function describeConversion(facts, isBrief = false) {
  const format2 = (value) => value?.toLocaleString("en", { maximumSignificantDigits: 5 });
  const [bottom, top] = [format2(facts.bottom), format2(facts.top)];
  const parts = [`${facts.width.toLocaleString("en")} × ${facts.height.toLocaleString("en")}`];
  if (facts.stretched && isBrief) parts.unshift(`${facts.bits}, black at ${bottom}, white at ${top}`);
  else if (facts.stretched) {
    parts.unshift(`${facts.bits} greyscale`);
    parts.push(`stretched: black at ${bottom} (${facts.low} %), white at ${top} (${facts.high} %)`);
  } else parts.push("brightness as stored");
  const pages = describePages(facts);
  if (pages) parts.push(pages);
  if (facts.array) parts.push(facts.array);
  if (facts.factor > 1) parts.push(`shown at 1/${facts.factor} of its size`);
  if (facts.odd) parts.push(`${facts.odd.toLocaleString("en")} pixels are not a number, shown black`);
  return parts.join(" · ");
}
var chosen, findChosenPercentiles, hasChosenPercentiles, getPercentiles, choosePercentiles, buildPercentileQuery, arePercentiles;
var init_percentiles = __esm({
  "figure/percentiles.js"() {
    chosen = /* @__PURE__ */ new Map();
    findChosenPercentiles = (address2) => chosen.get(address2) ?? null;
    hasChosenPercentiles = (file) => chosen.has(file.address);
    getPercentiles = (file) => chosen.get(file.address) ?? { low: file.low ?? 0, high: file.high ?? 100 };
    choosePercentiles = (file, percentiles) => keepChosenPercentiles(file.address, percentiles.low === file.low && percentiles.high === file.high ? null : percentiles);
    buildPercentileQuery = ({ low, high }) => `?low=${low}&high=${high}`;
    arePercentiles = ({ low, high }) => low >= 0 && high <= 100 && low < high;
  }
});

// figure/percentile_fields.js
function showPercentileFields(bar2, file, facts, onChange) {
  if (facts.stretched && !bar2.querySelector("input")) bar2.append(...createFields(file, onChange));
  const [low, high] = bar2.querySelectorAll("input");
  if (low && high) [low.value, high.value] = [String(facts.low), String(facts.high)];
}
function createFields(file, onChange) {
  const current3 = getPercentiles(file);
  const create = (value) => Object.assign(createElement("input"), { type: "number", min: "0", max: "100", step: "0.1", value: String(value) });
  const [low, high] = [create(current3.low), create(current3.high)];
  const apply = () => {
    const next = { low: Number(low.value), high: Number(high.value) };
    const fits = low.value !== "" && high.value !== "" && arePercentiles(next);
    for (const field of [low, high])
      field.setCustomValidity(fits ? "" : "From 0 to 100, the first below the second");
    if (!fits) {
      high.reportValidity();
      return;
    }
    choosePercentiles(file, next);
    onChange(next);
  };
  const label = (text, field) => {
    const element = createElement("label", "", text);
    field.addEventListener("change", apply);
    element.append(field);
    return element;
  };
  return [label("black below %", low), label("white above %", high)];
}
var init_percentile_fields = __esm({
  "figure/percentile_fields.js"() {
    init_elements();
    init_percentiles();
  }
});

// figure/zoom_arithmetic.js
function isView(value) {
  if (typeof value !== "object" || value === null || typeof /** @type {View} */
  value.fit !== "boolean") return false;
  const numbers = (
    /** @type {const} */
    ["scale", "x", "y", "brightness", "contrast", "at"]
  );
  return numbers.every((name) => Number.isFinite(
    /** @type {View} */
    value[name]
  ));
}
function chooseView(own, before) {
  const [mine, other] = [own ?? WHOLE_VIEW, before ?? WHOLE_VIEW];
  return { ...other.at > mine.at ? other : mine };
}
function placePicture(view, [wide, high], [width, height]) {
  const fitting = Math.min(wide / width, high / height);
  const scale = view.fit ? fitting : view.scale;
  const start = (room, length, centre) => {
    const drawn5 = length * scale;
    return drawn5 <= room ? (room - drawn5) / 2 : clamp(room / 2 - centre * drawn5, room - drawn5, 0);
  };
  return { scale, fitting, wide, high, left: start(wide, width, view.x), top: start(high, height, view.y) };
}
function canZoom({ scale, fitting }, factor, pixelRatio) {
  const [least, most] = getScaleLimits(fitting, pixelRatio);
  return factor < 1 ? scale > least * 1.001 : scale < most * 0.999;
}
function zoomView(view, placement, picture, wanted3, [x, y], pixelRatio) {
  const { fitting, wide, high } = placement;
  const clamped = clamp(wanted3, ...getScaleLimits(fitting, pixelRatio));
  const passesFit = (placement.scale - fitting) * (clamped - fitting) < 0 && !view.fit;
  const fit = passesFit || Math.abs(clamped / fitting - 1) < FIT_TOLERANCE;
  const scale = fit ? fitting : clamped;
  const left2 = x - (x - placement.left) / placement.scale * scale;
  const top = y - (y - placement.top) / placement.scale * scale;
  return { ...view, fit, scale, ...findMiddle([wide, high], picture, scale, left2, top) };
}
function buildFilter(view) {
  const strength = (step3) => 2 ** (step3 / 50);
  if (isNeutral(view)) return "";
  return `brightness(${strength(view.brightness)}) contrast(${strength(view.contrast)})`;
}
function getWheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const unit = ctrlKey ? 0.01 : deltaMode ? 0.05 : 18e-4;
  return Math.exp(-clamp(deltaY, -400, 400) * unit);
}
function resolvePinch(from, to, other) {
  const distance = ([x, y]) => Math.max(10, Math.hypot(x - other[0], y - other[1]));
  return {
    factor: distance(to) / distance(from),
    x: (to[0] + other[0]) / 2,
    y: (to[1] + other[1]) / 2,
    moveX: (to[0] - from[0]) / 2,
    moveY: (to[1] - from[1]) / 2
  };
}
var WHOLE_VIEW, ZOOM_STEP, LARGEST_SCALE, FIT_TOLERANCE, clamp, getScaleLimits, findMiddle, isNeutral;
var init_zoom_arithmetic = __esm({
  "figure/zoom_arithmetic.js"() {
    WHOLE_VIEW = { fit: true, scale: 1, x: 0.5, y: 0.5, brightness: 0, contrast: 0, at: 0 };
    ZOOM_STEP = 1.25;
    LARGEST_SCALE = 32;
    FIT_TOLERANCE = 5e-3;
    clamp = (value, least, most) => Math.min(most, Math.max(least, value));
    getScaleLimits = (fitting, pixelRatio) => [
      Math.min(fitting, 1 / pixelRatio),
      Math.max(LARGEST_SCALE / pixelRatio, fitting)
    ];
    findMiddle = ([wide, high], [width, height], scale, left2, top) => ({
      x: (wide / 2 - left2) / (width * scale),
      y: (high / 2 - top) / (height * scale)
    });
    isNeutral = ({ brightness, contrast }) => brightness === 0 && contrast === 0;
  }
});

// figure/zoom_controls.js
function addZoomControls(controls, zoom, percent) {
  const group = createElement("span", "group");
  group.append(
    createButton("Zoom out (−)", "−", () => zoom.zoomBy(1 / ZOOM_STEP)),
    percent,
    createButton("Zoom in (+)", "+", () => zoom.zoomBy(ZOOM_STEP))
  );
  const opener = createButton("Brightness and contrast (A)", "Adjust");
  const panel = createAdjustPanel(zoom, () => opener.classList.toggle("on", !isNeutral(zoom.view)));
  controls.append(
    group,
    createButton("Fit (0)", "Fit", () => zoom.fit()),
    createButton("Actual pixels (1)", "1:1", () => zoom.showActualPixels()),
    opener,
    panel
  );
  return createPanel(opener, panel);
}
function createAdjustPanel(zoom, onChange) {
  const panel = createElement("div", "panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Brightness and contrast");
  const createSlider = (label, value) => {
    const row = createElement("label", "", label);
    const slider = createElement("input");
    Object.assign(slider, { type: "range", min: -100, max: 100, step: 2, value });
    row.append(slider);
    panel.append(row);
    return slider;
  };
  const brightness = createSlider("Brightness", zoom.view.brightness);
  const contrast = createSlider("Contrast", zoom.view.contrast);
  const apply = () => {
    zoom.adjust(Number(brightness.value), Number(contrast.value));
    onChange();
  };
  for (const slider of [brightness, contrast]) slider.addEventListener("input", apply);
  const reset = () => {
    for (const slider of [brightness, contrast]) slider.value = "0";
    apply();
  };
  panel.append(createButton("Reset", "Reset", reset));
  onChange();
  return panel;
}
function answerZoomKey(zoom, toggleAdjust, key) {
  switch (findCommand(ZOOM_COMMANDS, key)) {
    case "zoomIn":
      zoom.zoomBy(ZOOM_STEP);
      return true;
    case "zoomOut":
      zoom.zoomBy(1 / ZOOM_STEP);
      return true;
    case "fit":
      zoom.fit();
      return true;
    case "showActualPixels":
      zoom.showActualPixels();
      return true;
    case "openAdjust":
      toggleAdjust();
      return true;
    case "panLeft":
      return zoom.panBy(-PAN_STEP, 0);
    case "panRight":
      return zoom.panBy(PAN_STEP, 0);
    case "panUp":
      return zoom.panBy(0, -PAN_STEP);
    case "panDown":
      return zoom.panBy(0, PAN_STEP);
    default:
      return false;
  }
}
var PAN_STEP;
var init_zoom_controls = __esm({
  "figure/zoom_controls.js"() {
    init_elements();
    init_controls();
    init_keys();
    init_zoom_arithmetic();
    PAN_STEP = 60;
  }
});

// figure/zoom_gestures.js
function listenForGestures(pane, zoom) {
  const pointers = /* @__PURE__ */ new Map();
  const getPoint = (event) => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  pane.addEventListener(
    "wheel",
    (event) => {
      const factor = getWheelFactor(event);
      if (event.ctrlKey || zoom.canZoom(factor)) event.preventDefault();
      if (zoom.canZoom(factor)) zoom.zoomBy(factor, ...getPoint(event));
    },
    { passive: false }
  );
  pane.addEventListener("pointerdown", (event) => {
    const [target] = event.composedPath();
    if (event.button !== 0 || target instanceof Element && target.closest(".divider")) return;
    pointers.set(event.pointerId, getPoint(event));
    pane.setPointerCapture(event.pointerId);
  });
  pane.addEventListener("pointermove", (event) => {
    const from = pointers.get(event.pointerId);
    if (!from) return;
    const to = getPoint(event);
    pointers.set(event.pointerId, to);
    const [other] = [...pointers].flatMap(([id, point]) => id === event.pointerId ? [] : [point]);
    if (pointers.size === 1) {
      zoom.panBy(to[0] - from[0], to[1] - from[1]);
    } else if (pointers.size === 2 && other) {
      const { factor, x, y, moveX, moveY } = resolvePinch(from, to, other);
      zoom.zoomBy(factor, x, y);
      zoom.panBy(moveX, moveY);
    }
  });
  const release2 = (event) => pointers.delete(event.pointerId);
  pane.addEventListener("pointerup", release2);
  pane.addEventListener("pointercancel", release2);
  pane.addEventListener("lostpointercapture", release2);
  pane.addEventListener(
    "dblclick",
    (event) => zoom.view.fit ? zoom.showActualPixels(...getPoint(event)) : zoom.fit()
  );
}
var init_zoom_gestures = __esm({
  "figure/zoom_gestures.js"() {
    init_zoom_arithmetic();
  }
});

// figure/zoom.js
function createZoom({ panes, contents, width, height, name, plot, onRender }) {
  const size2 = `${width}×${height}`;
  const [pane] = panes;
  if (!pane) throw new Error("A zoom needs a pane.");
  const picture = [width, height];
  const own = recall(name);
  const before = plot && lastView?.plot === plot && lastView.size === size2 ? lastView.view : null;
  const view = chooseView(isView(own) ? own : null, before);
  let placement = placePicture(view, [width, height], picture);
  function keep(isChosen = true) {
    if (isChosen) view.at = Date.now();
    lastView = { plot, size: size2, view: { ...view } };
    remember(name, { ...view });
  }
  function render() {
    if (!pane?.clientWidth || !pane.clientHeight) return;
    placement = placePicture(view, [pane.clientWidth, pane.clientHeight], picture);
    const { scale, left: left2, top } = placement;
    const screenScale = scale * window.devicePixelRatio;
    for (const content of contents) {
      content.style.width = `${width}px`;
      content.style.height = `${height}px`;
      content.style.transform = `translate(${left2}px, ${top}px) scale(${scale})`;
      content.style.filter = buildFilter(view);
      content.classList.toggle("magnified", screenScale > 1);
    }
    for (const one of panes) one.classList.toggle("zoomed", !view.fit);
    const drawn5 = { width: width * scale, height: height * scale };
    onRender({ ...placement, ...drawn5, percent: screenScale * 100, fit: view.fit, neutral: isNeutral(view) });
  }
  const setMiddle = ({ wide, high, scale, left: left2, top }) => Object.assign(view, findMiddle([wide, high], picture, scale, left2, top));
  function settle() {
    keep();
    render();
    setMiddle(placement);
    keep(false);
  }
  function change(changes) {
    Object.assign(view, changes);
    keep();
    render();
  }
  function zoomTo(scale, x = placement.wide / 2, y = placement.high / 2) {
    Object.assign(view, zoomView(view, placement, picture, scale, [x, y], window.devicePixelRatio));
    settle();
  }
  const watch2 = new ResizeObserver(render);
  const zoom = {
    view,
    render,
    placement: () => placement,
    panBy(x, y) {
      if (view.fit) return false;
      setMiddle({ ...placement, left: placement.left + x, top: placement.top + y });
      settle();
      return true;
    },
    zoomBy: (factor, x, y) => zoomTo(placement.scale * factor, x, y),
    canZoom: (factor) => canZoom(placement, factor, window.devicePixelRatio),
    fit: () => change({ fit: true, x: 0.5, y: 0.5 }),
    showActualPixels: (x, y) => zoomTo(1 / window.devicePixelRatio, x, y),
    adjust: (brightness, contrast) => change({ brightness, contrast }),
    stop: () => watch2.disconnect()
  };
  for (const one of panes) listenForGestures(one, zoom);
  watch2.observe(pane);
  keep(false);
  render();
  return zoom;
}
var lastView;
var init_zoom = __esm({
  "figure/zoom.js"() {
    init_memory();
    init_zoom_arithmetic();
    init_zoom_gestures();
    lastView = null;
  }
});

// figure/picture.js
function createPicture(file) {
  const image = createElement("img");
  return Object.assign(image, { alt: file.name, decoding: "async", draggable: false });
}
function getNaturalSize(drawn5) {
  const isVideo = drawn5 instanceof HTMLVideoElement;
  const [width, height] = isVideo ? [drawn5.videoWidth, drawn5.videoHeight] : [drawn5.naturalWidth, drawn5.naturalHeight];
  return [width || 300, height || 150];
}
function drawPicture(stage, figure, shell) {
  const pane = createElement("div", "pane");
  pane.tabIndex = 0;
  pane.setAttribute("role", "group");
  pane.setAttribute("aria-label", "Picture, to zoom and move");
  const image = createPicture(figure);
  image.classList.add("zoomable");
  pane.append(image);
  stage.append(pane);
  const wait = waitForFile(stage, figure, shell.retry);
  let zoom = null;
  image.addEventListener("error", () => {
    pane.remove();
    wait.onFailed();
  });
  image.addEventListener("load", () => {
    wait.onLoaded();
    if (zoom) return;
    const percent = createElement("output", "percent");
    const [width, height] = getNaturalSize(image);
    const created = createZoom({
      panes: [pane],
      contents: [image],
      width,
      height,
      name: figure.address,
      plot: shell.plot,
      onRender(drawn5) {
        percent.textContent = formatPercent(drawn5.percent);
      }
    });
    zoom = created;
    const toggleAdjust = addZoomControls(shell.controls, created, percent);
    shell.setKeys(ZOOM_ROWS, (key) => answerZoomKey(created, toggleAdjust, key));
  });
  image.src = figure.address;
  return () => {
    wait.stop();
    zoom?.stop();
    image.removeAttribute("src");
  };
}
var init_picture = __esm({
  "figure/picture.js"() {
    init_elements();
    init_format();
    init_keys();
    init_loading();
    init_zoom_controls();
    init_zoom();
  }
});

// figure/stack_address.js
function readStack(search2) {
  const parameters = new URLSearchParams(search2);
  if (!KEYS.some((key) => parameters.has(key))) return null;
  const [page, window2] = [Number(parameters.get("page")) || 1, Number(parameters.get("window")) || 1];
  const percentiles = readPercentiles(parameters);
  return { array: parameters.get("array") ?? "", page, window: window2, percentiles };
}
function readPercentiles(parameters) {
  const [low, high] = [parameters.get("low"), parameters.get("high")];
  if (!low || !high) return null;
  const percentiles = { low: Number(low), high: Number(high) };
  return arePercentiles(percentiles) ? percentiles : null;
}
function setStack(search2, { group, metric }, view) {
  const parameters = new URLSearchParams(search2);
  if (group && !parameters.has("group")) parameters.set("group", group);
  if (metric && !parameters.has("metric")) parameters.set("metric", metric);
  for (const key of KEYS) parameters.delete(key);
  if (view.array) parameters.set("array", view.array);
  if (view.page !== 1) parameters.set("page", String(view.page));
  if (view.window !== 1) parameters.set("window", String(view.window));
  if (view.percentiles) {
    parameters.set("low", String(view.percentiles.low));
    parameters.set("high", String(view.percentiles.high));
  }
  return `?${parameters}`;
}
function getStackAddress(figure) {
  if (figure?.kind === "converted") return figure.address;
  return figure?.kind === "data" ? figure.sliced?.address ?? "" : "";
}
function recallStack(address2) {
  const percentiles = findChosenPercentiles(address2);
  const remembered2 = recall(`stack ${address2}`);
  if (typeof remembered2 !== "object" || remembered2 === null) return { ...USUAL, percentiles };
  const { array, page, window: window2 } = { ...USUAL, ...remembered2 };
  const name = typeof array === "string" ? array : "";
  return { array: name, page: Number(page) || 1, window: Number(window2) || 1, percentiles };
}
function rememberStack(address2, { percentiles, ...pages }) {
  remember(`stack ${address2}`, pages);
  keepChosenPercentiles(address2, percentiles);
}
var KEYS, USUAL, isSameStack, isUsualStack;
var init_stack_address = __esm({
  "figure/stack_address.js"() {
    init_memory();
    init_percentiles();
    KEYS = ["array", "page", "window", "low", "high"];
    USUAL = { array: "", page: 1, window: 1, percentiles: null };
    isSameStack = (one, other) => one.array === other.array && one.page === other.page && one.window === other.window && one.percentiles?.low === other.percentiles?.low && one.percentiles?.high === other.percentiles?.high;
    isUsualStack = (view) => isSameStack(view, USUAL);
  }
});

// figure/converted.js
function drawConverted(stage, figure, shell) {
  const box = createElement("div", "converted");
  const bar2 = createElement("div", "stretch");
  const facts = createElement("span", "facts", "Converting…");
  facts.setAttribute("role", "status");
  const inner = createElement("div", "stage");
  box.append(bar2, inner);
  bar2.append(facts);
  stage.replaceChildren(box);
  let percentiles = getPercentiles(figure);
  const recalled = recallStack(figure.address);
  let { array } = recalled;
  let pages = { page: recalled.page, window: recalled.window };
  let arrayField = null;
  let fields = null;
  let cleanup;
  const keep = () => shell.keepStack({ array, ...pages, percentiles: findChosenPercentiles(figure.address) });
  async function draw4() {
    const [wanted3, wantedPages, wantedArray] = [percentiles, pages, array];
    const query = buildPercentileQuery(wanted3) + buildPageQuery(wantedPages) + buildArrayQuery(wantedArray);
    const { response, reason } = await requestForStage(inner, figure, draw4, `${figure.address}${query}&facts`);
    if (wanted3 !== percentiles || wantedPages !== pages || wantedArray !== array || !box.isConnected) return;
    cleanup?.();
    cleanup = void 0;
    if (!response) {
      facts.textContent = "Not converted.";
      showProblem(inner, reason, draw4);
      return;
    }
    const done = await response.json();
    facts.textContent = describeConversion(done);
    showPercentileFields(bar2, figure, done, (next) => {
      percentiles = next;
      keep();
      draw4();
    });
    if (!arrayField && done.arrays) {
      arrayField = createArrayField(done.arrays, done.array, chooseArray);
      bar2.append(arrayField);
    }
    if (!fields && done.pages > 1 && done.first !== void 0) {
      fields = createPageFields(done.pages, pages, (next) => {
        pages = next;
        keep();
        draw4();
      });
      bar2.after(fields.element);
      addPageKeys([], () => false);
    }
    inner.replaceChildren();
    shell.controls.replaceChildren();
    const file = { kind: (
      /** @type {const} */
      "picture"
    ), address: figure.address + query, name: figure.name };
    cleanup = drawPicture(inner, file, { ...shell, retry: draw4, setKeys: addPageKeys });
  }
  function chooseArray(name) {
    array = name;
    pages = { page: 1, window: 1 };
    keep();
    fields?.element.remove();
    fields = null;
    draw4();
  }
  function addPageKeys(rows, handle) {
    if (!fields) return shell.setKeys(rows, handle);
    shell.setKeys([...rows, ...STACK_ROWS], (key, shift) => {
      const command = findCommand(STACK_COMMANDS, key);
      if (!command) return handle(key, shift);
      fields?.step(command === "nextPage" ? 1 : -1);
      return true;
    });
  }
  draw4();
  return () => cleanup?.();
}
var buildArrayQuery;
var init_converted = __esm({
  "figure/converted.js"() {
    init_elements();
    init_array_field();
    init_keys();
    init_page_fields();
    init_pages_arithmetic();
    init_percentile_fields();
    init_percentiles();
    init_picture();
    init_requests();
    init_stack_address();
    buildArrayQuery = (array) => array ? `&array=${encodeURIComponent(array)}` : "";
  }
});

// figure/text_links.js
function createCopyButton(label, text) {
  const button = createElement("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    button.textContent = await copy(text, button) ? "Copied" : "Copy it by hand: Ctrl+C";
    setTimeout(() => {
      button.textContent = label;
    }, CONFIRMATION_TIME);
  });
  return button;
}
async function copy(text, sibling) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = createElement("textarea", "unseen");
    field.value = text;
    sibling.after(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}
function createTabLink(address2, text) {
  const anchor = createElement("a", "", text);
  return Object.assign(anchor, { href: address2, target: "_blank", rel: "noopener noreferrer" });
}
function createExternalLink(address2) {
  try {
    return createTabLink(address2, `Opens ${new URL(address2, location.href).host} in a new tab ↗`);
  } catch {
    return createElement("span", "", address2);
  }
}
var CONFIRMATION_TIME;
var init_text_links = __esm({
  "figure/text_links.js"() {
    init_elements();
    CONFIRMATION_TIME = 2500;
  }
});

// figure/data_file.js
function drawDataFile(stage, figure, shell) {
  const message = createElement("div", "message");
  const size2 = createElement("span", "size");
  const title = createElement("strong", "", `${figure.format}: ${figure.name}`);
  message.append(title, size2, createElement("p", "", NOT_DRAWN));
  const text = createElement("pre", "", figure.text);
  text.tabIndex = 0;
  const row = createElement("div", "row");
  row.append(createCopyButton("Copy the path", figure.text));
  if (figure.address) {
    const { href } = new URL(figure.address, location.href);
    const isOurs = figure.address.startsWith("/");
    row.append(createCopyButton("Copy a link", href));
    row.append(isOurs ? createTabLink(figure.address, "Download") : createExternalLink(href));
  }
  message.append(text, row);
  stage.replaceChildren(message);
  if (figure.measured) showSize(figure.measured, size2);
  let cleanup;
  let ended = false;
  if (figure.sliced) showSlices(figure.sliced);
  return () => {
    ended = true;
    cleanup?.();
  };
  async function showSlices(sliced) {
    const looking = createElement("p", "", "Looking for an array that can be shown…");
    looking.setAttribute("role", "status");
    size2.after(looking);
    const { response, reason } = await request(`${sliced.address}?facts&quiet`);
    const problem = response ? (await response.json()).problem : reason;
    if (ended || !message.isConnected) return;
    if (problem) {
      looking.textContent = problem;
      return;
    }
    const original = figure.address ?? sliced.address;
    cleanup = drawConverted(stage, { kind: "converted", ...sliced, original, name: figure.name }, shell);
  }
}
async function showSize(address2, size2) {
  const { response } = await request(`${address2}?size`);
  if (!response) {
    size2.textContent = " It is missing, or cannot be reached.";
    return;
  }
  const { bytes, whole } = await response.json();
  if (Number.isFinite(bytes)) size2.textContent = `${whole ? "" : " at least"} ${formatBytes(bytes)}`;
}
var NOT_DRAWN;
var init_data_file = __esm({
  "figure/data_file.js"() {
    init_elements();
    init_converted();
    init_format();
    init_requests();
    init_text_links();
    NOT_DRAWN = "This holds data, which the portal does not draw. Open it in a notebook or a viewer made for it.";
  }
});

// figure/excerpt.js
function drawExcerpt(stage, figure, shell) {
  const region2 = createElement("div", "excerpt");
  region2.tabIndex = 0;
  region2.setAttribute("role", "region");
  region2.setAttribute("aria-label", figure.name);
  stage.append(region2);
  fill(region2, stage, figure, shell);
}
async function fill(region2, stage, figure, shell) {
  const { response, reason } = await requestForStage(stage, figure, shell.retry, figure.address);
  if (!region2.isConnected) return;
  if (!response) {
    region2.replaceWith(createProblem(reason, shell.retry));
    return;
  }
  const excerpt = await response.json();
  if (excerpt.limit) {
    const limit = createElement("p", "note", `${excerpt.limit} `);
    limit.append(createTabLink(figure.original, "Open the whole file"));
    region2.append(limit);
  }
  const [head, ...rows] = excerpt.rows;
  const text = () => createElement("pre", "", excerpt.text || "This file is empty.");
  region2.append(head ? createTable2(head, rows) : text());
}
function createTable2(head, rows) {
  const line = createElement("tr");
  line.append(...head.map((name) => createElement("th", "", name)));
  const top = createElement("thead");
  top.append(line);
  const body = createElement("tbody");
  for (const row of rows) {
    const cells = row.map((cell) => createElement("td", isNumeric(cell) ? "number" : "", cell));
    const element = createElement("tr");
    element.append(...cells);
    body.append(element);
  }
  const table = createElement("table");
  table.append(top, body);
  return table;
}
var init_excerpt = __esm({
  "figure/excerpt.js"() {
    init_elements();
    init_format();
    init_loading();
    init_requests();
    init_text_links();
  }
});

// figure/curation_bar.js
function createAction(label, onClick) {
  const button = createElement("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}
function createSelect(label, options) {
  const select2 = createElement("select", "tool");
  select2.setAttribute("aria-label", label);
  for (const { value, text } of options) select2.append(Object.assign(createElement("option", "", text), { value }));
  return select2;
}
var describeChoices, CurationBar, getShortLabel;
var init_curation_bar = __esm({
  "figure/curation_bar.js"() {
    init_elements();
    describeChoices = (data) => JSON.stringify([data.metrics, data.metric, data.versions]);
    CurationBar = class {
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
      constructor(link, data, isNew, sendToServer4) {
        this.link = link;
        this.data = data;
        this.sendToServer = sendToServer4;
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
      #request(number3) {
        this.#isAsking = false;
        this.sendToServer("requested", { metric: this.data.metric, version: number3 });
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
          const select3 = createSelect(
            "The curation that this view is of",
            metrics.map(({ key, name }) => ({ value: key, text: name }))
          );
          select3.value = metric;
          select3.addEventListener("change", () => this.sendToServer("requested", { metric: select3.value, version: null }));
          this.#choices.append(createElement("span", "", "View of"), select3);
        }
        if (!this.link.of.identifier || !versions.length) return;
        const select2 = createSelect(
          "Version to send into the view",
          versions.map(({ number: number3, label }) => ({ value: String(number3), text: label }))
        );
        this.#choices.append(select2, createAction("Send into the view", () => this.#request(Number(select2.value))));
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
        this.#question.append(createAction(other, () => newest ? this.#request(newest.number) : this.#dismiss()));
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
        if (this.#report.textContent !== text) this.#report.textContent = text;
      }
    };
    getShortLabel = ({ label }) => (label.split(" · ")[0] ?? label).toLowerCase();
  }
});

// figure/frame_messages.js
function isPlainJson(value, depth = 0) {
  if (depth > DEEPEST_MESSAGE) return false;
  if (value === null || ["string", "boolean"].includes(typeof value)) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((part) => isPlainJson(part, depth + 1));
}
function isCuration(message) {
  if (typeof message !== "object" || message === null) return false;
  return "curation" in message && message.curation !== void 0 || "type" in message && message.type === "curation-data";
}
function serializeMessage(message) {
  if (!isCuration(message) || !isPlainJson(message)) return null;
  const text = JSON.stringify(message);
  return text.length > LARGEST_MESSAGE ? null : text;
}
function sendNext() {
  timer8 = 0;
  const next = waiting3.entries().next().value;
  if (!next || !sender) return;
  waiting3.delete(next[0]);
  sender("message", next[1]);
  timer8 = window.setTimeout(sendNext, SEND_INTERVAL);
}
function forwardMessage(frameKey, message) {
  waiting3.delete(frameKey);
  waiting3.set(frameKey, message);
  if (!timer8) sendNext();
}
function setMessageSender(sendToServer4) {
  sender = sendToServer4;
  if (sender && waiting3.size && !timer8) sendNext();
}
var LARGEST_MESSAGE, DEEPEST_MESSAGE, SEND_INTERVAL, waiting3, timer8, sender;
var init_frame_messages = __esm({
  "figure/frame_messages.js"() {
    LARGEST_MESSAGE = 2e6;
    DEEPEST_MESSAGE = 40;
    SEND_INTERVAL = 300;
    waiting3 = /* @__PURE__ */ new Map();
    timer8 = 0;
    sender = null;
  }
});

// figure/ephys_messages.js
function createFrameAddress(address2, identifier, session) {
  const hashAt = address2.indexOf("#");
  const [beforeHash, hash] = hashAt < 0 ? [address2, ""] : [address2.slice(0, hashAt), address2.slice(hashAt)];
  const queryAt = beforeHash.indexOf("?");
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt);
  const given = queryAt < 0 ? [] : beforeHash.slice(queryAt + 1).split("&");
  const kept = given.filter((part) => part && !/^(identifier|session)(=|$)/.test(part));
  const added = [`identifier=${encodeURIComponent(identifier)}`];
  if (session) added.push(`session=${encodeURIComponent(session)}`);
  return `${path}?${[...kept, ...added].join("&")}${hash}`;
}
function readFrameMessage(message, identifier) {
  if (typeof message !== "object" || message === null) return { kind: "foreign" };
  if (identifier) {
    const named = "type" in message && message.type === MESSAGE_TYPE && "identifier" in message;
    if (!named || message.identifier !== identifier) return { kind: "foreign" };
  } else if (!("curation" in message) && !("type" in message && message.type === MESSAGE_TYPE)) return { kind: "foreign" };
  const text = serializeMessage(message);
  return text === null ? { kind: "refused" } : { kind: "curation", text };
}
var MESSAGE_TYPE, SEND_DELAYS, createCurationMessage;
var init_ephys_messages = __esm({
  "figure/ephys_messages.js"() {
    init_frame_messages();
    MESSAGE_TYPE = "curation-data";
    SEND_DELAYS = [500, 2e3, 4e3, 8e3, 15e3, 3e4, 6e4];
    createCurationMessage = (identifier, data, nonce) => ({ type: MESSAGE_TYPE, identifier, data, _nonce: nonce });
  }
});

// figure/curation_link.js
var CurationLink;
var init_curation_link = __esm({
  "figure/curation_link.js"() {
    init_frame_messages();
    init_ephys_messages();
    CurationLink = class {
      /** @type {{ nonce: string, label: string } | null} */
      sent = null;
      /** Whether the view sent something that could not be passed on. */
      isRefused = false;
      /** @type {CurationToSend | null} */
      #repeated = null;
      /** @type {number[]} */
      #timers = [];
      /** @type {string | null} */
      #seenNonce = null;
      #isLoaded = false;
      /** Whether somebody has worked in the view: it listens by then, and must not be reset under their hands. */
      #isInUse = false;
      /** @type {() => void} */
      #onChange = () => {
      };
      /**
       * @param {HTMLIFrameElement} frame
       * @param {{ key: string, origin: string, record: string, metric: string, identifier: string }} of `identifier` is ""
       *   for a view that sends without one, and into which nothing is sent
       */
      constructor(frame3, of2) {
        this.frame = frame3;
        this.of = of2;
        frame3.addEventListener("load", () => this.#load());
        window.addEventListener("message", this.#receive);
        window.addEventListener("blur", this.#noticeFocus);
      }
      /** @param {() => void} onChange called when what the line reports has changed */
      observe(onChange) {
        this.#onChange = onChange;
      }
      /**
       * Sends a version: once if the view has shown that it listens, else repeatedly for a while.
       * @param {CurationToSend} version
       */
      send(version) {
        if (!this.of.identifier || version.nonce === this.#seenNonce) return;
        this.#seenNonce = version.nonce;
        this.#repeated = version;
        if (!this.#isLoaded) return;
        this.#post();
        if (this.#isInUse) this.#stopRepeating();
        else this.#repeat();
      }
      /** Takes note of a version without sending it. @param {CurationToSend} version */
      skip(version) {
        this.#seenNonce = version.nonce;
      }
      stop() {
        this.#stopRepeating();
        window.removeEventListener("message", this.#receive);
        window.removeEventListener("blur", this.#noticeFocus);
      }
      #load() {
        this.#isLoaded = true;
        this.#repeat();
      }
      #repeat() {
        for (const timer11 of this.#timers) clearTimeout(timer11);
        this.#timers = this.#repeated ? SEND_DELAYS.map((delay) => window.setTimeout(this.#postAgain, delay)) : [];
      }
      #post() {
        if (!this.#repeated) return;
        const { content, nonce, label } = this.#repeated;
        this.frame.contentWindow?.postMessage(createCurationMessage(this.of.identifier, content, nonce), this.of.origin);
        this.sent = { nonce, label };
        this.#onChange();
      }
      #postAgain = () => {
        this.#noticeFocus();
        this.#post();
      };
      #stopRepeating() {
        this.#repeated = null;
        for (const timer11 of this.#timers) clearTimeout(timer11);
        this.#timers = [];
      }
      #noticeFocus = () => {
        if (document.activeElement !== this.frame || !this.sent) return;
        this.#isInUse = true;
        this.#stopRepeating();
      };
      /** @param {MessageEvent} event */
      #receive = (event) => {
        const { origin, identifier, key, record, metric } = this.of;
        if (event.source !== this.frame.contentWindow || event.origin !== origin) return;
        const message = readFrameMessage(event.data, identifier);
        if (message.kind === "foreign") return;
        this.#isInUse = true;
        this.#stopRepeating();
        this.isRefused = message.kind === "refused";
        if (message.kind === "curation") forwardMessage(key, { origin, text: message.text, record, metric });
        this.#onChange();
      };
    };
  }
});

// figure/frame_layer.js
function getLayer() {
  if (layer?.isConnected) return layer;
  for (const key of frames.keys()) removeFrame(key);
  layer = createElement("div", "qc-frames");
  (document.querySelector('[data-testid="stMain"]') ?? document.body).append(layer);
  return layer;
}
function addFrame(key, record, frame3, stop) {
  const box = createElement("div", "qc-frame");
  box.append(frame3);
  getLayer().append(box);
  const added = { key, record, frame: frame3, box, place: null, stop };
  frames.set(key, added);
  for (const other of frames.values()) {
    if (frames.size <= MOST_FRAMES) break;
    if (other !== added && !other.place) removeFrame(other.key);
  }
  return added;
}
function removeFrame(key) {
  const removed = frames.get(key);
  if (!removed) return;
  frames.delete(key);
  removed.stop();
  removed.box.remove();
}
function showFrame(shown, place) {
  shown.place = place;
  frames.delete(shown.key);
  frames.set(shown.key, shown);
  if (!animation) follow3();
  return () => {
    if (shown.place === place) hide(shown);
  };
}
function removeFramesOfOthers(record) {
  for (const one of frames.values()) if (one.record !== record) removeFrame(one.key);
}
function hide(hidden) {
  hidden.place = null;
  hidden.box.classList.remove("shown");
  hidden.box.inert = true;
}
function follow3() {
  animation = 0;
  let isAnyShown = false;
  for (const one of frames.values()) {
    if (!one.place) continue;
    isAnyShown = true;
    const place = one.place.getBoundingClientRect();
    const origin = getLayer().getBoundingClientRect();
    const isSeen = one.place.isConnected && place.width > 0 && place.height > 0;
    one.box.inert = !isSeen;
    one.box.classList.toggle("shown", isSeen);
    if (!isSeen) continue;
    setLength(one.box, "left", place.left - origin.left);
    setLength(one.box, "top", place.top - origin.top);
    setLength(one.box, "width", place.width);
    setLength(one.box, "height", place.height);
  }
  if (isAnyShown) animation = requestAnimationFrame(follow3);
}
function setLength(element, property, pixels) {
  const value = `${Math.round(pixels * 4) / 4}px`;
  if (element.style[property] !== value) element.style[property] = value;
}
var MOST_FRAMES, frames, layer, animation, findFrame;
var init_frame_layer = __esm({
  "figure/frame_layer.js"() {
    init_elements();
    MOST_FRAMES = 2;
    frames = /* @__PURE__ */ new Map();
    layer = null;
    animation = 0;
    findFrame = (key) => layer?.isConnected ? frames.get(key) : void 0;
  }
});

// figure/frames.js
function createFrame(stage, title, sandbox, note) {
  const box = createElement("div", "framed");
  const frame3 = createElement("iframe");
  frame3.title = title;
  frame3.setAttribute("sandbox", sandbox);
  box.append(note, frame3);
  stage.replaceChildren(box);
  return { box, frame: frame3 };
}
async function loadFrame(stage, created, address2, name) {
  const { box, frame: frame3 } = created;
  const retry2 = () => {
    frame3.removeAttribute("src");
    stage.replaceChildren(box);
    loadFrame(stage, created, address2, name);
  };
  if (!address2.startsWith("/")) {
    frame3.src = address2;
    return;
  }
  const wait = waitForFile(stage, { name, address: address2 }, retry2);
  const missing = (await request(address2, { method: "HEAD", redirect: "manual" })).reason;
  if (!box.isConnected) return;
  if (missing) {
    const { reason } = await request(address2, { redirect: "manual" });
    wait.stop();
    showProblem(stage, reason ?? "The portal did not answer.", retry2);
    return;
  }
  frame3.addEventListener("load", wait.onLoaded, { once: true });
  frame3.src = address2;
}
function drawEmbed(stage, figure, shell) {
  const { host } = new URL(figure.origin);
  const note = createElement("p", "note", `Shown by ${host}. If it stays empty, that site cannot be reached from here: try `);
  note.append(createTabLink(figure.address, "a tab of its own"), ".");
  if (shell.keepsFrames) return drawKeptEmbed(stage, figure, shell, note);
  const created = createFrame(stage, figure.title, EMBED_SANDBOX, note);
  created.frame.setAttribute("allow", getPermissions(figure));
  created.frame.classList.add("embed");
  loadFrame(stage, created, figure.address, figure.title);
}
function getPermissions(figure) {
  const permissions = ["fullscreen", "clipboard-write"];
  if (figure.isEphysGui) permissions.push("cross-origin-isolated");
  if (figure.address.startsWith("/")) permissions.push("local-network-access");
  return permissions.join("; ");
}
function drawKeptEmbed(stage, figure, shell, note) {
  const { record, curation } = shell;
  const key = JSON.stringify([record, curation?.metric ?? "", figure.address]);
  const found = findFrame(key);
  const kept = found ?? createKeptFrame(key, figure, shell);
  const box = createElement("div", "framed");
  const place = createElement("div", "embed place");
  const enter = createElement("button", "tool enter", "Go into the view");
  enter.type = "button";
  enter.addEventListener("click", () => kept.frame.focus());
  place.append(enter);
  box.append(note, place);
  stage.replaceChildren(box);
  const link = links.get(kept.frame);
  if (link && curation) {
    const bar2 = new CurationBar(link, curation, !found, shell.sendToServer);
    box.prepend(bar2.element);
    shell.observeCuration((data) => bar2.update(data));
  }
  const hide2 = showFrame(kept, place);
  if (!found) {
    const reload = () => {
      removeFrame(key);
      shell.retry();
    };
    loadKeptFrame(stage, box, kept.frame, figure, reload);
  }
  return hide2;
}
function createKeptFrame(key, figure, { record, curation }) {
  const frame3 = createElement("iframe");
  frame3.title = figure.title;
  frame3.setAttribute("sandbox", EMBED_SANDBOX);
  frame3.setAttribute("allow", getPermissions(figure));
  let link = null;
  if (curation) {
    const identifier = figure.isEphysGui ? createIdentifier() : "";
    link = new CurationLink(frame3, { key, origin: figure.origin, record, metric: curation.metric, identifier });
    links.set(frame3, link);
    frame3.dataset.address = identifier ? createFrameAddress(figure.address, identifier, curation.session) : figure.address;
  } else frame3.dataset.address = figure.address;
  return addFrame(key, record, frame3, () => link?.stop());
}
function createIdentifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
async function loadKeptFrame(stage, box, frame3, figure, retry2) {
  const address2 = frame3.dataset.address ?? figure.address;
  if (address2.startsWith("/")) {
    const wait = waitForFile(stage, { name: figure.title, address: address2 }, retry2);
    const missing = (await request(address2, { method: "HEAD", redirect: "manual" })).reason;
    if (missing) {
      const { reason } = await request(address2, { redirect: "manual" });
      wait.stop();
      if (box.isConnected) showProblem(stage, reason ?? "The portal did not answer.", retry2);
      return;
    }
    frame3.addEventListener("load", wait.onLoaded, { once: true });
  }
  frame3.src = address2;
}
function drawHtmlPage(stage, figure) {
  const note = createElement("p", "note");
  const created = createFrame(stage, figure.name, "allow-scripts", note);
  const missing = /* @__PURE__ */ new Set();
  const receive = (event) => {
    if (event.source !== created.frame.contentWindow || typeof event.data?.sandboxed !== "string") return;
    if (missing.size < MAX_NAMED) missing.add(event.data.sandboxed);
    note.textContent = `This figure could not load ${[...missing].join(", ")}. It may be incomplete.`;
  };
  window.addEventListener("message", receive);
  loadFrame(stage, created, figure.address, figure.name);
  return () => window.removeEventListener("message", receive);
}
var MAX_NAMED, EMBED_SANDBOX, links;
var init_frames = __esm({
  "figure/frames.js"() {
    init_elements();
    init_curation_bar();
    init_curation_link();
    init_ephys_messages();
    init_frame_layer();
    init_loading();
    init_requests();
    init_text_links();
    MAX_NAMED = 5;
    EMBED_SANDBOX = "allow-scripts allow-same-origin allow-forms allow-downloads allow-pointer-lock";
    links = /* @__PURE__ */ new WeakMap();
  }
});

// figure/blinking.js
function createBlinker(sides) {
  let timer11 = 0;
  let shown = 0;
  const pause = createButton("Pause (space)", "Pause", () => toggle());
  pause.classList.add("pause");
  function put(number3) {
    shown = number3;
    sides.forEach(({ pane, chip }, at) => {
      pane.classList.toggle("up", at === number3);
      chip.classList.toggle("up", at === number3);
    });
  }
  function updateButton() {
    pause.textContent = timer11 ? "Pause" : "Continue";
    pause.setAttribute("aria-label", pause.textContent);
  }
  function stop() {
    clearInterval(timer11);
    timer11 = 0;
    updateButton();
  }
  function start() {
    clearInterval(timer11);
    timer11 = window.setInterval(() => put(1 - shown), BLINK_INTERVAL);
    updateButton();
  }
  function toggle() {
    if (timer11) stop();
    else start();
  }
  return {
    pause,
    stop,
    toggle,
    /** @param {number} number */
    show(number3) {
      stop();
      put(number3);
    },
    /** @param {boolean} isOn */
    run(isOn) {
      pause.hidden = !isOn;
      stop();
      put(0);
      if (isOn && !matchMedia("(prefers-reduced-motion: reduce)").matches) start();
    }
  };
}
var BLINK_INTERVAL;
var init_blinking = __esm({
  "figure/blinking.js"() {
    init_controls();
    BLINK_INTERVAL = 800;
  }
});

// figure/pair_arithmetic.js
function getCommonSize([width, height], right) {
  const finer = Math.max(1, Math.min(MAX_ENLARGED, Math.max(right[0] / width, right[1] / height)));
  return [width * finer, height * finer];
}
function isStackedLarger([wide, high], [width, height]) {
  const besideEachOther = Math.min(wide / 2 / width, high / height);
  const stacked = Math.min(wide / width, high / 2 / height);
  return stacked > STACKING_GAIN * besideEachOther;
}
function getVisibleBox({ wide, high, left: left2, top, width, height }) {
  const clip = (room, from, length) => {
    const start = Math.max(0, from);
    return (
      /** @type {const} */
      [start, Math.min(room, from + length) - start]
    );
  };
  const [visibleLeft, visibleWidth] = clip(wide, left2, width);
  const [visibleTop, visibleHeight] = clip(high, top, height);
  return { left: visibleLeft, width: visibleWidth, top: visibleTop, height: visibleHeight };
}
function parseFrameMessage(data) {
  if (typeof data !== "object" || data === null) return { at: null, message: null };
  const { comparison, at, factor, x, y, key, shift } = (
    /** @type {Record<string, unknown>} */
    data
  );
  let message = null;
  if (comparison === "ready") message = { kind: "ready" };
  if (comparison === "key" && typeof key === "string") message = { kind: "key", key, shift: shift === true };
  if (comparison === "zoom" && isNumber(factor) && isNumber(x) && isNumber(y))
    message = { kind: "zoom", factor: clamp2(factor, 0.2, 5), x: clamp2(x, 0, 1e4), y: clamp2(y, 0, 1e4) };
  return { at: isNumber(at) ? clampPercent(at) : null, message };
}
function isNumber(value) {
  return Number.isFinite(value);
}
var PAIR_MODES, parseMode, getNextMode, MAX_ENLARGED, STACKING_GAIN, clampPercent, getHandleOffset, getHandlePercent, clamp2;
var init_pair_arithmetic = __esm({
  "figure/pair_arithmetic.js"() {
    PAIR_MODES = ["swipe", "side", "blink"];
    parseMode = (mode) => PAIR_MODES.find((one) => one === mode) ?? "swipe";
    getNextMode = (mode) => PAIR_MODES[(PAIR_MODES.indexOf(mode) + 1) % PAIR_MODES.length] ?? "swipe";
    MAX_ENLARGED = 4;
    STACKING_GAIN = 1.3;
    clampPercent = (percent) => Math.min(100, Math.max(0, percent));
    getHandleOffset = (percent, { left: left2, width }) => left2 + width * percent / 100;
    getHandlePercent = (x, { left: left2, width }) => 100 * (x - left2) / width;
    clamp2 = (value, least, most) => Math.min(most, Math.max(least, value));
  }
});

// figure/comparison_frame.js
function createComparisonFrame(area, address2, width, divider, onMessage) {
  const nothing = () => {
  };
  if (!address2) return { follow: nothing, leave: nothing, stop: nothing };
  const frame3 = createElement("iframe");
  frame3.title = "Comparison of two pictures";
  frame3.setAttribute("sandbox", "allow-scripts");
  let requestedWidth = 0;
  let drawnWidth = 0;
  let isReady = false;
  let isLeft3 = false;
  let isAllowed = false;
  let timer11 = 0;
  const update2 = () => area.classList.toggle("framed", isReady && !isLeft3 && isAllowed);
  function load() {
    if (isLeft3 || drawnWidth <= requestedWidth * MAX_ENLARGED2) return;
    requestedWidth = drawnWidth;
    isReady = false;
    frame3.src = `${address2}?width=${drawnWidth}&at=${Math.round(divider.getPercent())}`;
    if (!frame3.isConnected) area.append(frame3);
    update2();
  }
  function receive(event) {
    if (event.source !== frame3.contentWindow) return;
    const { at, message } = parseFrameMessage(event.data);
    if (message?.kind === "ready") isReady = true;
    if (at !== null && !isLeft3) divider.moveTo(at);
    if (message && message.kind !== "ready") onMessage(message);
    update2();
  }
  window.addEventListener("message", receive);
  return {
    stop() {
      clearTimeout(timer11);
      window.removeEventListener("message", receive);
    },
    /** Gives ours its place back, for good. */
    leave() {
      isLeft3 = true;
      update2();
    },
    /**
     * @param {DrawnView} drawn
     * @param {boolean} isSwiping
     */
    follow(drawn5, isSwiping) {
      isAllowed = isSwiping && drawn5.fit && drawn5.neutral;
      drawnWidth = Math.floor(drawn5.fitting * width);
      clearTimeout(timer11);
      timer11 = window.setTimeout(load, REQUEST_DELAY);
      const { left: left2, top } = drawn5;
      const box = { left: `${left2}px`, top: `${top}px`, width: `${drawn5.width}px`, height: `${drawn5.height}px` };
      if (drawn5.fit) Object.assign(frame3.style, box);
      update2();
    }
  };
}
var REQUEST_DELAY, MAX_ENLARGED2;
var init_comparison_frame = __esm({
  "figure/comparison_frame.js"() {
    init_elements();
    init_pair_arithmetic();
    REQUEST_DELAY = 100;
    MAX_ENLARGED2 = 1.25;
  }
});

// figure/converted_side.js
function createConvertedSide(file, drawn5, onChange) {
  const bar2 = createElement("div", "stretch");
  const text = createElement("span", "facts", `${file.name}: converting…`);
  bar2.append(text);
  async function showFacts() {
    const wanted3 = getPercentiles(file);
    const { response } = await request(`${file.address}${buildPercentileQuery(wanted3)}&facts`);
    const current3 = getPercentiles(file);
    if (wanted3.low !== current3.low || wanted3.high !== current3.high || !bar2.isConnected) return;
    const facts = response ? await response.json() : null;
    text.textContent = `${file.name}: ${facts ? describeConversion(facts, true) : "not converted."}`;
    if (!facts) return;
    showPercentileFields(bar2, file, facts, (next) => {
      onChange();
      drawn5.src = file.address + buildPercentileQuery(next);
      showFacts();
    });
  }
  showFacts();
  return bar2;
}
var init_converted_side = __esm({
  "figure/converted_side.js"() {
    init_elements();
    init_percentile_fields();
    init_percentiles();
    init_requests();
  }
});

// figure/divider.js
function createDivider(area, onTouch) {
  const line = createElement("div", "divider");
  const range = createElement("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  range.setAttribute("aria-label", "Position of the divider between the two pictures");
  line.append(range);
  area.append(line);
  const panes = [...area.querySelectorAll(".pane")].filter((pane) => pane instanceof HTMLElement);
  let percent = 50;
  let box = null;
  function moveTo(wanted3) {
    percent = clampPercent(wanted3);
    range.value = String(percent);
    if (!box) return;
    const offset = getHandleOffset(percent, box);
    Object.assign(line.style, { left: `${offset}px`, top: `${box.top}px`, height: `${box.height}px` });
    const [left2, right] = panes;
    if (left2) left2.style.clipPath = `inset(0 ${box.wide - offset}px 0 0)`;
    if (right) right.style.clipPath = `inset(0 0 0 ${offset}px)`;
  }
  function moveToPointer(event) {
    const x = event.clientX - area.getBoundingClientRect().left;
    onTouch();
    if (box) moveTo(getHandlePercent(x, box));
  }
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    event.preventDefault();
  });
  line.addEventListener("pointermove", (event) => {
    if (line.hasPointerCapture(event.pointerId)) moveToPointer(event);
  });
  line.addEventListener("mousedown", (event) => event.preventDefault());
  range.addEventListener("input", () => {
    onTouch();
    moveTo(Number(range.value));
  });
  return {
    moveTo,
    getPercent: () => percent,
    /** @param {number} by percent */
    moveBy(by) {
      onTouch();
      moveTo(percent + by);
    },
    /**
     * Puts the handle where the pictures are drawn now, or takes it away.
     * @param {DrawnView} drawn
     * @param {boolean} isOn
     */
    follow(drawn5, isOn) {
      box = isOn ? { ...getVisibleBox(drawn5), wide: drawn5.wide } : null;
      if (isOn) moveTo(percent);
      else for (const pane of panes) pane.style.clipPath = "";
    },
    /**
     * A press on a pane moves the handle there, and its focus with it, while `isOn`.
     * @param {HTMLElement} pane
     * @param {() => boolean} isOn
     */
    followPointer(pane, isOn) {
      const follow4 = (event) => {
        if (event.isPrimary && event.buttons === 1 && isOn()) moveToPointer(event);
      };
      pane.addEventListener("pointerdown", (event) => {
        follow4(event);
        if (isOn()) range.focus({ preventScroll: true });
      });
      pane.addEventListener("mousedown", (event) => {
        if (isOn()) event.preventDefault();
      });
      pane.addEventListener("pointermove", follow4);
    }
  };
}
var init_divider = __esm({
  "figure/divider.js"() {
    init_elements();
    init_pair_arithmetic();
  }
});

// figure/video_arithmetic.js
var SPEEDS, END_MARGIN, LARGEST_OFFSET, clampTime, getNextSpeed, getFrameTime, isOutOfSync;
var init_video_arithmetic = __esm({
  "figure/video_arithmetic.js"() {
    SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4];
    END_MARGIN = 1e-3;
    LARGEST_OFFSET = 0.12;
    clampTime = (time, duration) => Math.max(0, Math.min(time, duration - END_MARGIN));
    getNextSpeed = (speed, direction) => SPEEDS[SPEEDS.indexOf(speed) + direction] ?? speed;
    getFrameTime = (start, frameLength, direction) => Math.max(0, start + frameLength * (direction > 0 ? 1.5 : -0.5));
    isOutOfSync = (time, leadTime, speed) => Math.abs(time - leadTime) > LARGEST_OFFSET * Math.max(1, speed);
  }
});

// figure/video_controls.js
function createSpeedChoice(setSpeed2) {
  const select2 = createElement("select", "tool");
  select2.setAttribute("aria-label", "Speed");
  for (const speed of SPEEDS) select2.append(new Option(`${speed} ×`, String(speed)));
  const choose = (speed) => {
    select2.value = String(speed);
    remember("speed", speed);
    setSpeed2(speed);
  };
  select2.addEventListener("change", () => choose(Number(select2.value)));
  const remembered2 = recall("speed");
  choose(typeof remembered2 === "number" && SPEEDS.includes(remembered2) ? remembered2 : 1);
  const changeSpeed = (direction) => choose(getNextSpeed(Number(select2.value), direction));
  return { select: select2, changeSpeed };
}
function createVideoControls(playback, setSpeed2) {
  const { select: select2, changeSpeed } = createSpeedChoice(setSpeed2);
  const back = createButton(buildHint("stepBack"), createIcon("frameBack"), () => playback.step(-1));
  const forward = createButton(buildHint("stepForward"), createIcon("frameOn"), () => playback.step(1));
  const answerKey4 = (key) => {
    const command = findCommand(VIDEO_COMMANDS, key);
    if (command === "togglePlay") playback.togglePlay();
    else if (command === "stepBack") playback.step(-1);
    else if (command === "stepForward") playback.step(1);
    else if (command === "slower") changeSpeed(-1);
    else if (command === "faster") changeSpeed(1);
    return command !== null;
  };
  return { elements: [back, forward, select2], answerKey: answerKey4 };
}
var init_video_controls = __esm({
  "figure/video_controls.js"() {
    init_chord_arithmetic();
    init_elements();
    init_controls();
    init_keys();
    init_memory();
    init_video_arithmetic();
  }
});

// figure/video_frames.js
function createFrameSeeker(player) {
  let shown = 0;
  let length = 0;
  const reportsFrames = "requestVideoFrameCallback" in player;
  const noteFrame = (_, frame3) => {
    shown = frame3.mediaTime;
    player.requestVideoFrameCallback(noteFrame);
  };
  if (reportsFrames) player.requestVideoFrameCallback(noteFrame);
  let drawn5 = Promise.resolve();
  function seek(time) {
    drawn5 = new Promise((resolve) => {
      if (reportsFrames) player.requestVideoFrameCallback(() => resolve());
      const wait = () => setTimeout(() => requestAnimationFrame(() => resolve()), DRAW_TIME);
      player.addEventListener("seeked", wait, { once: true });
      player.currentTime = clampTime(time, player.duration);
    });
    return drawn5;
  }
  async function measureFrame() {
    const start = reportsFrames ? shown : Number.NaN;
    for (let offset = SEARCH_STEP; offset < LONGEST_FRAME && start + offset < player.duration; offset += SEARCH_STEP) {
      await seek(start + offset);
      if (shown - start > SEARCH_STEP / 2) return shown - start;
    }
    return USUAL_FRAME;
  }
  return {
    seek,
    /**
     * The time of the next frame (1) or of the one before (-1).
     * @param {number} direction
     */
    async findFrame(direction) {
      await drawn5;
      if (!reportsFrames || Math.abs(shown - player.currentTime) > 1) shown = player.currentTime;
      const start = shown;
      length ||= await measureFrame();
      return getFrameTime(start, length, direction);
    }
  };
}
var SEARCH_STEP, LONGEST_FRAME, USUAL_FRAME, DRAW_TIME;
var init_video_frames = __esm({
  "figure/video_frames.js"() {
    init_video_arithmetic();
    SEARCH_STEP = 6e-3;
    LONGEST_FRAME = 0.25;
    USUAL_FRAME = 1 / 30;
    DRAW_TIME = 60;
  }
});

// figure/video.js
function createVideo(file) {
  const player = createElement("video");
  Object.assign(player, { preload: "auto", playsInline: true });
  player.setAttribute("aria-label", file.name);
  return player;
}
function setSpeed(player, speed) {
  player.playbackRate = speed;
  player.defaultPlaybackRate = speed;
}
function drawVideo(stage, figure, shell) {
  const player = createVideo(figure);
  player.controls = true;
  player.classList.add("video");
  stage.append(player);
  const wait = waitForFile(stage, figure, shell.retry);
  const time = createElement("output", "time");
  const playback = createPlayback(player, stage);
  player.addEventListener("error", () => {
    player.remove();
    shell.controls.replaceChildren();
    wait.onFailed();
  });
  const start = () => {
    wait.onLoaded();
    const controls = createVideoControls(playback, (speed) => setSpeed(player, speed));
    shell.controls.replaceChildren(...controls.elements, time);
    shell.setKeys([...VIDEO_ROWS, ...SEEK_ROWS], (key) => {
      const command = findCommand(SEEK_COMMANDS, key);
      if (!command) return controls.answerKey(key);
      const to = player.currentTime + (command === "seekBack" ? -SEEK_STEP : SEEK_STEP);
      player.currentTime = Math.max(0, Math.min(player.duration, to));
      return true;
    });
  };
  player.addEventListener("loadeddata", start, { once: true });
  const showTime = () => {
    time.textContent = `${formatTime(player.currentTime)} / ${formatTime(player.duration || 0)}`;
  };
  for (const kind of ["timeupdate", "seeked", "durationchange", "loadeddata"]) player.addEventListener(kind, showTime);
  player.src = figure.address;
  return () => {
    wait.stop();
    player.pause();
    player.removeAttribute("src");
    player.load();
  };
}
function createPlayback(player, stage) {
  const frames2 = createFrameSeeker(player);
  let isStepping = false;
  return {
    togglePlay() {
      if (player.paused) player.play().catch(() => {
      });
      else player.pause();
    },
    async step(direction) {
      if (isStepping || !player.duration) return;
      isStepping = true;
      stage.ariaBusy = "true";
      player.pause();
      await frames2.seek(await frames2.findFrame(direction));
      stage.ariaBusy = "false";
      isStepping = false;
    }
  };
}
var SEEK_STEP;
var init_video = __esm({
  "figure/video.js"() {
    init_elements();
    init_format();
    init_keys();
    init_loading();
    init_video_controls();
    init_video_frames();
    SEEK_STEP = 5;
  }
});

// figure/synchronized_videos.js
function synchronizeVideos(videos, below) {
  const lead = videos.reduce((longest, video) => video.duration > longest.duration ? video : longest);
  const followers = videos.filter((video) => video !== lead);
  const frames2 = createFrameSeeker(lead);
  const play = createButton("Play (space)", createIcon("play"), () => playback.togglePlay());
  const time = createElement("output", "time");
  const range = createElement("input");
  Object.assign(range, { type: "range", min: 0, max: lead.duration, step: "any", value: 0 });
  range.setAttribute("aria-label", "Time in both videos");
  let isPlaying = false;
  let isStepping = false;
  let nextFrame = 0;
  function showState() {
    range.value = String(lead.currentTime);
    time.textContent = `${formatTime(lead.currentTime)} / ${formatTime(lead.duration)}`;
    play.replaceChildren(createIcon(isPlaying ? "pause" : "play"));
    play.setAttribute("aria-label", isPlaying ? "Pause" : "Play");
  }
  function setFollowers(to) {
    for (const video of followers) video.currentTime = clampTime(to, video.duration);
  }
  function keepTogether() {
    if (!isPlaying) return;
    if (lead.ended) {
      stop();
      return;
    }
    const lacksData = videos.some((one) => one.readyState < HAS_FUTURE_DATA && !one.ended && !one.seeking);
    for (const video of videos) {
      const isBeforeEnd = !video.ended && video.currentTime < video.duration - 0.01;
      if (lacksData && video.readyState >= HAS_FUTURE_DATA) video.pause();
      else if (!lacksData && video.paused && isBeforeEnd) video.play().catch(stop);
      const target = clampTime(lead.currentTime, video.duration);
      if (video !== lead && !video.seeking && isOutOfSync(video.currentTime, target, lead.playbackRate))
        video.currentTime = target;
    }
    showState();
    nextFrame = requestAnimationFrame(keepTogether);
  }
  function stop() {
    isPlaying = false;
    cancelAnimationFrame(nextFrame);
    for (const video of videos) video.pause();
    setFollowers(lead.currentTime);
    showState();
  }
  async function seek(to) {
    setFollowers(to);
    await frames2.seek(to);
    showState();
  }
  const playback = {
    togglePlay() {
      if (isPlaying) {
        stop();
        return;
      }
      if (lead.ended) for (const video of videos) video.currentTime = 0;
      isPlaying = true;
      keepTogether();
    },
    async step(direction) {
      if (isStepping) return;
      isStepping = true;
      stop();
      await seek(await frames2.findFrame(direction));
      isStepping = false;
    }
  };
  range.addEventListener("input", () => seek(Number(range.value)));
  const controls = createVideoControls(playback, (speed) => videos.forEach((video) => setSpeed(video, speed)));
  const row = createElement("div", "transport");
  row.append(play, range, time, ...controls.elements);
  below.replaceChildren(row);
  showState();
  return { answerKey: controls.answerKey, stop };
}
var HAS_FUTURE_DATA;
var init_synchronized_videos = __esm({
  "figure/synchronized_videos.js"() {
    init_elements();
    init_controls();
    init_format();
    init_video_arithmetic();
    init_video_controls();
    init_video_frames();
    init_video();
    HAS_FUTURE_DATA = 3;
  }
});

// figure/pair.js
function createSide(file, side, word) {
  const pane = createElement("div", `pane ${side}`);
  const content = createElement("div", "zoomable");
  const drawn5 = file.kind === "video" ? Object.assign(createVideo(file), { muted: true }) : Object.assign(createPicture(file), { alt: `${word}: ${file.name}` });
  content.append(drawn5);
  pane.append(content);
  return { file, pane, content, drawn: drawn5, chip: createElement("span", `chip ${side}`, file.name) };
}
function drawPair(stage, figure, shell) {
  const sides = [createSide(figure.left, "left", "Left"), createSide(figure.right, "right", "Right")];
  const area = createElement("div", "pair");
  area.tabIndex = 0;
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", "Two figures to compare");
  area.append(...sides.map(({ pane }) => pane), ...sides.map(({ chip }) => chip));
  stage.append(area);
  if (sides.some(({ file }) => file.kind === "video")) shell.below.replaceChildren(createElement("div", "transport"));
  const cleanups = [];
  const percentileObservers = /* @__PURE__ */ new Set();
  const bars = sides.filter(({ file }) => isConverted(file)).map(({ file, drawn: drawn5 }) => createConvertedSide(file, drawn5, () => percentileObservers.forEach((observer) => observer())));
  if (bars.length) {
    shell.controls.append(...bars);
    stage.style.setProperty("--row", `${2.5 + 2.6 * bars.length}rem`);
    cleanups.push(() => stage.style.removeProperty("--row"));
  }
  const loaded2 = sides.map(({ file, drawn: drawn5 }) => {
    const other = file === figure.left ? figure.right : figure.left;
    const label = `Show ${other.name} alone`;
    const wait = waitForFile(stage, file, shell.retry, [createButton(label, label, () => shell.show(other))]);
    cleanups.push(wait.stop);
    drawn5.addEventListener("error", () => {
      area.remove();
      shell.below.replaceChildren();
      wait.onFailed();
    });
    const promise = new Promise((resolve) => {
      const onLoaded = () => {
        wait.onLoaded();
        resolve();
      };
      drawn5.addEventListener(file.kind === "video" ? "loadeddata" : "load", onLoaded, { once: true });
    });
    drawn5.src = isConverted(file) ? file.address + buildPercentileQuery(getPercentiles(file)) : file.address;
    return promise;
  });
  let isGone = false;
  Promise.all(loaded2).then(() => {
    if (!isGone) cleanups.push(...compare(area, sides, figure, shell, percentileObservers));
  });
  return () => {
    isGone = true;
    for (const cleanup of cleanups) cleanup();
    for (const { drawn: drawn5 } of sides) drawn5.removeAttribute("src");
  };
}
function measure(sides) {
  const [left2, right] = sides.map(({ drawn: drawn5 }) => getNaturalSize(drawn5));
  if (!left2 || !right) throw new Error("A pair has two sides.");
  if (left2[0] !== right[0] || left2[1] !== right[1])
    for (const { drawn: drawn5, chip } of sides) chip.textContent += ` · ${getNaturalSize(drawn5).join(" × ")}, fitted`;
  return getCommonSize(left2, right);
}
function compare(area, sides, figure, shell, percentileObservers) {
  const size2 = measure(sides);
  const [width, height] = size2;
  const percent = createElement("output", "percent");
  const divider = createDivider(area, () => frame3.leave());
  const videos = sides.flatMap(({ drawn: drawn5 }) => drawn5 instanceof HTMLVideoElement ? [drawn5] : []);
  let mode = parseMode(recall("pair-mode"));
  const updateStacking = () => area.classList.toggle("stacked", isStackedLarger([area.clientWidth, area.clientHeight], size2));
  const frame3 = createComparisonFrame(area, figure.compare, width, divider, (message) => {
    if (message.kind === "key") {
      answerKey4(message.key, message.shift);
      return;
    }
    const { left: left2, top } = zoom.placement();
    zoom.zoomBy(message.factor, left2 + message.x, top + message.y);
  });
  percentileObservers.add(frame3.leave);
  if (sides.some(({ file }) => isConverted(file) && hasChosenPercentiles(file))) frame3.leave();
  function onRender(drawn5) {
    updateStacking();
    percent.textContent = `${Math.round(drawn5.percent)} %`;
    divider.follow(drawn5, mode === "swipe");
    for (const side of sides) {
      const isEnlarged = side.content.classList.contains("magnified") && getNaturalSize(side.drawn)[0] <= width;
      side.drawn.classList.toggle("magnified", isEnlarged);
    }
    frame3.follow(drawn5, mode === "swipe");
  }
  const blinker = createBlinker(sides);
  const zoom = createZoom({
    panes: sides.map(({ pane }) => pane),
    contents: sides.map(({ content }) => content),
    width,
    height,
    name: `${figure.left.address};${figure.right.address}`,
    plot: shell.plot,
    onRender
  });
  for (const { pane } of sides) divider.followPointer(pane, () => mode === "swipe" && zoom.view.fit);
  const modes = createElement("span", "group");
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", "Ways to compare");
  const buttons2 = PAIR_MODES.map((one) => {
    const button = createButton(`${MODE_LABELS[one]} (M)`, MODE_LABELS[one], () => choose(one));
    modes.append(button);
    return { mode: one, button };
  });
  shell.controls.append(modes, blinker.pause);
  const toggleAdjust = addZoomControls(shell.controls, zoom, percent);
  const playback = videos.length ? synchronizeVideos(videos, shell.below) : null;
  function choose(wanted3) {
    mode = wanted3;
    remember("pair-mode", mode);
    updateStacking();
    area.dataset.mode = mode;
    for (const one of buttons2) one.button.setAttribute("aria-pressed", String(one.mode === mode));
    blinker.run(mode === "blink");
    zoom.render();
  }
  function answerKey4(key, shift) {
    const command = findPairCommand(key, { shift, mode, hasVideo: playback !== null });
    if (command === "nextMode") choose(getNextMode(mode));
    else if (command === "handleLeft") divider.moveBy(-HANDLE_STEP);
    else if (command === "handleRight") divider.moveBy(HANDLE_STEP);
    else if (command === "showLeft") blinker.show(0);
    else if (command === "showRight") blinker.show(1);
    else if (command === "toggleBlink") blinker.toggle();
    else return playback?.answerKey(key) || answerZoomKey(zoom, toggleAdjust, key);
    return true;
  }
  shell.setKeys(buildPairRows(playback !== null), answerKey4);
  choose(mode);
  return [zoom.stop, frame3.stop, blinker.stop, playback?.stop ?? (() => {
  })];
}
var MODE_LABELS, HANDLE_STEP, isConverted;
var init_pair = __esm({
  "figure/pair.js"() {
    init_elements();
    init_blinking();
    init_comparison_frame();
    init_controls();
    init_converted_side();
    init_divider();
    init_keys();
    init_loading();
    init_memory();
    init_pair_arithmetic();
    init_percentiles();
    init_picture();
    init_synchronized_videos();
    init_video();
    init_zoom_controls();
    init_zoom();
    MODE_LABELS = { swipe: "Swipe", side: "Side by side", blink: "Blink" };
    HANDLE_STEP = 2;
    isConverted = (file) => file.low !== void 0;
  }
});

// figure/pdf_arithmetic.js
function countZoomPresses(room, page) {
  const fitting = Math.floor((room - MARGIN) / page / ZOOM_PRESS) * ZOOM_PRESS;
  const scale = Math.min(LARGEST_SCALE2, Math.max(SMALLEST_SCALE, fitting));
  return Math.round((scale - 1) / ZOOM_PRESS);
}
var ZOOM_PRESS, SMALLEST_SCALE, LARGEST_SCALE2, MARGIN;
var init_pdf_arithmetic = __esm({
  "figure/pdf_arithmetic.js"() {
    ZOOM_PRESS = 0.25;
    SMALLEST_SCALE = 0.5;
    LARGEST_SCALE2 = 3;
    MARGIN = 40;
  }
});

// figure/pdf.js
function drawPdf(stage, figure, shell) {
  const container = getContainer(shell.host);
  const ending = new AbortController();
  const late = `${figure.name} has not arrived after ${LOAD_TIMEOUT / 1e3} seconds. It is shown as soon as it does.`;
  let isLate = false;
  const timer11 = setTimeout(() => {
    report(late);
    isLate = true;
  }, LOAD_TIMEOUT);
  function mark2(failed3) {
    markFailed(container, failed3);
    stage.dataset.kind = failed3 ? "text" : "";
  }
  function report(reason) {
    isLate = false;
    mark2(true);
    stage.replaceChildren(createProblem(reason, () => window.location.reload(), [createDownload(figure)]));
  }
  async function findReason2() {
    try {
      const response = await fetch(figure.address, { headers: { Range: "bytes=0-1023" }, signal: ending.signal });
      if (!response.ok) return (await response.text()).slice(0, 500);
      return (await response.text()).includes("%PDF-") ? "" : NO_PDF;
    } catch {
      return "The portal did not answer.";
    }
  }
  mark2(false);
  findReason2().then((reason) => {
    if (ending.signal.aborted) return;
    clearTimeout(timer11);
    if (reason) report(reason);
    else if (isLate) {
      stage.replaceChildren();
      mark2(false);
    }
  });
  const stopWatching = watchViewer(container, () => report(NO_PDF));
  return () => {
    clearTimeout(timer11);
    ending.abort();
    stopWatching();
    mark2(false);
  };
}
function watchViewer(container, onBroken) {
  let isFitted = false;
  let lastRoom = 0;
  let unhint = null;
  const timer11 = setInterval(() => {
    const viewer = container?.nextElementSibling && findShadow(container.nextElementSibling);
    if (!viewer) return;
    if (viewer.querySelector('[data-testid="pdf-error"]')) {
      clearInterval(timer11);
      onBroken();
      return;
    }
    const room = viewer.querySelector('[data-testid="pdf-content"]');
    if (room instanceof HTMLElement && !unhint) unhint = hintAtMore(room);
    const page = viewer.querySelector("canvas");
    if (!room?.clientWidth || !page || isFitted) return;
    const isDrawn = page.style.width !== "" && page.style.visibility !== "hidden";
    const isSteady = room.clientWidth === lastRoom;
    lastRoom = room.clientWidth;
    if (!isDrawn || !isSteady || !page.clientWidth) return;
    isFitted = true;
    const presses = countZoomPresses(room.clientWidth, page.clientWidth);
    const button = viewer.querySelector(`[title="Zoom ${presses > 0 ? "In" : "Out"}"]`);
    if (button instanceof HTMLElement) for (let press = 0; press < Math.abs(presses); press += 1) button.click();
  }, CHECK_INTERVAL6);
  return () => {
    clearInterval(timer11);
    unhint?.();
  };
}
function hintAtMore(room) {
  const more = createElement("button", "", "More below ↓");
  more.type = "button";
  more.style.cssText = MORE_STYLE;
  const show = () => {
    more.hidden = room.scrollHeight - room.clientHeight - room.scrollTop < LEAST_BELOW;
    more.style.display = more.hidden ? "none" : "";
  };
  more.addEventListener("click", () => room.scrollBy({ top: room.clientHeight * SCROLLED_SHARE }));
  room.addEventListener("scroll", show, { passive: true });
  const sizes = new ResizeObserver(show);
  for (const one of [room, ...room.children]) sizes.observe(one);
  room.parentElement?.append(more);
  show();
  return () => {
    room.removeEventListener("scroll", show);
    sizes.disconnect();
    more.remove();
  };
}
function findShadow(element) {
  for (const one of element.querySelectorAll("*")) if (one.shadowRoot) return one.shadowRoot;
  return null;
}
var NO_PDF, CHECK_INTERVAL6, LEAST_BELOW, SCROLLED_SHARE, MORE_STYLE;
var init_pdf = __esm({
  "figure/pdf.js"() {
    init_elements();
    init_loading();
    init_pdf_arithmetic();
    init_streamlit_element();
    NO_PDF = "It is there, but it is not a PDF, or is damaged. Tell the people who run the pipeline that wrote it, or download the file and open it in another program.";
    CHECK_INTERVAL6 = 250;
    LEAST_BELOW = 24;
    SCROLLED_SHARE = 0.9;
    MORE_STYLE = `position: absolute; z-index: 2; bottom: 12px; left: 50%; translate: -50% 0; padding: 0.3rem 0.9rem; min-height: 2.1rem;
  border-radius: 999px; border: 1px solid light-dark(#8fa0a6, #55686f); font: 600 0.875rem var(--st-font, sans-serif); cursor: pointer;
  color: light-dark(#17262b, #e8eef0); background: light-dark(#ffffff, #1b262a); box-shadow: 0 2px 10px #0004;`;
  }
});

// figure/text.js
function drawText(stage, figure) {
  const message = createElement("div", "message");
  message.append(createElement("strong", "", figure.reason || "This reference names no figure."));
  if (figure.why) message.append(createElement("p", "", figure.why));
  if (!figure.link) message.append(createElement("p", "", WHOM_TO_TELL));
  const text = createElement("pre", "", figure.text);
  text.tabIndex = 0;
  const row = createElement("div", "row");
  row.append(createCopyButton("Copy this text", figure.text));
  if (figure.link) row.append(createExternalLink(figure.link));
  message.append(text, row);
  stage.append(message);
}
var WHOM_TO_TELL;
var init_text = __esm({
  "figure/text.js"() {
    init_elements();
    init_text_links();
    WHOM_TO_TELL = "If it should be shown, tell the people who run the pipeline that wrote this record.";
  }
});

// figure/draw.js
function drawFigure(stage, figure, shell) {
  switch (figure.kind) {
    case "picture":
      return drawPicture(stage, figure, shell);
    case "video":
      return drawVideo(stage, figure, shell);
    case "pair":
      return drawPair(stage, figure, shell);
    case "pdf":
      return drawPdf(stage, figure, shell);
    case "chart":
      return drawChart(stage, figure, shell);
    case "text":
      return drawText(stage, figure, shell);
    case "converted":
      return drawConverted(stage, figure, shell);
    case "page":
      return drawHtmlPage(stage, figure, shell);
    case "embed":
      return drawEmbed(stage, figure, shell);
    case "excerpt":
      return drawExcerpt(stage, figure, shell);
    case "data":
      return drawDataFile(stage, figure, shell);
    default:
      throw new Error(`There is no such kind of figure: ${/** @type {Figure} */
      figure.kind}`);
  }
}
var DRAWN_BY_STREAMLIT, getStageKind;
var init_draw = __esm({
  "figure/draw.js"() {
    init_chart();
    init_converted();
    init_data_file();
    init_excerpt();
    init_frames();
    init_pair();
    init_pdf();
    init_picture();
    init_text();
    init_video();
    DRAWN_BY_STREAMLIT = /* @__PURE__ */ new Set(["pdf", "chart"]);
    getStageKind = (figure) => figure && !DRAWN_BY_STREAMLIT.has(figure.kind) ? figure.kind : "";
  }
});

// figure/keyboard.js
function isFigureKey(event, host) {
  const target = findTarget(event);
  if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"]')) return false;
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph")) return false;
  if (!target) return !isMovingKey(event.key);
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  if (isTypedIn({ fieldType, role: target.getAttribute("role") ?? "", tag: target.tagName })) return false;
  if (!isMovingKey(event.key)) return true;
  if (target.matches("input, video, summary") || event.key === " " && target.matches("button, a")) return false;
  return target === document.body || target === document.documentElement || event.composedPath().includes(host);
}
function listenForKeys(host, handle) {
  const listener = { host, handle };
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
  };
}
var listeners;
var init_keyboard = __esm({
  "figure/keyboard.js"() {
    init_event_path();
    init_keys();
    listeners = [];
    document.addEventListener("keydown", (event) => {
      const focused = listeners.find(({ host }) => event.composedPath().includes(host));
      const listener = focused ?? listeners[0];
      if (listener && isFigureKey(event, listener.host) && listener.handle(event.key, event.shiftKey)) event.preventDefault();
    });
  }
});

// figure/prefetch.js
function getPictures(figure) {
  if (!figure) return [];
  const files = figure.kind === "pair" ? [figure.left, figure.right] : figure.kind === "picture" ? [figure] : [];
  return files.filter((file) => file.kind === "picture" && !("low" in file)).map((file) => file.address);
}
function countBytes() {
  let bytes = 0;
  for (const image of held2.values())
    for (const entry of performance.getEntriesByName(image.src))
      if (entry instanceof PerformanceResourceTiming) bytes = bytes + (entry.encodedBodySize || 0);
  return bytes;
}
async function canBeShown(address2) {
  if (!address2.startsWith("/files/")) return true;
  try {
    const response = await fetch(`${address2}?ahead`, { priority: "low" });
    return response.ok && (await response.json()).shown === true;
  } catch {
    return false;
  }
}
async function prefetch(addresses) {
  for (const address2 of addresses) {
    const known = held2.get(address2);
    held2.delete(address2);
    if (known) {
      held2.set(address2, known);
      continue;
    }
    if (pending2.has(address2)) continue;
    pending2.add(address2);
    await fetchAhead(address2);
    pending2.delete(address2);
  }
}
async function fetchAhead(address2) {
  if (!await canBeShown(address2)) return;
  while (held2.size >= MOST_HELD || held2.size && countBytes() > MOST_BYTES)
    held2.delete(
      /** @type {string} */
      held2.keys().next().value
    );
  const image = new Image();
  image.decoding = "async";
  image.fetchPriority = "low";
  image.src = address2;
  held2.set(address2, image);
  try {
    await image.decode();
  } catch {
    held2.delete(address2);
  }
}
var MOST_BYTES, MOST_HELD, held2, pending2;
var init_prefetch = __esm({
  "figure/prefetch.js"() {
    MOST_BYTES = 6e7;
    MOST_HELD = 8;
    held2 = /* @__PURE__ */ new Map();
    pending2 = /* @__PURE__ */ new Set();
  }
});

// figure/tools.js
function createStep2(label, command, icon, to, follow4) {
  const link = createLink(to?.href ?? "#", `tool${to ? "" : " off"}`, void 0, () => to && follow4(to.position));
  link.append(createIcon(icon));
  link.setAttribute("aria-label", label);
  link.title = buildHint(command);
  if (!to) {
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
  }
  return link;
}
function createTabButton(address2) {
  const anchor = createElement("a", "tool");
  anchor.append(createIcon("tab"), createElement("span", "long", " New tab"));
  Object.assign(anchor, { href: address2, target: "_blank", rel: "noopener noreferrer" });
  anchor.setAttribute("aria-label", "Open this figure in a new tab");
  return anchor;
}
function createTools(data, follow4) {
  const bar2 = createElement("div", "tools");
  if (data.of > 1) {
    bar2.append(createStep2("Previous figure", "previousFigure", "previous", data.previous, follow4));
    bar2.append(createElement("span", "position", `${data.position} of ${data.of}`));
    bar2.append(createStep2("Next figure", "nextFigure", "next", data.next, follow4));
  }
  const name = createElement("span", "name", data.name);
  name.title = data.name;
  bar2.append(name);
  const end = createElement("div", "tools end");
  if (data.opens) end.append(createTabButton(data.opens));
  const full = createButton(buildHint("fullScreen"), createIcon("full"), () => setFullScreen(!isFullScreen()));
  const word = createElement("span", "long");
  full.append(word);
  function showFullScreen() {
    word.textContent = isFullScreen() ? " Leave" : " Full screen";
    full.setAttribute("aria-label", isFullScreen() ? "Leave full screen" : "Full screen");
    full.hidden = !data.shown && !isFullScreen();
  }
  showFullScreen();
  const keys = createButton(buildHint("showKeys"), "?", toggleKeyList);
  keys.classList.add("keys-button");
  end.append(full, keys);
  return { bar: bar2, end, showFullScreen };
}
var init_tools = __esm({
  "figure/tools.js"() {
    init_chord_arithmetic();
    init_elements();
    init_key_list();
    init_links();
    init_controls();
    init_full_screen();
  }
});

// figure.js
var figure_exports = {};
__export(figure_exports, {
  default: () => showFigure
});
function showFigure({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".figure");
  const view = views2.get(root) ?? new FigureView(root, parentElement.host, data, setTriggerValue);
  views2.set(root, view);
  view.update(data, setTriggerValue);
  return () => view.stop();
}
var LEAVE_DELAY, FigureView, views2;
var init_figure = __esm({
  "figure.js"() {
    init_draw();
    init_frame_layer();
    init_frame_messages();
    init_full_screen();
    init_keyboard();
    init_prefetch();
    init_stack_address();
    init_streamlit_element();
    init_tools();
    init_cards();
    init_elements();
    init_figure_pages();
    init_key_list();
    LEAVE_DELAY = 500;
    FigureView = class {
      /** The figure that is drawn, as JSON. @type {string | undefined} */
      drawn;
      /** @type {readonly KeyRow[]} */
      keyRows = [];
      /** @type {KeyHandler} */
      answerKindKey = () => false;
      /** @type {(curation: CurationData) => void} */
      updateCuration = () => {
      };
      /** @type {Cleanup | void} */
      cleanup = void 0;
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
      constructor(root, host, data, sendToServer4) {
        this.root = root;
        this.host = host;
        this.server = data;
        this.data = data;
        this.sendToServer = sendToServer4;
      }
      /**
       * Takes what the server sent, and shows it where nothing else is wanted meanwhile.
       * @param {FigureData} data
       * @param {SendToServer} sendToServer
       */
      update(data, sendToServer4) {
        this.server = data;
        this.sendToServer = sendToServer4;
        if (data.keepsFrames) {
          setMessageSender(sendToServer4);
          removeFramesOfOthers(data.record);
        }
        this.stopObserving ??= data.page ? observeWantedPage(() => this.showWanted()) : () => {
        };
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
          this.drawn = void 0;
        }
      }
      /** Whether the address of the page is that of the server's figure, and nobody has gone on to another one. */
      isOfAddress() {
        const wanted3 = getWantedPage();
        return this.server.page !== "" && (wanted3 === null || wanted3 === this.server.page);
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
        const wanted3 = getWantedPage();
        const other = this.server.page && wanted3 && wanted3 !== this.server.page ? this.findFigure(wanted3) : null;
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
        this.cleanup = void 0;
        this.answerKindKey = () => false;
        this.updateCuration = () => {
        };
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
          }
        });
      }
      drawTools() {
        const old = [...this.root.querySelectorAll(".tools")];
        const active = this.host.shadowRoot?.activeElement;
        const focused = active && old.some((bar2) => bar2.contains(active)) ? active.getAttribute("aria-label") : null;
        for (const bar2 of old) bar2.remove();
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
        this.stopObserving = void 0;
        this.cleanup?.();
        this.cleanup = void 0;
        this.drawn = void 0;
        if (this.data.keepsFrames) setMessageSender(null);
        setTimeout(() => {
          if (document.querySelector(".st-key-qc-workspace")) return;
          if (isFullScreen()) setFullScreen(false);
          if (this.data.keepsFrames) removeFramesOfOthers("");
        }, LEAVE_DELAY);
      }
    };
    views2 = /* @__PURE__ */ new WeakMap();
  }
});

// filter_chips.js
var filter_chips_exports = {};
__export(filter_chips_exports, {
  default: () => drawFilterChips
});
function drawFilterChips({ data, parentElement }) {
  const list2 = getElement(parentElement, ".chips");
  list2.replaceChildren(
    ...data.chips.map(({ text, href }) => {
      const link = createListLink(href, "", text);
      link.setAttribute("aria-label", `Remove ${text}`);
      link.append(createElement("span", "cross", "×"));
      const item = createElement("li");
      item.append(link);
      return item;
    })
  );
}
var init_filter_chips = __esm({
  "filter_chips.js"() {
    init_elements();
    init_list_answers();
  }
});

// filter_menus.js
var filter_menus_exports = {};
__export(filter_menus_exports, {
  default: () => drawFilterMenus
});
function drawFilterMenus({ data, parentElement }) {
  const root = getElement(parentElement, ".menus");
  const encoded = JSON.stringify(data);
  if (drawn3.get(root) === encoded) return;
  drawn3.set(root, encoded);
  const items = data.menus.map(
    (menu) => menu.kind === "toggle" ? createToggle(menu, data.search) : updateMenu(root, menu, data.search)
  );
  const focused = parentElement.activeElement;
  const key = focused instanceof HTMLElement ? focused.dataset.focusKey : void 0;
  for (const [index, item] of items.entries())
    if (root.children[index] !== item) {
      const old = root.children[index];
      if (old && !items.includes(
        /** @type {HTMLElement} */
        old
      )) old.replaceWith(item);
      else root.insertBefore(item, old ?? null);
    }
  while (root.children.length > items.length) root.lastElementChild?.remove();
  if (key && !parentElement.activeElement) {
    for (const element of root.querySelectorAll("[data-focus-key]"))
      if (element instanceof HTMLElement && element.dataset.focusKey === key) element.focus();
  }
}
function createToggle(menu, search2) {
  const link = createListLink(toggleParameter(search2, menu.key, menu.value), "button toggle");
  link.dataset.focusKey = menu.key;
  link.classList.toggle("chosen", menu.chosen);
  if (menu.chosen) link.setAttribute("aria-current", "true");
  link.append(createIcon(menu.icon), createElement("span", "", menu.label));
  link.append(createElement("span", "count", menu.count.toLocaleString("en")));
  const item = createElement("div", "item");
  item.append(link);
  return item;
}
function updateMenu(root, menu, search2) {
  const before = [...root.children].find((one) => one instanceof HTMLElement && one.dataset.key === menu.key);
  const item = before instanceof HTMLElement ? before : createMenu(menu.key);
  const button = getElement(item, "button");
  const chosen2 = countChosen2(menu);
  button.replaceChildren(createElement("span", "", menu.label));
  button.classList.toggle("chosen", chosen2 > 0);
  button.classList.toggle("quiet", menu.kind === "links");
  if (chosen2) button.append(createElement("span", "count", chosen2));
  button.append(createElement("span", "arrow", "▾"));
  fillPanel(getElement(item, ".panel"), menu, search2);
  return item;
}
function countChosen2(menu) {
  if (menu.kind === "values") return menu.chosen.length;
  return menu.kind === "dates" ? Number(Boolean(menu.from)) + Number(Boolean(menu.to)) : 0;
}
function createMenu(key) {
  const item = createElement("div", "item");
  item.dataset.key = key;
  const button = createElement("button", "button");
  const panel = createElement("div", "panel");
  button.type = "button";
  panel.popover = "auto";
  panel.id = `panel-${key}`;
  button.popoverTargetElement = panel;
  button.setAttribute("aria-haspopup", "true");
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("toggle", () => {
    const open2 = panel.matches(":popover-open");
    button.setAttribute("aria-expanded", String(open2));
    if (open2) placeBelow(panel, button);
  });
  item.append(button, panel);
  return item;
}
function placeBelow(panel, button) {
  const at = button.getBoundingClientRect();
  const furthest = window.innerWidth - panel.offsetWidth - MARGIN2;
  panel.style.left = `${Math.max(MARGIN2, Math.min(at.left, furthest))}px`;
  panel.style.top = `${at.bottom + 4}px`;
  panel.style.maxHeight = `${Math.max(160, window.innerHeight - at.bottom - 4 - MARGIN2)}px`;
  const field = panel.querySelector("input, a[href]");
  if (field instanceof HTMLElement) field.focus();
}
function fillPanel(panel, menu, search2) {
  const focusKey = getFocusKey(panel);
  if (menu.kind === "dates") fillDates(panel, menu, search2);
  else if (menu.kind === "values") fillValues(panel, menu, search2);
  else if (menu.kind === "choices")
    panel.replaceChildren(
      createList2(menu.choices.map(({ text, href, chosen: chosen2 }) => createChoice(text, href, chosen2, null)))
    );
  else if (menu.kind === "links")
    panel.replaceChildren(
      ...menu.groups.flatMap(({ title, links: links2 }) => [
        createElement("div", "note", title),
        createList2(links2.map(({ text, href }) => href ? createLink(href, "choice", text) : createElement("span", "choice", text)))
      ])
    );
  else {
    const links2 = menu.files.map(({ text, href }) => {
      const link = createElement("a", "choice", text);
      link.href = href;
      link.download = "";
      link.dataset.focusKey = text;
      return link;
    });
    panel.replaceChildren(createElement("div", "note", menu.title), createList2(links2));
  }
  if (focusKey && panel.matches(":popover-open") && !getFocusKey(panel)) {
    for (const element of panel.querySelectorAll("[data-focus-key]"))
      if (element instanceof HTMLElement && element.dataset.focusKey === focusKey) element.focus();
  }
}
function getFocusKey(panel) {
  const root = panel.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  return focused instanceof HTMLElement && panel.contains(focused) ? focused.dataset.focusKey : void 0;
}
function fillValues(panel, menu, search2) {
  const links2 = menu.values.map(
    ([value, count]) => createChoice(value, toggleParameter(search2, menu.key, value), menu.chosen.includes(value), count)
  );
  const list2 = createList2(links2);
  const parts = [list2];
  if (!links2.length) parts.push(createElement("div", "note", "No asset has a value."));
  if (menu.hidden)
    parts.push(createElement("div", "note", `${menu.hidden.toLocaleString("en")} more: filter to find them.`));
  const before = panel.querySelector("input");
  if (links2.length < FILTERED_FROM) panel.replaceChildren(...parts);
  else {
    const field = before ?? createSearchField(menu.label);
    const filter = () => {
      for (const item of list2.children)
        if (item instanceof HTMLElement)
          item.hidden = !item.textContent?.toLowerCase().includes(field.value.toLowerCase());
    };
    field.oninput = filter;
    for (const old of panel.querySelectorAll(":scope > :not(input)")) old.remove();
    if (!before) panel.append(field);
    panel.append(...parts);
    filter();
  }
}
function createSearchField(label) {
  const field = createElement("input");
  Object.assign(field, { type: "search", placeholder: `Find a value`, ariaLabel: `Find in ${label}` });
  field.dataset.focusKey = "search";
  return field;
}
function fillDates(panel, menu, search2) {
  const rows = (
    /** @type {const} */
    ["from", "to"].map((key) => {
      const label = createElement("label", "", key === "from" ? "Acquired from" : "until");
      const field = createElement("input");
      Object.assign(field, { type: "date", value: menu[key], max: "9999-12-31" });
      field.dataset.focusKey = key;
      field.onchange = () => {
        if (field.value === menu[key] || field.value && field.value < "1900") return;
        void openList(setParameter(search2, key, field.value));
      };
      label.append(field);
      return label;
    })
  );
  panel.replaceChildren(...rows);
}
function createList2(links2) {
  const list2 = createElement("ul");
  list2.append(
    ...links2.map((link) => {
      const item = createElement("li");
      item.append(link);
      return item;
    })
  );
  return list2;
}
function createChoice(text, href, chosen2, count) {
  const link = createListLink(href, "choice");
  link.dataset.focusKey = text;
  if (chosen2) link.setAttribute("aria-current", "true");
  link.append(createElement("span", "box", chosen2 ? "✓" : ""), createElement("span", "value", text));
  if (count !== null) link.append(createElement("span", "count", count.toLocaleString("en")));
  return link;
}
var FILTERED_FROM, MARGIN2, drawn3;
var init_filter_menus = __esm({
  "filter_menus.js"() {
    init_elements();
    init_links();
    init_list_answers();
    init_parameters();
    FILTERED_FROM = 12;
    MARGIN2 = 8;
    drawn3 = /* @__PURE__ */ new WeakMap();
  }
});

// grid/grid_arithmetic.js
function getTileVerdict(id, { stored, drafted }, pending4) {
  const was = stored[id] ?? "";
  let verdict = { status: drafted[id] || was, stored: was, isChanged: Object.hasOwn(drafted, id) };
  for (const [, command, tiles2] of pending4) {
    if (!tiles2.includes(id) || command === "reason" || command === "rest" && !isLeft2(verdict)) continue;
    const status = command === "rest" ? "Pass" : command;
    verdict = { status, stored: was, isChanged: status !== was };
  }
  return verdict;
}
function getTileReasons({ id, reasons: offered }, { reasons }, pending4) {
  let given = reasons[id] ?? [];
  for (const [, command, tiles2, number3] of pending4) {
    const reason = command === "reason" && tiles2.includes(id) && number3 ? offered[number3 - 1] : void 0;
    if (reason !== void 0) given = given.includes(reason) ? given.filter((one) => one !== reason) : [...given, reason];
  }
  return given;
}
function moveTile(command, at, count, columns) {
  const targets = { nextTile: at + 1, previousTile: at - 1, tileBelow: at + columns, tileAbove: at - columns, firstTile: 0, lastTile: count - 1 };
  const target = targets[command];
  if (target === void 0 || !count) return null;
  if (command === "tileBelow" && target >= count) {
    const isInLastRow = Math.floor(at / columns) === Math.floor((count - 1) / columns);
    return isInLastRow ? at : count - 1;
  }
  return target < 0 || target >= count ? at : target;
}
function findNextLeft2(verdicts, at) {
  for (let step3 = 1; step3 <= verdicts.length; step3 += 1) {
    const index = (at + step3) % verdicts.length;
    const verdict = verdicts[index];
    if (verdict && isLeft2(verdict) && index !== at) return index;
  }
  return -1;
}
function countVerdicts(verdicts) {
  const count = (matches) => verdicts.filter(matches).length;
  return { pass: count(({ status }) => status === "Pass"), fail: count(({ status }) => status === "Fail"), left: count(isLeft2) };
}
var isLeft2;
var init_grid_arithmetic = __esm({
  "grid/grid_arithmetic.js"() {
    isLeft2 = ({ stored, isChanged }) => stored === "Pending" && !isChanged;
  }
});

// grid/state.js
function observeGrid(observer) {
  observers9.add(observer);
  return () => observers9.delete(observer);
}
function setTiles(next) {
  const id = tiles[current2]?.id;
  tiles = next;
  current2 = Math.max(0, next.findIndex((tile) => tile.id === id));
  notify4();
}
function setServer(next, sender2) {
  server2 = next;
  sendToServer3 = sender2;
  const [of2, made] = next.steps;
  if (of2 === sitting2) pending3 = pending3.filter(([one]) => one > made);
  if (!pending3.length) clearTimeout(timer9);
  notify4();
}
function setCurrent(index) {
  if (!tiles[index]) return;
  current2 = index;
  notice3 = "";
  notify4();
}
function goToNextLeft2() {
  const index = findNextLeft2(tiles.map(({ id }) => getVerdict2(id)), current2);
  if (index < 0) return false;
  setCurrent(index);
  return true;
}
function setNotice2(text) {
  if (text === notice3) return;
  notice3 = text;
  notify4();
}
function listLeft() {
  const left2 = tiles.map(({ id }) => id).filter((id) => isLeft2(getVerdict2(id)));
  return { seen: left2.filter((id) => seen.has(id)), unseen: left2.filter((id) => !seen.has(id)) };
}
function requestGridStep(command, ids = [], reason) {
  number2 += 1;
  pending3.push(reason === void 0 ? [number2, command, ids] : [number2, command, ids, reason]);
  send2();
  notify4();
}
function send2() {
  sendToServer3?.("steps", { sitting: sitting2, steps: pending3 });
  clearTimeout(timer9);
  timer9 = setTimeout(() => pending3.length && send2(), SEND_AGAIN);
}
var SEND_AGAIN, sitting2, server2, pending3, number2, tiles, current2, seen, notice3, observers9, sendToServer3, timer9, notify4, getServer, getTiles, getCurrent, getCurrentTile, isSaving, getVerdict2, getReasons, findTile, getCounts, markSeen, getShownFor, getNotice;
var init_state = __esm({
  "grid/state.js"() {
    init_unsent();
    init_grid_arithmetic();
    SEND_AGAIN = 5e3;
    sitting2 = crypto.getRandomValues(new Uint32Array(2)).join("-");
    server2 = { stored: {}, drafted: {}, reasons: {}, changes: 0, refused: {}, refusal: "", canUndo: false, canRedo: false, steps: ["", 0] };
    pending3 = [];
    number2 = 0;
    tiles = [];
    current2 = 0;
    seen = /* @__PURE__ */ new Map();
    notice3 = "";
    observers9 = /* @__PURE__ */ new Set();
    sendToServer3 = null;
    notify4 = () => observers9.forEach((observer) => observer());
    getServer = () => server2;
    getTiles = () => tiles;
    getCurrent = () => current2;
    getCurrentTile = () => tiles[current2] ?? null;
    isSaving = () => pending3.length > 0;
    addUnsentSource(() => isSaving() && document.querySelector(".st-key-qc-grid-bar") !== null);
    getVerdict2 = (id) => getTileVerdict(id, server2, pending3);
    getReasons = (tile) => getVerdict2(tile.id).status === "Fail" ? getTileReasons(tile, server2, pending3) : [];
    findTile = (id) => tiles.find((tile) => tile.id === id);
    getCounts = () => countVerdicts(tiles.map(({ id }) => getVerdict2(id)));
    markSeen = (id) => seen.has(id) || seen.set(id, performance.now());
    getShownFor = (id) => Math.max(0, performance.now() - (seen.get(id) ?? Infinity));
    getNotice = () => notice3;
  }
});

// grid/pictures.js
function noteSeen(tile, id) {
  const image = tile.querySelector("img");
  if (tile.dataset["inView"] && (!image || image.classList.contains("loaded"))) markSeen(id);
}
function watchSeen(tiles2) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!(target instanceof HTMLElement)) continue;
        if (isIntersecting) target.dataset["inView"] = "1";
        else delete target.dataset["inView"];
        noteSeen(target, tiles2.get(target) ?? "");
      }
    },
    { threshold: 0.6, rootMargin: `0px 0px -${BAR_HEIGHT}px 0px` }
  );
  for (const tile of tiles2.keys()) observer.observe(tile);
  return () => observer.disconnect();
}
function createPicture2(tile, id, address2, note) {
  const image = Object.assign(document.createElement("img"), { alt: "", decoding: "async", draggable: false });
  image.dataset["address"] = address2;
  let tries = 2;
  image.addEventListener("load", () => {
    image.classList.add("loaded");
    noteSeen(tile, id);
  });
  image.addEventListener("error", async () => {
    tries -= 1;
    const { response, reason } = await request(address2);
    if (response && tries) {
      setTimeout(() => {
        if (image.hasAttribute("src")) image.src = address2;
      }, TRY_AGAIN);
      return;
    }
    note.textContent = "Cannot be shown";
    note.title = reason ?? "It is not a picture.";
    image.remove();
    noteSeen(tile, id);
  });
  return image;
}
function loadPictures(root) {
  const images = [...root.querySelectorAll("img")];
  const waiting4 = new Set(images);
  const inView = /* @__PURE__ */ new Set();
  const near = /* @__PURE__ */ new Set();
  const ahead = /* @__PURE__ */ new Set();
  let isEnded = false;
  function begin(image, priority) {
    if (!waiting4.delete(image)) return;
    image.fetchPriority = priority;
    image.src = image.dataset["address"] ?? "";
  }
  function loadAhead2() {
    if (isEnded || [...inView].some(isLoading)) return;
    for (const image of [...near, ...images]) {
      if (ahead.size >= AT_ONCE) return;
      if (!waiting4.has(image)) continue;
      ahead.add(image);
      begin(image, "low");
    }
  }
  function giveUp2(image) {
    if (!isLoading(image)) return;
    image.removeAttribute("src");
    ahead.delete(image);
    waiting4.add(image);
  }
  function observe(kept, margin, onEnter, onLeave) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const image = target.querySelector("img");
          if (!image) continue;
          if (isIntersecting) {
            kept.add(image);
            onEnter(image);
          } else if (kept.delete(image)) onLeave(image);
        }
        loadAhead2();
      },
      /** @type {IntersectionObserverInit} */
      { rootMargin: margin, scrollMargin: margin }
    );
    for (const tile of root.querySelectorAll(".tile")) observer.observe(tile);
    return () => observer.disconnect();
  }
  for (const image of images) {
    for (const event of ["load", "error"])
      image.addEventListener(event, () => {
        ahead.delete(image);
        loadAhead2();
      });
  }
  const endings3 = [
    observe(inView, "0px", (image) => begin(image, "high"), () => {
    }),
    observe(near, NEAR, () => {
    }, giveUp2)
  ];
  return () => {
    isEnded = true;
    endings3.forEach((end) => end());
  };
}
var AT_ONCE, NEAR, BAR_HEIGHT, TRY_AGAIN, isLoading;
var init_pictures = __esm({
  "grid/pictures.js"() {
    init_requests();
    init_state();
    AT_ONCE = 4;
    NEAR = "50% 0px";
    BAR_HEIGHT = 64;
    TRY_AGAIN = 1500;
    isLoading = (image) => image.isConnected && image.hasAttribute("src") && !image.complete;
  }
});

// grid/tile.js
function createTile(tile) {
  const element = createElement("div", "tile");
  element.setAttribute("role", "option");
  element.tabIndex = -1;
  const frame3 = createElement("span", "frame");
  const note = createElement("span", "note", tile.note);
  note.title = tile.reason;
  frame3.append(note);
  if (tile.picture) frame3.append(createPicture2(element, tile.id, tile.picture, note));
  const title = createElement("span", "title", tile.title);
  title.title = `${tile.day} · ${tile.asset}`;
  const of2 = tile.of ? [createElement("span", "of", tile.of)] : [];
  element.append(frame3, title, ...of2, createElement("span", "verdict"));
  return element;
}
function showVerdict(element, tile, verdict, reasons, refused2) {
  const state = `${verdict.status} ${verdict.isChanged} ${reasons.join("; ")} ${refused2}`;
  if (element.dataset["state"] === state) return;
  element.dataset["state"] = state;
  element.classList.remove("pass", "fail", "pending");
  if (verdict.isChanged) element.classList.add("changed", verdict.status.toLowerCase() || "pending");
  else element.classList.remove("changed");
  const words = [createStatusBadge(verdict.status)];
  const mark2 = refused2 ? "not taken" : verdict.isChanged ? reasons.join(", ") || "draft" : tile.value;
  if (mark2) words.push(createElement("span", refused2 ? "refused" : "quiet mark", mark2));
  element.querySelector(".verdict")?.replaceChildren(...words);
  element.title = refused2;
  element.setAttribute("aria-label", describeTile(tile, verdict, reasons, refused2));
}
function describeTile(tile, verdict, reasons, refused2) {
  const status = [verdict.status || "No status", ...reasons.length ? [`(${reasons.join(", ")})`] : []].join(" ");
  const what = verdict.isChanged ? `${status} in your draft, was ${verdict.stored || "without status"}` : status;
  const parts = [tile.metric, tile.day, what, tile.value && `value ${tile.value}`, tile.picture ? "" : tile.note, tile.asset];
  return [...parts, refused2 && `not taken: ${refused2}`].filter(Boolean).join(", ");
}
var init_tile = __esm({
  "grid/tile.js"() {
    init_elements();
    init_pictures();
  }
});

// grid/deciding.js
function decideTile(status, isByKey = true) {
  const tile = getCurrentTile();
  if (!tile || !mayDecide()) return false;
  if (isByKey && isTooEarly({ dwells: getHabit("dwell"), shownFor: getShownFor(tile.id) })) {
    setNotice2("Nothing was decided: the figure has not been on screen for a second.");
    return true;
  }
  isAsking2 = isByKey && waitsForReason(status, getHabit("asksReason"));
  if (status === "Fail") failed2 = tile.id;
  setNotice2(isAsking2 ? `Why? ${listReasons(tile)}; Enter opens the review, for a note; Esc goes on without one.` : "");
  requestGridStep(status, [tile.id]);
  if (!isAsking2 && leadsOn(status, getMovesOn(), isByKey)) goToNextLeft2();
  return true;
}
function askForReason(tile) {
  const isAsked = mayDecide() && tile.reasons.length > 0 && isFailed(tile) && !getReasons(tile).length;
  return isAsked ? `Why? ${listReasons(tile)}` : "";
}
function giveReason2(number3) {
  const tile = [getCurrentTile(), findTile(failed2)].find((one) => one && isFailed(one));
  if (!tile?.reasons[number3 - 1] || !mayDecide()) return false;
  requestGridStep("reason", [tile.id], number3);
  if (isAsking2) skipReason2();
  setNotice2(`Fail of ${tile.title}: ${getReasons(tile).join(", ") || "no reason"}`);
  return true;
}
function skipReason2() {
  if (!isAsking2) return false;
  isAsking2 = false;
  setNotice2("");
  if (leadsOn("Fail", getMovesOn(), true)) goToNextLeft2();
  return true;
}
function setRestDialog(ask2) {
  askAbout = ask2;
}
function passTiles() {
  const left2 = listLeft();
  if (!mayDecide() || !(left2.seen.length + left2.unseen.length)) return false;
  if (left2.unseen.length) askAbout(left2);
  else requestGridStep("rest", left2.seen);
  return true;
}
var isAsking2, failed2, mayDecide, listReasons, isFailed, askAbout;
var init_deciding2 = __esm({
  "grid/deciding.js"() {
    init_deciding_arithmetic();
    init_habits();
    init_state();
    isAsking2 = false;
    failed2 = "";
    mayDecide = () => !getServer().refusal;
    listReasons = ({ reasons }) => reasons.map((reason, index) => `⇧ ${index + 1} ${reason}`).join(", ");
    isFailed = ({ id }) => getServer().drafted[id] !== "" && getVerdict2(id).isChanged && getVerdict2(id).status === "Fail";
    askAbout = () => {
    };
  }
});

// grid/verdict_buttons.js
function createVerdictButtons() {
  if (!mayDecide()) return [];
  const tile = getCurrentTile();
  const { status } = tile ? getVerdict2(tile.id) : { status: "" };
  return VERDICTS2.map(([name, command, key]) => {
    const button = createElement("button", `verdict-button ${name.toLowerCase()}`);
    button.type = "button";
    button.title = buildHint(command);
    button.setAttribute("aria-pressed", String(status === name));
    button.append(createIcon(name), createElement("span", "", name), createElement("kbd", "", key));
    button.addEventListener("click", () => decideTile(name, false));
    return button;
  });
}
var VERDICTS2;
var init_verdict_buttons = __esm({
  "grid/verdict_buttons.js"() {
    init_elements();
    init_chord_arithmetic();
    init_deciding2();
    init_state();
    VERDICTS2 = [
      ["Pass", "passTile", "P"],
      ["Fail", "failTile", "F"],
      ["Pending", "pendingTile", "U"]
    ];
  }
});

// grid/large.js
function setLargeDialog(next, onClose) {
  dialog2 = next;
  if (!next) return;
  next.onclose = () => {
    shownId = "";
    next.replaceChildren();
    onClose();
  };
}
function toggleLarge() {
  if (!dialog2 || !getCurrentTile()) return false;
  if (dialog2.open) dialog2.close();
  else {
    dialog2.showModal();
    drawLarge();
    dialog2.focus();
  }
  return true;
}
function drawLarge() {
  const tile = getCurrentTile();
  if (!dialog2?.open || !tile) return;
  if (shownId !== tile.id) {
    shownId = tile.id;
    dialog2.replaceChildren(createElement("div", "head"), createStage(tile), createElement("div", "foot"));
    loadNeighbour();
  }
  const [head, , foot] = dialog2.children;
  const verdict = getVerdict2(tile.id);
  const facts = [tile.facts, tile.value && `value ${tile.value}`, verdict.isChanged ? "draft" : "", getReasons(tile).join(", ") || askForReason(tile)].filter(Boolean).join(" · ");
  const link = createLink(tile.href, "asset", tile.asset);
  link.title = buildHint("openTile");
  const close = createButton("Close", "✕", () => dialog2?.close());
  const place = `${getCurrent() + 1} of ${getTiles().length}`;
  head?.replaceChildren(createStatusBadge(verdict.status), createElement("strong", "", tile.metric), createElement("span", "", `${tile.day} ·`), link, createElement("span", "quiet facts", facts), createElement("span", "quiet place", place), close);
  const previous = createButton("Previous", "‹ Previous", () => setCurrent(getCurrent() - 1));
  const next = createButton("Next", "Next ›", () => setCurrent(getCurrent() + 1));
  previous.disabled = getCurrent() === 0;
  next.disabled = getCurrent() === getTiles().length - 1;
  foot?.replaceChildren(previous, ...createVerdictButtons(), next);
}
function createStage({ large, picture, reason, href, metric }) {
  const stage = createElement("div", "stage");
  if (large?.kind === "picture") {
    if (picture) stage.append(Object.assign(createElement("img", "small"), { src: picture, alt: "" }));
    const image = Object.assign(createElement("img", "whole"), { alt: metric });
    image.addEventListener("load", () => stage.classList.add("loaded"));
    image.addEventListener("error", () => stage.replaceChildren(createElement("p", "", "This picture cannot be shown in large.")));
    image.addEventListener("click", () => stage.classList.toggle("actual"));
    image.src = large.address;
    stage.append(image);
  } else if (large?.kind === "video") {
    stage.append(Object.assign(createElement("video"), { src: large.address, controls: true, muted: true }));
  } else {
    const words = createElement("p", "", `${reason} `);
    words.append(createLink(href, "asset", "Open it in the review"));
    stage.append(words);
  }
  return stage;
}
function loadNeighbour() {
  const next = getTiles()[getCurrent() + 1]?.large;
  if (next?.kind === "picture") new Image().src = next.address;
}
var dialog2, shownId, isLarge;
var init_large = __esm({
  "grid/large.js"() {
    init_controls();
    init_chord_arithmetic();
    init_elements();
    init_links();
    init_deciding2();
    init_verdict_buttons();
    init_state();
    dialog2 = null;
    shownId = "";
    isLarge = () => dialog2?.open === true;
  }
});

// grid/keyboard.js
function step2(command) {
  if (!mayDecide()) return false;
  requestGridStep(command);
  return true;
}
function openReview() {
  const tile = getCurrentTile();
  if (tile) void openPage(tile.href);
  return tile !== null;
}
function move(command) {
  const index = moveTile(command, getCurrent(), getTiles().length, isLarge() ? 1 : countColumns());
  if (index === null) return false;
  setCurrent(index);
  return true;
}
function isMeantForAnother(path) {
  const [target] = path;
  const dialog3 = path.find((node) => node instanceof HTMLDialogElement || node instanceof Element && node.getAttribute("role") === "dialog");
  if (dialog3 ? !(dialog3 instanceof HTMLDialogElement && dialog3.classList.contains("large")) : document.querySelector('[role="dialog"]')) return true;
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
  const role = target.getAttribute("role") ?? "";
  const fieldType = field && (field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase());
  return isTypedIn({ fieldType, role: role === "option" ? "" : role, tag: target.tagName });
}
function answerKey2(event) {
  const path = findPath(event);
  if (event.isComposing || event.defaultPrevented || !getTiles().length || isMeantForAnother(path)) return;
  const [target] = path;
  const isPressed2 = target instanceof Element && target.closest("button, a, summary, video") !== null;
  if (isPressed2 && (event.key === " " || event.key === "Enter")) return;
  const chord = nameChord(event, event.getModifierState("AltGraph"));
  const command = chord !== null && Object.hasOwn(COMMANDS, chord) ? COMMANDS[chord] ?? "" : "";
  const isDone = command === "tileReason" ? giveReason2(Number(chord?.slice(-1))) : ACTIONS2[command]?.() || move(command);
  if (command && isDone) event.preventDefault();
}
function startGridKeyboard(columns) {
  countColumns = columns;
  document.addEventListener("keydown", answerKey2);
  return () => document.removeEventListener("keydown", answerKey2);
}
var COMMANDS, countColumns, ACTIONS2;
var init_keyboard2 = __esm({
  "grid/keyboard.js"() {
    init_keys();
    init_chord_arithmetic();
    init_event_path();
    init_key_list();
    init_links();
    init_moving();
    init_deciding2();
    init_grid_arithmetic();
    init_large();
    init_state();
    COMMANDS = buildCommands("grid");
    countColumns = () => 1;
    ACTIONS2 = {
      passTile: () => decideTile("Pass"),
      failTile: () => decideTile("Fail"),
      pendingTile: () => decideTile("Pending"),
      passTiles: () => !isLarge() && passTiles(),
      undoGrid: () => step2("undo"),
      redoGrid: () => step2("redo"),
      nextLeftTile: goToNextLeft2,
      enlarge: toggleLarge,
      shrink: () => isLarge() ? toggleLarge() : skipReason2(),
      openTile: openReview,
      submitGrid: () => !isLarge() && clickButton(".st-key-queue-submit button"),
      showGridKeys: () => !isLarge() && toggleKeyList()
    };
  }
});

// grid.js
var grid_exports = {};
__export(grid_exports, {
  default: () => drawGrid
});
function draw3(root, tiles2) {
  const list2 = createElement("div", "tiles");
  list2.setAttribute("role", "listbox");
  list2.setAttribute("aria-label", "Metrics: arrow keys move, P, F and U decide, space shows one in large");
  const elements = tiles2.map((tile, index) => {
    const element = createTile(tile);
    let wasCurrent = false;
    element.addEventListener("pointerdown", () => {
      wasCurrent = getCurrent() === index && element.matches(":focus");
    });
    element.addEventListener("click", () => {
      if (wasCurrent) toggleLarge();
      else setCurrent(index);
    });
    element.addEventListener("focus", () => getCurrent() !== index && setCurrent(index));
    return element;
  });
  list2.append(...elements);
  root.replaceChildren(list2);
  const endings3 = [watchSeen(new Map(elements.map((element, index) => [element, tiles2[index]?.id ?? ""]))), loadPictures(list2)];
  return { text: JSON.stringify(tiles2), elements, end: () => endings3.forEach((end) => end()) };
}
function drawGrid({ data, parentElement }) {
  const root = getElement(parentElement, ".grid");
  const dialog3 = getElement(parentElement, "dialog");
  let drawing = drawings2.get(parentElement.host);
  if (drawing?.text !== JSON.stringify(data.tiles)) {
    drawing?.end();
    drawing = draw3(root, data.tiles);
    drawings2.set(parentElement.host, drawing);
  }
  const { elements } = drawing;
  let shown = -1;
  const show = () => {
    const { refused: refused2 } = getServer();
    data.tiles.forEach((tile, index) => {
      const element = elements[index];
      if (element) showVerdict(element, tile, getVerdict2(tile.id), getReasons(tile), refused2[tile.id] ?? "");
    });
    showCurrent();
    drawLarge();
  };
  const showCurrent = () => {
    const index = getCurrent();
    if (index === shown) return;
    elements[shown]?.removeAttribute("aria-selected");
    const element = elements[index];
    for (const one of elements) one.tabIndex = one === element ? 0 : -1;
    element?.setAttribute("aria-selected", "true");
    if (shown >= 0) element?.scrollIntoView({ block: "nearest", behavior: "instant" });
    if (shown >= 0 && !isLarge()) element?.focus({ preventScroll: true });
    shown = index;
  };
  const columns = () => {
    const list2 = root.querySelector(".tiles");
    return list2 ? getComputedStyle(list2).gridTemplateColumns.split(" ").length : 1;
  };
  if (dialog3 instanceof HTMLDialogElement) setLargeDialog(dialog3, () => elements[getCurrent()]?.focus({ preventScroll: true }));
  setTiles(data.tiles);
  const end = replaceObservers(root, () => [observeGrid(show), startGridKeyboard(columns)]);
  show();
  return end;
}
var drawings2;
var init_grid = __esm({
  "grid.js"() {
    init_tile();
    init_pictures();
    init_large();
    init_keyboard2();
    init_state();
    init_drawings();
    init_elements();
    drawings2 = /* @__PURE__ */ new WeakMap();
  }
});

// grid_bar.js
var grid_bar_exports = {};
__export(grid_bar_exports, {
  default: () => drawGridBar
});
function createTool(className, text, command, act) {
  const button = createButton(text, text, act);
  button.classList.add(className);
  button.title = buildHint(command);
  return button;
}
function buildAsk(dialog3) {
  return ({ seen: seen2, unseen }) => {
    const all = [...seen2, ...unseen];
    const pass = (ids) => () => {
      dialog3.close();
      requestGridStep("rest", ids);
    };
    const words = `${unseen.length} of the ${all.length} that are left ${unseen.length === 1 ? "was" : "were"} not in view yet.`;
    const buttons2 = createElement("div", "buttons");
    if (seen2.length) buttons2.append(createButton(`Pass ${seen2.length} seen`, `Pass the ${seen2.length} that I have seen`, pass(seen2)));
    buttons2.append(createButton(`Pass all ${all.length}`, `Pass all ${all.length}`, pass(all)), createButton("Cancel", "Cancel", () => dialog3.close()));
    dialog3.replaceChildren(createElement("h2", "", "Pass the rest"), createElement("p", "", words), buttons2);
    dialog3.showModal();
  };
}
function drawGridBar({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".grid-bar");
  const [ask2, keys] = [getElement(parentElement, ".ask"), getElement(parentElement, ".keys")];
  if (ask2 instanceof HTMLDialogElement) setRestDialog(buildAsk(ask2));
  if (keys instanceof HTMLDialogElement) setKeyDialog(keys, "grid");
  const counts = root.querySelector(".counts") ?? createElement("span", "counts");
  counts.setAttribute("role", "status");
  const show = () => {
    const focused = parentElement.activeElement?.className;
    root.replaceChildren(...createParts(counts));
    const again = [...root.querySelectorAll("button")].find((button) => button.className === focused);
    again?.focus({ preventScroll: true });
  };
  const end = replaceObservers(root, () => [observeGrid(show)]);
  setServer(data, setTriggerValue);
  show();
  return () => {
    end();
    setKeyDialog(null);
  };
}
function createParts(counts) {
  const tile = getCurrentTile();
  const { refused: refused2, canUndo, canRedo } = getServer();
  const here = createElement("span", "here", tile ? `${tile.title} · ${askForReason(tile) || tile.asset}` : "");
  here.title = here.textContent ?? "";
  if (getNotice()) here.textContent = getNotice();
  else if (tile && refused2[tile.id]) here.textContent = `⚠ Not taken: ${refused2[tile.id]}`;
  else if (Object.keys(refused2).length) here.textContent = `⚠ ${Object.keys(refused2).length} not taken: ${Object.values(refused2)[0]}`;
  const { pass, fail, left: left2 } = getCounts();
  counts.textContent = `${pass} Pass · ${fail} Fail · ${left2} left${isSaving() ? ", saving …" : ""}`;
  const large = createTool("enlarge", "Large", "enlarge", toggleLarge);
  const help = createTool("help", "Keys", "showGridKeys", toggleKeyList);
  if (!mayDecide()) return [here, large, counts, help];
  const { seen: seen2, unseen } = listLeft();
  const rest = createTool("rest", `Pass the rest (${seen2.length + unseen.length})`, "passTiles", passTiles);
  rest.disabled = left2 === 0;
  const undo = createTool("undo", "Undo", "undoGrid", () => requestGridStep("undo"));
  const redo = createTool("redo", "Redo", "redoGrid", () => requestGridStep("redo"));
  undo.disabled = !canUndo;
  redo.disabled = !canRedo;
  return [here, ...createVerdictButtons(), large, rest, counts, undo, redo, help];
}
var init_grid_bar = __esm({
  "grid_bar.js"() {
    init_controls();
    init_deciding2();
    init_large();
    init_verdict_buttons();
    init_state();
    init_chord_arithmetic();
    init_drawings();
    init_elements();
    init_key_list();
  }
});

// link_table.js
var link_table_exports = {};
__export(link_table_exports, {
  default: () => drawLinkTable
});
function drawLinkTable({ data, parentElement, setTriggerValue }) {
  const table = createElement("table");
  table.setAttribute("aria-label", data.label);
  table.classList.toggle("shares", data.columns.some(({ share }) => share));
  table.classList.toggle("untitled", !data.titled);
  const titles = createElement("tr");
  for (const { title, number: number3, share } of data.columns) {
    const cell = createElement("th", number3 ? "number" : "");
    cell.append(createElement("span", "title", title));
    if (share) cell.style.width = `${share}%`;
    cell.scope = "col";
    titles.append(cell);
  }
  const head = createElement("thead");
  head.append(titles);
  const body = createElement("tbody");
  body.append(...data.rows.map((cells) => createRow2(cells, data.columns, setTriggerValue)));
  table.append(head, body);
  getElement(parentElement, ".table").replaceChildren(table);
}
function createRow2(cells, columns, sendToServer4) {
  const row = createElement("tr");
  columns.forEach(({ title, number: number3 }, index) => {
    const cell = createElement("td", `${number3 ? "number" : ""} ${index ? "" : "first"}`.trim());
    cell.dataset.title = title;
    cell.append(...(cells[index] ?? []).map((part) => createPart(part, sendToServer4)));
    row.append(cell);
  });
  return row;
}
function createPart(part, sendToServer4) {
  if (part.status !== void 0 && !part.text) return createStatusBadge(part.status);
  const { href, position } = part;
  if (href && position)
    return createLink(href, "part", part.text, () => {
      blockCards();
      sendToServer4("followed", position);
    });
  if (part.href) return createLink(part.href, "part", part.text);
  return createElement("span", part.quiet ? "part note" : "part", part.text);
}
var init_link_table = __esm({
  "link_table.js"() {
    init_cards();
    init_elements();
    init_links();
  }
});

// links.js
var links_exports = {};
__export(links_exports, {
  default: () => drawLinks
});
function drawLinks({ data, parentElement }) {
  const list2 = getElement(parentElement, ".links");
  list2.classList.toggle("below-each-other", data.belowEachOther);
  const items = data.links.map(({ href, text }) => {
    const item = createElement("li");
    item.append(href ? createLink(href, "", text) : createElement("span", "", text));
    return item;
  });
  list2.replaceChildren(...items);
}
var init_links2 = __esm({
  "links.js"() {
    init_elements();
    init_links();
  }
});

// list_summary.js
var list_summary_exports = {};
__export(list_summary_exports, {
  default: () => drawSummary
});
function drawSummary({ data, parentElement }) {
  const root = getElement(parentElement, ".summary");
  return followText(root, data, ({ pending: pending4 }) => {
    root.textContent = pending4;
    root.classList.toggle("quiet", !/\d/.test(pending4));
  });
}
var init_list_summary = __esm({
  "list_summary.js"() {
    init_elements();
    init_list_answers();
  }
});

// log_in.js
var log_in_exports = {};
__export(log_in_exports, {
  default: () => drawLogIn
});
function drawLogIn({ data, parentElement }) {
  const anchor = getElement(parentElement, "a");
  if (!(anchor instanceof HTMLAnchorElement)) return;
  const updateHref = () => {
    const returnAddress = data.returnAddress || window.location.pathname + window.location.search;
    anchor.href = `/login?next=${encodeURIComponent(returnAddress)}`;
  };
  anchor.textContent = data.label;
  anchor.onpointerdown = updateHref;
  anchor.onfocus = updateHref;
  anchor.dataset.qcLink = "1";
  anchor.onclick = async (event) => {
    updateHref();
    if (opensNewTab(event)) return;
    event.preventDefault();
    if (!await waitUntilQuiet()) return;
    updateHref();
    window.location.assign(anchor.href);
  };
  updateHref();
}
var init_log_in = __esm({
  "log_in.js"() {
    init_elements();
    init_links();
  }
});

// metric_table.js
var metric_table_exports = {};
__export(metric_table_exports, {
  default: () => drawMetricTable
});
function drawMetricTable({ data, parentElement }) {
  const head = createElement("thead");
  const titles = createElement("tr");
  for (const { key, title } of data.columns) {
    const cell = createElement("th", `c-${key}`, title);
    cell.scope = "col";
    titles.append(cell);
  }
  head.append(titles);
  const table = createElement("table");
  table.append(head, ...data.groups.map((group) => createGroup(group, data.columns)));
  getElement(parentElement, ".table").replaceChildren(table);
}
function createGroup(group, columns) {
  const body = createElement("tbody");
  const row = createElement("tr", "asset");
  const heading = createElement("th");
  heading.scope = "rowgroup";
  heading.colSpan = columns.length;
  heading.append(createLink(group.href, "name", group.name), createElement("span", "facts", group.facts));
  row.append(heading);
  body.append(row, ...group.rows.map((metric) => createRow3(metric, columns)));
  return body;
}
function createRow3(metric, columns) {
  const row = createElement("tr", "metric");
  for (const { key } of columns) {
    const cell = createElement("td", `c-${key}`);
    if (key === "name") cell.append(createLink(metric.href, "", metric.name));
    else if (key === "state") {
      if (metric.draft) cell.append(createStatusBadge(metric.draft), createElement("span", "quiet", "in your draft"));
      else cell.textContent = metric.state;
    } else cell.textContent = metric[key] ?? "";
    row.append(cell);
  }
  row.addEventListener("click", (event) => {
    const isOnLink = event.target instanceof Element && event.target.closest("a");
    if (!isOnLink && !window.getSelection()?.toString()) row.querySelector("a")?.click();
  });
  return row;
}
var init_metric_table = __esm({
  "metric_table.js"() {
    init_elements();
    init_links();
  }
});

// shared/connection_dialog.js
function markDialogs() {
  const titles = document.querySelectorAll('[role="dialog"] > h2[slot="title"]');
  if (!titles.length) return;
  const isConnected2 = document.querySelector(CONNECTED) !== null;
  for (const title of titles) title.parentElement?.toggleAttribute(MARK, !isConnected2 && !title.firstElementChild);
}
function watchConnectionDialog() {
  if (isWatched) return;
  isWatched = true;
  new MutationObserver(markDialogs).observe(document.body, { childList: true });
}
var MARK, CONNECTED, isWatched;
var init_connection_dialog = __esm({
  "shared/connection_dialog.js"() {
    MARK = "data-qc-connection-error";
    CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]';
    isWatched = false;
  }
});

// shared/empty_popovers.js
function isEmpty() {
  const body = document.querySelector('[data-testid="stPopoverBody"]');
  return body !== null && !body.querySelector('[data-testid="stElementContainer"]');
}
async function openAgain(button) {
  button.click();
  await new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume)));
  if (button.isConnected && !isOpen(button)) button.click();
}
function watch(button) {
  let tries = 0;
  let lastRun = performance.now();
  watched2 = button;
  clearInterval(timer10);
  timer10 = setInterval(() => {
    if (getScriptState() !== "notRunning") lastRun = performance.now();
    if (!button.isConnected || !isOpen(button) || !isEmpty() || tries === MOST_TRIES) {
      clearInterval(timer10);
      watched2 = null;
    } else if (performance.now() - lastRun > REST_TIME3) {
      tries += 1;
      lastRun = performance.now();
      openAgain(button);
    }
  }, INTERVAL);
}
function noteClick2(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest('[data-testid="stPopoverButton"]');
  if (button instanceof HTMLElement && button !== watched2) watch(button);
}
function watchPopovers() {
  document.addEventListener("click", noteClick2);
}
var INTERVAL, REST_TIME3, MOST_TRIES, watched2, timer10, isOpen;
var init_empty_popovers = __esm({
  "shared/empty_popovers.js"() {
    init_script();
    INTERVAL = 250;
    REST_TIME3 = 1500;
    MOST_TRIES = 5;
    watched2 = null;
    isOpen = (button) => button.getAttribute("aria-expanded") === "true";
  }
});

// shared/menus.js
function closeFromOutside(details) {
  const close = (event) => {
    if (!event.composedPath().includes(details)) details.open = false;
    if (!details.open) document.removeEventListener("pointerdown", close, true);
  };
  details.addEventListener("toggle", () => {
    if (details.open) document.addEventListener("pointerdown", close, true);
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary")?.focus();
  });
}
var init_menus = __esm({
  "shared/menus.js"() {
  }
});

// navigation.js
var navigation_exports = {};
__export(navigation_exports, {
  default: () => drawNavigation
});
function followTheme() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app) return;
  const show = () => {
    document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  };
  show();
  if (followed2 === app) return;
  followed2 = app;
  new MutationObserver(show).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
}
function drawNavigation({ data, parentElement }) {
  const home = createLink(data.href, "name", data.label);
  home.title = "To the list of assets";
  const pages = data.pages.map(({ href, text, current: current3 }) => {
    const link = createLink(href, "page", text);
    if (current3) link.setAttribute("aria-current", "page");
    return link;
  });
  followTheme();
  watchPopovers();
  watchConnectionDialog();
  const root = getElement(parentElement, ".navigation");
  const menu = createElement("details", "menu");
  const summary = createElement("summary");
  const here = data.pages.find(({ current: current3 }) => current3);
  summary.append(createIcon("menu"), ...here ? [createElement("span", "here", here.text)] : []);
  summary.setAttribute("aria-label", "Pages");
  summary.title = "The other pages";
  const panel = createElement("div", "panel");
  menu.append(summary, panel);
  const fit = () => {
    const folded = window.innerWidth < ROOM_FOR_LINKS[data.folds ? "review" : "other"];
    if (folded) panel.replaceChildren(...pages);
    const heading = data.heading ? [createElement("h1", "unseen", data.heading)] : [];
    root.replaceChildren(...heading, home, ...folded ? [menu] : pages);
  };
  fit();
  closeFromOutside(menu);
  return replaceObservers(root, () => [observeSize(fit)]);
}
var ROOM_FOR_LINKS, followed2;
var init_navigation = __esm({
  "navigation.js"() {
    init_connection_dialog();
    init_drawings();
    init_elements();
    init_empty_popovers();
    init_links();
    init_menus();
    ROOM_FOR_LINKS = { review: 1800, other: 641 };
    followed2 = null;
  }
});

// pass_rest.js
var pass_rest_exports = {};
__export(pass_rest_exports, {
  default: () => drawPassRest
});
function drawPassRest({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".rest");
  const drawButton = (scope, text, hint, keys) => {
    const button = createElement("button", scope, `${text} (${keys.length})`);
    button.type = "button";
    button.title = hint;
    button.addEventListener("click", () => {
      clearSelection();
      setTriggerValue("asked", scope === "selected" ? { scope, keys } : { scope });
    });
    return button;
  };
  function show() {
    const page = findReviewPage(data.page);
    const ofFigure = listLeft2(page ? [page] : []);
    const pages = listReviewPages().filter(({ position }) => position.group === data.group);
    const ofGroup = listLeft2(pages);
    setSelectable(ofFigure.map(nameCard));
    const names = new Set(listSelected());
    const chosen2 = ofFigure.filter((key) => names.has(nameCard(key)));
    const buttons2 = [];
    if (names.size) buttons2.push(drawButton("selected", "Pass selected", buildHint("passRest"), chosen2));
    else if (ofFigure.length) buttons2.push(drawButton("figure", "Pass the rest", buildHint("passRest"), ofFigure));
    if (ofGroup.length > ofFigure.length) buttons2.push(drawButton("group", "Pass the rest of the group", buildHint("passGroup"), ofGroup));
    const active = parentElement.activeElement;
    const focused = active instanceof HTMLElement ? active.className : null;
    root.replaceChildren(...buttons2);
    const again = buttons2.find((button) => button.className === focused);
    again?.focus({ preventScroll: true });
  }
  show();
  const end = replaceObservers(root, () => [observeVerdicts(show), observeSelection(show)]);
  return () => {
    setSelectable([]);
    end();
  };
}
var listLeft2;
var init_pass_rest = __esm({
  "pass_rest.js"() {
    init_chord_arithmetic();
    init_current_card();
    init_drawings();
    init_elements();
    init_figure_pages();
    init_selection();
    init_verdicts();
    listLeft2 = (pages) => [
      ...new Set(
        pages.flatMap(({ cards: cards2 }) => cards2.map(({ key }) => key)).filter((key) => isListedUndecided(key) && isUntouched(nameCard(key)))
      )
    ];
  }
});

// prefetch.js
var prefetch_exports = {};
__export(prefetch_exports, {
  default: () => loadAhead
});
function loadAhead({ data, parentElement }) {
  const wanted3 = data.addresses.join("\n");
  if (loaded.get(parentElement) === wanted3) return;
  loaded.set(parentElement, wanted3);
  for (const address2 of data.addresses) new Image().src = address2;
}
var loaded;
var init_prefetch2 = __esm({
  "prefetch.js"() {
    loaded = /* @__PURE__ */ new WeakMap();
  }
});

// shared/header_buttons.js
function createGroupsButton() {
  const button = createElement("button", "groups");
  const label = createElement("span", "label");
  button.type = "button";
  button.append(createIcon("sidebar"), label);
  button.addEventListener("click", () => {
    setOpen(false);
    toggleDrawer();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !getDrawer().shown) return;
    event.stopPropagation();
    setDrawer({ shown: false });
  });
  const show = () => {
    const { folded, shown, label: path, returns } = getDrawer();
    button.hidden = !folded;
    label.textContent = path || "Groups";
    button.title = `Groups: ${path}`;
    button.setAttribute("aria-label", `Groups: ${path}`);
    button.setAttribute("aria-expanded", String(shown));
    if (returns) button.focus();
  };
  show();
  return [button, observeDrawer(show)];
}
function setOpen(open2) {
  document.documentElement.classList.toggle(OPEN_CLASS, open2);
  if (!drawn4) return;
  const { header, button } = drawn4;
  header.classList.toggle("open", open2);
  button.setAttribute("aria-expanded", String(open2));
  button.title = open2 ? "Less" : "More: notes, history, arrange, and who signs";
  button.setAttribute("aria-label", open2 ? "Less" : "More");
}
function createMoreButton(header) {
  const button = createElement("button", "more-button");
  button.type = "button";
  button.append(createIcon("more"));
  button.addEventListener("click", () => {
    setDrawer({ shown: false });
    setOpen(!isOpen2());
  });
  header.onkeydown = (event) => {
    if (event.key !== "Escape" || !isOpen2()) return;
    event.stopPropagation();
    setOpen(false);
    button.focus();
  };
  drawn4 = { header, button };
  setOpen(isOpen2());
  document.documentElement.classList.add(REVIEW_CLASS);
  return button;
}
function endHeader() {
  setOpen(false);
  document.documentElement.classList.remove(REVIEW_CLASS);
}
var OPEN_CLASS, REVIEW_CLASS, ELSEWHERE, drawn4, isOpen2;
var init_header_buttons = __esm({
  "shared/header_buttons.js"() {
    init_elements();
    init_tree_drawer();
    OPEN_CLASS = "qc-more-open";
    REVIEW_CLASS = "qc-in-review";
    ELSEWHERE = '.st-key-qc-workspace, [data-testid="stBottom"]';
    drawn4 = null;
    isOpen2 = () => document.documentElement.classList.contains(OPEN_CLASS);
    document.addEventListener(
      "pointerdown",
      (event) => {
        const isElsewhere = (node) => node instanceof Element && node.matches(ELSEWHERE);
        if (isOpen2() && event.composedPath().some(isElsewhere)) setOpen(false);
      },
      true
    );
  }
});

// record_header.js
var record_header_exports = {};
__export(record_header_exports, {
  default: () => drawRecordHeader
});
function drawRecordHeader({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".header");
  const wasOpen = root.querySelector("details")?.open ?? false;
  if (data.matrix) matrices.set(root, { record: data.record, matrix: data.matrix });
  const kept = matrices.get(root);
  const counts = createElement("div", "counts");
  const name = createElement("h1", "", data.name);
  name.title = data.name;
  const about = createAbout(data, wasOpen, kept?.record === data.record ? kept.matrix : null);
  about.addEventListener("toggle", () => {
    if (about.open && !wasOpen) setTriggerValue("about", true);
  });
  closeFromOutside(about);
  const [groups, endGroups] = createGroupsButton();
  root.replaceChildren(...data.count ? [groups] : [], name, about, counts, createMoreButton(root));
  const show = () => showCounts(counts, data, () => setTriggerValue("why", { group: "" }));
  show();
  const end = replaceObservers(root, () => [observeDraftCounts(show), endGroups]);
  return () => {
    end();
    endHeader();
  };
}
function showCounts(element, data, ask2) {
  const { counts: change } = getDraftCounts(data.record, "");
  const counts = addCounts(data.counts, change);
  const [left2, decided] = [countLeft(counts), countDecided(counts)];
  const without = data.count - left2 - decided;
  setLeft(left2);
  const words = createElement("span", "left", left2 || without ? `${left2} left` : `All ${decided} decided`);
  if (left2 || without) words.append(createElement("span", "of", ` of ${data.count}`));
  if (!data.count) words.textContent = "No metrics";
  const more = [...left2 || without ? [`${decided} decided`] : [], ...without ? [`${without} without status`] : []];
  if (data.count && more.length) words.append(createElement("span", "more", ` · ${more.join(" · ")}`));
  const bar2 = createElement("span", "bar");
  const done = createElement("span", "done");
  done.style.width = `${data.count ? 100 * decided / data.count : 0}%`;
  bar2.append(done);
  const status = rollUpWith(data.status, data.counts, change);
  const why = createElement("button", "why");
  why.type = "button";
  why.title = "Why this status";
  const number3 = createElement("span", "", `· ${countDecisive(status, counts)}`);
  number3.append(createElement("span", "of", ` of ${data.count}`));
  why.append(createStatusBadge(status), number3);
  why.addEventListener("click", ask2);
  const hadFocus = element.querySelector(".why:focus") !== null;
  element.replaceChildren(why, words, ...data.count ? [bar2] : []);
  element.title = `In the record: ${data.status || "no status"}, ${countLeft(data.counts)} Pending`;
  if (hadFocus) why.focus();
  if (change.some((by) => by !== 0)) {
    const stored = createElement("span", "stored", "in the record:");
    stored.append(createStatusBadge(data.status), `${countLeft(data.counts)} Pending`);
    element.append(stored);
  }
}
function createAbout(data, open2, matrix) {
  const about = createElement("details", "about");
  about.open = open2;
  const summary = createElement("summary", "", "About");
  summary.title = "Subject, project, time, modalities, and the status by stage and tag";
  const panel = createElement("div", "panel");
  const facts = createElement("div", "facts");
  for (const { text, href } of data.facts) {
    const fact = createElement("span", "", href ? null : text);
    if (href) fact.append(createLink(href, "", text));
    facts.append(fact);
  }
  panel.append(createElement("div", "full-name", data.name), facts);
  about.append(summary, panel);
  if (matrix) appendMatrix(panel, matrix);
  else if (data.count) panel.append(createElement("div", "quiet", "Counting the status by modality, stage and tag …"));
  return about;
}
function appendMatrix(panel, { stages, rows, tags }) {
  if (!rows.length) return;
  const table = createElement("table");
  table.setAttribute("aria-label", "Status by modality and stage");
  table.append(createRow4("th", "", stages.map((stage) => createElement("span", "", stage))));
  for (const [modality, cells] of rows) table.append(createRow4("td", modality, cells.map(createCell)));
  const by = createElement("div", "by");
  for (const [tag, cell] of tags) {
    const entry = createElement("span");
    entry.append(createElement("span", "name", tag), createCell(cell));
    by.append(entry);
  }
  panel.append(createElement("h2", "", "Status by modality and stage"), table);
  if (tags.length) panel.append(createElement("h2", "", "By tag"), by);
}
function createRow4(tag, title, contents) {
  const row = createElement("tr");
  row.append(createElement("th", "", title));
  for (const content of contents) {
    const cell = createElement(tag);
    cell.append(content);
    row.append(cell);
  }
  return row;
}
function createCell(cell) {
  if (!cell) return createElement("span", "quiet", "–");
  const element = cell.href ? createLink(cell.href, "cell") : createElement("span", "cell");
  element.append(createStatusBadge(cell.status), createElement("span", "quiet", cell.text));
  return element;
}
var matrices;
var init_record_header = __esm({
  "record_header.js"() {
    init_announce();
    init_changed_metrics();
    init_drawings();
    init_elements();
    init_links();
    init_menus();
    init_header_buttons();
    init_status_counts();
    matrices = /* @__PURE__ */ new WeakMap();
  }
});

// record_watch.js
var record_watch_exports = {};
__export(record_watch_exports, {
  default: () => watchRecord
});
async function fetchRevision(address2) {
  try {
    const response = await fetch(address2, { signal: AbortSignal.timeout(TIMEOUT) });
    const answer = response.ok ? await response.json() : null;
    return typeof answer?.revision === "string" ? answer.revision : null;
  } catch {
    return null;
  }
}
function watchRecord({ data, parentElement, setTriggerValue }) {
  const { host } = parentElement;
  const watch2 = watches.get(host) ?? new RecordWatch(data, setTriggerValue);
  watches.set(host, watch2);
  watch2.data = data;
  watch2.sendToServer = setTriggerValue;
  return () => {
    watch2.stop();
    watches.delete(host);
  };
}
var INTERVAL2, TIMEOUT, RecordWatch, watches;
var init_record_watch = __esm({
  "record_watch.js"() {
    INTERVAL2 = 3e4;
    TIMEOUT = 2e4;
    RecordWatch = class {
      asked = performance.now();
      /** The revision that the server last got. @type {string | null} */
      sent = null;
      /**
       * @param {RecordWatchData} data
       * @param {SendToServer} sendToServer
       */
      constructor(data, sendToServer4) {
        this.data = data;
        this.sendToServer = sendToServer4;
        this.timer = setInterval(() => this.ask(), INTERVAL2);
        this.askWhenSeen = () => this.ask();
        document.addEventListener("visibilitychange", this.askWhenSeen);
      }
      async ask() {
        if (document.visibilityState !== "visible" || performance.now() - this.asked < INTERVAL2 - 1e3) return;
        this.asked = performance.now();
        const { address: address2, revision } = this.data;
        const found = await fetchRevision(address2);
        if (found === null || found === revision || found === this.sent || address2 !== this.data.address) return;
        this.sent = found;
        this.sendToServer("changed", found);
      }
      stop() {
        clearInterval(this.timer);
        document.removeEventListener("visibilitychange", this.askWhenSeen);
      }
    };
    watches = /* @__PURE__ */ new WeakMap();
  }
});

// related_metrics.js
var related_metrics_exports = {};
__export(related_metrics_exports, {
  default: () => drawRelatedMetrics
});
function drawRelatedMetrics({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".related");
  const { count } = data;
  const details = createElement("details");
  details.open = chosenOpen.get(root) ?? count <= MAX_UNFOLDED;
  const summary = createElement("summary", "", `Also on this figure: ${count} more ${count === 1 ? "metric" : "metrics"}`);
  summary.addEventListener("click", () => {
    chosenOpen.set(root, !details.open);
  });
  details.append(summary);
  let left2 = count;
  for (const group of data.groups) {
    details.append(createElement("div", "quiet group", group.label));
    for (const metric of group.links) {
      const row = createLink(metric.href, "row", void 0, () => {
        blockCards();
        setTriggerValue("followed", metric.position);
      });
      row.append(createStatusBadge(metric.status), createElement("span", "", metric.name));
      details.append(row);
    }
    left2 -= group.links.length;
  }
  if (left2 > 0) details.append(createElement("div", "quiet", `and ${left2} more`));
  root.replaceChildren(details);
}
var MAX_UNFOLDED, chosenOpen;
var init_related_metrics = __esm({
  "related_metrics.js"() {
    init_cards();
    init_elements();
    init_links();
    MAX_UNFOLDED = 8;
    chosenOpen = /* @__PURE__ */ new WeakMap();
  }
});

// review_keys.js
var review_keys_exports = {};
__export(review_keys_exports, {
  default: () => drawReviewKeys
});
function drawReviewKeys({ parentElement, setTriggerValue }) {
  const dialog3 = getElement(parentElement, "dialog");
  if (dialog3 instanceof HTMLDialogElement) setKeyDialog(dialog3);
  setPositionSender(setTriggerValue);
  setStepSender(setTriggerValue);
  return () => {
    setKeyDialog(null);
    setPositionSender(null);
    setStepSender(null);
  };
}
var init_review_keys = __esm({
  "review_keys.js"() {
    init_elements();
    init_key_list();
    init_moving();
    init_steps();
  }
});

// sessions/shots.js
function createShot(session, isCompared) {
  const shot = createElement("button", `shot${session.this ? " this" : ""}`);
  shot.type = "button";
  shot.setAttribute("aria-pressed", String(isCompared));
  const action = session.this ? "this session" : isCompared ? "shown with this figure" : "show with this figure";
  shot.setAttribute("aria-label", `${formatDay(session.time)}, ${session.status || "no status"}, ${session.asset}: ${action}`);
  const frame3 = createElement("span", "frame");
  frame3.append(createElement("span", "kind", session.kind || "no picture"));
  if (session.picture) {
    const image = Object.assign(createElement("img"), { alt: "", loading: "lazy", decoding: "async", draggable: false });
    image.addEventListener("load", () => image.classList.add("loaded"));
    image.addEventListener("error", () => image.remove());
    image.src = session.picture;
    frame3.append(image);
  }
  const day = createElement("span", "day", session.this ? `${formatDay(session.time)} · this` : formatDay(session.time));
  shot.append(frame3, day, createStatusBadge(session.status));
  return shot;
}
function describeShot(session) {
  const facts = `${formatDay(session.time)}${session.subject ? ` · subject ${session.subject}` : ""} ·`;
  const link = createLink(session.href, "asset", session.asset);
  link.title = "Open this asset at the same metric";
  return [createStatusBadge(session.status), createElement("span", "", facts), session.this ? createElement("span", "", "this session") : link];
}
var init_shots = __esm({
  "sessions/shots.js"() {
    init_strip_arithmetic();
    init_elements();
    init_links();
  }
});

// sessions/session_arithmetic.js
function findStart(sessions, compared) {
  const chosen2 = sessions.findIndex(({ record }) => record === compared);
  if (chosen2 >= 0) return chosen2;
  const open2 = sessions.findIndex((session) => session.this);
  if (open2 > 0) return open2 - 1;
  return sessions.length > 1 && open2 === 0 ? 1 : 0;
}
var init_session_arithmetic = __esm({
  "sessions/session_arithmetic.js"() {
  }
});

// sessions.js
var sessions_exports = {};
__export(sessions_exports, {
  default: () => showSessions
});
function showSessions({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".sessions");
  const view = views3.get(root) ?? new SessionsView(root, parentElement.host, data, setTriggerValue);
  views3.set(root, view);
  view.update(data, setTriggerValue);
  return () => view.stop();
}
var ASK_AGAIN2, TYPING_PAUSE, STRIP_HEIGHT, LINE_HEIGHT, SessionsView, views3;
var init_sessions = __esm({
  "sessions.js"() {
    init_strip_arithmetic();
    init_controls();
    init_memory();
    init_requests();
    init_shots();
    init_session_arithmetic();
    init_elements();
    init_links();
    init_side_by_side();
    ASK_AGAIN2 = 700;
    TYPING_PAUSE = 400;
    STRIP_HEIGHT = 11.1;
    LINE_HEIGHT = 2.5;
    SessionsView = class {
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
      constructor(root, host, data, sendToServer4) {
        this.root = root;
        this.host = host;
        this.data = data;
        this.sendToServer = sendToServer4;
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
      update(data, sendToServer4) {
        if (data.address !== this.data.address) {
          this.answer = null;
          this.asked = "";
          this.at = -1;
        }
        this.data = data;
        this.sendToServer = sendToServer4;
        this.draw();
      }
      /** @param {boolean} open */
      setOpen(open2) {
        remember("sessions-open", open2);
        this.wantsFocus = open2;
        this.draw();
      }
      draw() {
        const open2 = this.isOpen();
        const figure = this.host.closest(".st-key-qc-figure");
        const hasLine = open2 || Boolean(this.data.compared) || !isSideBySide();
        const height = (hasLine ? LINE_HEIGHT : 0) + (open2 ? STRIP_HEIGHT : 0);
        if (figure instanceof HTMLElement) figure.style.setProperty("--qc-below", `${height}rem`);
        this.drawLine(open2);
        this.strip.hidden = !open2;
        if (!open2) {
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
      drawLine(open2) {
        const { compared, grids } = this.data;
        const scope = this.answer?.scope ?? "";
        const drawn5 = JSON.stringify([open2, compared, grids, scope]);
        if (drawn5 === this.drawn) return;
        this.drawn = drawn5;
        const active = (
          /** @type {ShadowRoot} */
          this.root.getRootNode().activeElement
        );
        const hadFocus = this.head.contains(active);
        const opener = createButton("Earlier session", `Earlier ${open2 ? "▴" : "▾"}`, () => this.setOpen(!this.isOpen()));
        opener.setAttribute("aria-expanded", String(open2));
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
        } else if (open2) this.head.append(createElement("span", "compared", scope));
        if (open2) this.head.append(...grids.map(({ text, href }) => createLink(href, "asset grid", text)));
        this.field.hidden = !open2;
        if (hadFocus) opener.focus({ preventScroll: true });
      }
      getAddress() {
        return this.data.address + (this.search ? `&search=${encodeURIComponent(this.search)}` : "");
      }
      async ask() {
        const address2 = this.getAddress();
        clearTimeout(this.timer);
        this.asked = address2;
        const { response, reason } = await request(address2);
        const answer = response ? await response.json() : null;
        if (address2 !== this.asked || !this.isOpen()) return;
        this.problem = reason ?? answer?.error ?? null;
        if (answer) this.answer = answer;
        this.at = -1;
        this.drawLine(true);
        this.drawThumbnails();
        if (answer?.reading) this.timer = window.setTimeout(() => this.ask(), ASK_AGAIN2);
      }
      drawThumbnails() {
        const sessions = this.answer?.sessions ?? [];
        const focused = this.thumbnails.contains(
          /** @type {ShadowRoot} */
          this.root.getRootNode().activeElement
        );
        if (this.at < 0 || this.at >= sessions.length) this.at = findStart(sessions, this.data.compared?.record ?? null);
        this.thumbnails.setAttribute("aria-label", `${this.data.metric} over sessions: arrow keys move, Enter shows one with this figure`);
        this.thumbnails.replaceChildren(
          ...sessions.map((session, at) => {
            const shot2 = createShot(session, session.record === this.data.compared?.record);
            shot2.tabIndex = at === this.at ? 0 : -1;
            shot2.addEventListener("click", () => this.chooseShot(session));
            shot2.addEventListener("focus", () => this.moveTo(at));
            shot2.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.showPreview(session, shot2));
            return shot2;
          })
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
        this.readout.replaceChildren(...session ? describeShot(session) : []);
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
    };
    views3 = /* @__PURE__ */ new WeakMap();
  }
});

// status_reasons.js
var status_reasons_exports = {};
__export(status_reasons_exports, {
  default: () => drawStatusReasons
});
function drawStatusReasons({ data, parentElement, setTriggerValue }) {
  const dialog3 = getElement(parentElement, "dialog");
  if (!(dialog3 instanceof HTMLDialogElement)) return;
  if (!data.number || answered.get(dialog3) === data.number) return;
  answered.set(dialog3, data.number);
  const close = createElement("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog3.close());
  const head = createElement("div", "head");
  head.append(createElement("h2", "", "Why this status"), createGroupChoice(data, setTriggerValue), close);
  const state = createElement("p", "state");
  state.append(createStatusBadge(data.status), createElement("span", "", data.summary));
  if (data.stored !== data.status) {
    const stored = createElement("span", "quiet", "In the record:");
    state.append(stored, createStatusBadge(data.stored));
  }
  dialog3.replaceChildren(head, state);
  if (data.rows.length) dialog3.append(createTable3(data.rows, dialog3, setTriggerValue));
  if (data.left_out) dialog3.append(createElement("p", "quiet", `and ${data.left_out} more`));
  if (!dialog3.open) dialog3.showModal();
}
function createGroupChoice(data, sendToServer4) {
  const choice = createElement("select");
  choice.setAttribute("aria-label", "Group");
  for (const [key, label] of data.groups) {
    const option = createElement("option", "", label);
    option.value = key;
    choice.append(option);
  }
  choice.value = data.group;
  choice.addEventListener("change", () => sendToServer4("why", { group: choice.value }));
  return choice;
}
function createTable3(rows, dialog3, sendToServer4) {
  const table = createElement("table");
  const head = createElement("tr");
  for (const title of ["Metric", "Status", "Value", "Rule or description", "Set by"]) {
    const cell = createElement("th", "", title);
    cell.scope = "col";
    head.append(cell);
  }
  const top = createElement("thead");
  top.append(head);
  const body = createElement("tbody");
  for (const row of rows) {
    const line = createElement("tr");
    const link = createLink(row.href, "metric", row.name, () => {
      dialog3.close();
      blockCards();
      sendToServer4("followed", row.position);
    });
    const name = createElement("td");
    name.append(link, createElement("div", "quiet", row.group));
    const status = createElement("td");
    status.append(createStatusBadge(row.status));
    if (row.was) status.append(createElement("div", "quiet", `draft, was ${row.was}`));
    if (row.allowed) status.append(createElement("div", "quiet", `allowed by ${row.allowed}`));
    const who = createElement("td", "", row.who || "No name recorded");
    if (row.since) who.append(createElement("div", "quiet", `since ${row.since}`));
    const rule = createElement("td", row.rule ? "rule" : "", row.rule || row.description || "–");
    line.append(name, status, createElement("td", "", row.value), rule, who);
    body.append(line);
  }
  table.append(top, body);
  const scrolled = createElement("div", "scrolled");
  scrolled.append(table);
  return scrolled;
}
var answered;
var init_status_reasons = __esm({
  "status_reasons.js"() {
    init_cards();
    init_elements();
    init_links();
    answered = /* @__PURE__ */ new WeakMap();
  }
});

// shared/tree_chips.js
function sumStates(nodes2, getState) {
  let sum = { counts: [0, 0, 0, 0], changed: 0, total: 0 };
  for (const node of nodes2) {
    const { counts, changed, total } = getState(node);
    sum = { counts: addCounts(sum.counts, counts), changed: sum.changed + changed, total: sum.total + total };
  }
  return sum;
}
function createChips(choose) {
  const element = createElement("div", "chips");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Show");
  const buttons2 = CHOICES.map(([choice, label]) => {
    const button = createElement("button", "chip");
    button.type = "button";
    button.addEventListener("click", () => choose(choice));
    const number3 = createElement("span", "number");
    const [word, ...rest] = label.split(" ");
    const further = createElement("span", "further", rest.length ? ` ${rest.join(" ")}` : "");
    button.append(word ?? "", further, " ", number3);
    element.append(button);
    return { choice, button, number: number3 };
  });
  const show = (chosen2, state) => {
    for (const { choice, button, number: number3 } of buttons2) {
      button.setAttribute("aria-pressed", String(choice === chosen2));
      number3.textContent = String(countChosen(choice, state));
    }
  };
  return { element, show };
}
var init_tree_chips = __esm({
  "shared/tree_chips.js"() {
    init_elements();
    init_status_counts();
    init_tree_filter();
  }
});

// shared/tree_counts.js
function getGroupState(node, record) {
  const { changed, counts } = getDraftCounts(record, node.key);
  return { counts: addCounts(node.counts, counts), changed, total: node.count };
}
function showCounts2(rows, getState, ask2) {
  for (const row of rows) {
    const node = nodes.get(row);
    if (!node) continue;
    const { counts, changed } = getState(node);
    const [left2, status] = [countLeft(counts), rollUpWith(node.status, node.counts, addCounts(counts, node.counts, -1))];
    const mark2 = getElement(row, ".mark");
    mark2.textContent = changed ? `● ${changed}` : "";
    mark2.title = changed ? `${changed} changed, not yet submitted` : "";
    const count = getElement(row, ".count");
    count.classList.toggle("done", !left2 && countDecided(counts) > 0);
    count.replaceChildren(left2 ? `${left2} left` : countDecided(counts) ? createIcon("tick") : "");
    const stored = `In the record: ${node.status || "no status"}, ${countLeft(node.counts)} Pending.`;
    row.title = changed ? stored : "";
    const badge = createStatusBadge(status);
    badge.title = "Why this status";
    badge.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      ask2(node.key);
    });
    getElement(row, ".status").replaceWith(badge);
    const label = `${node.label}, ${status || "no status"}, ${node.count} metrics, ${left2} left`;
    row.setAttribute("aria-label", [label, ...node.allowed ? [node.allowed] : []].join(", "));
  }
}
var nodes, setRowGroup;
var init_tree_counts = __esm({
  "shared/tree_counts.js"() {
    init_changed_metrics();
    init_elements();
    init_status_counts();
    nodes = /* @__PURE__ */ new WeakMap();
    setRowGroup = (row, node) => nodes.set(row, node);
  }
});

// tree.js
var tree_exports = {};
__export(tree_exports, {
  default: () => drawTree
});
function drawTree({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".tree");
  const state = states2.get(root) ?? createState(data);
  states2.set(root, state);
  if (data.show !== state.sentChoice) state.choice = state.sentChoice = data.show;
  const active = parentElement.activeElement;
  const focused = active instanceof HTMLElement ? active.dataset.key : void 0;
  const caret = active instanceof HTMLInputElement && active.matches(".filter") ? active.selectionStart : null;
  const open2 = () => getOpenGroup() ?? data;
  setFigureList(data.figures, data.address);
  noteOpened(state, open2().selected);
  const fit = () => {
    const { path, wide } = open2();
    const folded = wide || window.innerWidth < DRAWER_BELOW;
    root.classList.toggle("narrow", folded);
    setDrawer({ folded, label: path });
  };
  const showDrawer = () => root.classList.toggle("shown", getDrawer().shown);
  const list2 = createElement("ul");
  list2.setAttribute("role", "tree");
  list2.setAttribute("aria-label", "Groups of metrics");
  const ask2 = (group) => setTriggerValue("why", { group });
  const getState = (node) => getGroupState(node, data.record);
  const chips = createChips((choice) => {
    if (choice === state.choice) return;
    state.choice = choice;
    setTriggerValue("show", choice);
    drawList();
  });
  const drawList = () => {
    list2.replaceChildren();
    for (const node of data.nodes) appendItem(list2, node, 0, state, { sendToServer: setTriggerValue, getState });
    if (!list2.children.length) list2.append(createElement("li", "empty", EMPTY[state.filter ? "" : state.choice]));
    const rows = getRows(list2);
    (rows.find((row) => row.dataset.key === (focused ?? state.selected)) ?? rows[0])?.setAttribute("tabindex", "0");
    markOpened(list2, state);
    showAll();
  };
  const showAll = () => {
    showCounts2(getRows(list2), getState, ask2);
    chips.show(state.choice, sumStates(data.nodes, getState));
  };
  list2.addEventListener("keydown", (event) => answerKey3(event, list2));
  const filter = createFilter(state, drawList);
  const head = createElement("div", "head");
  head.append(createTreeButton(), filter);
  drawList();
  const legend = createElement("div", "legend");
  legend.append(createElement("span", "", "Left"), createElement("span", "status-column", "Status"));
  const body = createElement("div", "body");
  body.append(head, chips.element, ...createHiddenLine(data), legend, list2, createTreeEdge());
  root.replaceChildren(body);
  applySize();
  fit();
  showDrawer();
  if (focused) getRows(list2).find((row) => row.dataset.key === focused)?.focus();
  if (caret !== null) {
    filter.focus({ preventScroll: true });
    filter.setSelectionRange(caret, caret);
  }
  root.onkeydown = closeByEscape;
  return replaceObservers(root, () => [
    observeSize(fit),
    observeDraftCounts(showAll),
    observeDrawer(showDrawer),
    closeFromOutside2(root),
    observeOpenGroup(() => {
      const moved = noteOpened(state, open2().selected);
      markOpened(list2, state);
      if (moved) expandWay(list2, state);
      fit();
    })
  ]);
}
function createHiddenLine({ hidden, whole, nodes: nodes2 }) {
  if (!hidden) return [];
  const line = createElement("div", "hidden");
  const shown = nodes2.reduce((sum, { count }) => sum + count, 0);
  line.append(`${shown} of ${shown + hidden} metrics · ${hidden} hidden `, createLink(whole, "", "Show all"));
  return [line];
}
function noteOpened(state, key) {
  if (state.selected === key) return false;
  state.selected = key;
  setDrawer({ shown: false });
  for (const step3 of listWay(key)) state.opened.set(step3, true);
  return true;
}
function expandWay(list2, state) {
  const way = new Set(listWay(state.selected ?? ""));
  for (const row of getRows(list2)) if (way.has(row.dataset.key ?? "")) expanders.get(row)?.(true);
}
function markOpened(list2, state) {
  for (const row of getRows(list2)) {
    const key = row.dataset.key ?? "";
    row.classList.toggle("selected", key === state.selected);
    if (key === state.selected) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
function closeByEscape(event) {
  if (event.key !== "Escape" || !getDrawer().shown) return;
  event.stopPropagation();
  setDrawer({ shown: false, returns: true });
}
function closeFromOutside2(root) {
  const close = (event) => {
    const path = event.composedPath();
    if (path.includes(root) || path.some((node) => node instanceof Element && node.matches(".st-key-qc-top"))) return;
    setDrawer({ shown: false });
  };
  document.addEventListener("pointerdown", close, true);
  return () => document.removeEventListener("pointerdown", close, true);
}
function createFilter(state, drawList) {
  const filter = createElement("input", "filter");
  Object.assign(filter, { type: "search", placeholder: "Filter", value: state.filter });
  filter.setAttribute("aria-label", FILTER_LABEL);
  filter.addEventListener("input", () => {
    state.filter = filter.value.trim();
    drawList();
  });
  return filter;
}
function appendItem(list2, node, depth, state, context, above = { path: "", isFound: false }) {
  const filter = { text: state.filter, choice: state.choice };
  const isOpen3 = !state.filter && listWay(state.selected ?? "").includes(node.key);
  if (isOpen3 || matchesFilter(node, filter, context.getState, above.isFound))
    list2.append(createItem(node, depth, state, context, above));
}
function createItem(node, depth, state, context, above) {
  const item = createElement("li");
  item.setAttribute("role", "none");
  const path = above.path ? `${above.path} / ${node.label}` : node.label;
  const row = createLink(node.href, "row", void 0, () => {
    blockCards();
    setOpenGroup({ selected: node.key, path, status: node.status, wide: getOpenGroup()?.wide ?? false });
    const first = getPages(node.key)[0];
    setWantedPage(first ? namePage(first.position) : null);
    context.sendToServer("followed", { group: node.key });
  });
  row.style.setProperty("--depth", String(depth));
  row.dataset.key = node.key;
  row.setAttribute("role", "treeitem");
  row.setAttribute("aria-level", String(depth + 1));
  row.tabIndex = -1;
  row.append(createElement("span", "toggle"), createElement("span", "label", node.label));
  row.append(createElement("span", "mark"), createElement("span", "count"), createStatusBadge(node.status));
  setRowGroup(row, node);
  item.append(row);
  if (node.allowed) {
    const allowed = createElement("div", "allowed", node.allowed);
    allowed.style.setProperty("--depth", String(depth));
    item.append(allowed);
  }
  if (!node.children.length) return item;
  const group = createElement("ul");
  group.setAttribute("role", "group");
  const expand = (open2) => {
    group.hidden = !open2;
    row.setAttribute("aria-expanded", String(open2));
  };
  expand(state.filter || state.choice ? true : state.opened.get(node.key) ?? false);
  const isFound = above.isFound || node.search.includes(state.filter.toLowerCase());
  for (const child of node.children) appendItem(group, child, depth + 1, state, context, { path, isFound });
  item.append(group);
  const choose = (open2) => {
    state.opened.set(node.key, open2);
    expand(open2);
  };
  expanders.set(row, choose);
  row.addEventListener(
    "click",
    (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(".status")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      choose(Boolean(group.hidden));
    },
    { capture: true }
  );
  return item;
}
function answerKey3(event, list2) {
  const rows = getRows(list2).filter((row) => row.offsetParent !== null);
  const at = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  const current3 = rows[at];
  if (!current3) return;
  const answer = resolveTreeKey(event.key, at, rows.length);
  const expand = expanders.get(current3);
  if (typeof answer === "number") {
    const next = rows[answer] ?? current3;
    current3.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  } else if (answer && expand) expand(answer === "open");
  else return;
  event.preventDefault();
}
var DRAWER_BELOW, FILTER_LABEL, EMPTY, states2, expanders, createState, getRows;
var init_tree = __esm({
  "tree.js"() {
    init_cards();
    init_changed_metrics();
    init_drawings();
    init_elements();
    init_figure_pages();
    init_links();
    init_open_group();
    init_tree_chips();
    init_tree_counts();
    init_tree_drawer();
    init_tree_size();
    init_tree_filter();
    DRAWER_BELOW = 1200;
    FILTER_LABEL = "Filter groups and metrics";
    EMPTY = {
      "": "No group or metric matches this filter.",
      left: "Nothing is left to decide.",
      fail: "No metric is Fail.",
      changed: "You changed nothing that is not submitted."
    };
    states2 = /* @__PURE__ */ new WeakMap();
    expanders = /* @__PURE__ */ new WeakMap();
    createState = ({ show }) => ({ opened: /* @__PURE__ */ new Map(), filter: "", selected: null, choice: show, sentChoice: show });
    getRows = (list2) => [...list2.querySelectorAll("a.row")].filter((row) => row instanceof HTMLElement);
  }
});

// typed_name.js
var typed_name_exports = {};
__export(typed_name_exports, {
  default: () => drawTypedName
});
function drawTypedName({ data, parentElement }) {
  const form = getElement(parentElement, "form");
  const field = createElement("input");
  Object.assign(field, { type: "text", value: data.name, maxLength: 100, autocomplete: "name" });
  const label = createElement("label", "", "Your name");
  label.append(field);
  form.replaceChildren(label, createElement("button", "", "Sign with this name"));
  form.onsubmit = (event) => {
    event.preventDefault();
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    const name = encodeURIComponent(field.value.trim());
    document.cookie = `${data.cookie}=${name}; Path=/; Max-Age=${ONE_YEAR}; SameSite=Strict${secure}`;
    window.location.reload();
  };
}
var ONE_YEAR;
var init_typed_name = __esm({
  "typed_name.js"() {
    init_elements();
    ONE_YEAR = 31536e3;
  }
});

// shared/unit_edits.js
function listLabels(categories) {
  return categories.flatMap(({ name, options }) => options.map((label) => ({ category: name, label })));
}
function findUnitCommand(key, categories) {
  const command = Object.hasOwn(COMMANDS2, key) ? COMMANDS2[key] : void 0;
  if (command === "label") {
    const chosen2 = listLabels(categories)[Number(key) - 1];
    return chosen2 ? { does: "label", ...chosen2 } : null;
  }
  return command === void 0 ? null : { does: (
    /** @type {UnitCommand} */
    command
  ) };
}
function applyUnitEdit(units, categories, edit) {
  const named = new Set(edit.units);
  const chosen2 = units.filter(({ name }) => named.has(name));
  const change = (how) => changeUnits(units, named, how);
  switch (edit.kind) {
    case "label": {
      const category = categories.find(({ name }) => name === edit.category);
      if (!category) return units;
      const hasAll = chosen2.every(({ labels }) => labels[category.name]?.includes(edit.label));
      return change((unit) => {
        const others = category.exclusive ? [] : unit.labels[category.name] ?? [];
        const kept = others.filter((label) => label !== edit.label);
        return { ...unit, labels: { ...unit.labels, [category.name]: hasAll ? kept : [...kept, edit.label] } };
      });
    }
    case "merge": {
      if (chosen2.length < 2) return units;
      const joined = new Set(chosen2.map(({ merge }) => merge).filter((merge) => merge !== null));
      const number3 = 1 + Math.max(0, ...units.map(({ merge }) => merge ?? 0));
      return units.map(
        (unit) => named.has(unit.name) || unit.merge !== null && joined.has(unit.merge) ? { ...unit, merge: number3 } : unit
      );
    }
    case "unmerge": {
      const left2 = change((unit) => ({ ...unit, merge: null }));
      const sizes = /* @__PURE__ */ new Map();
      for (const { merge } of left2) if (merge !== null) sizes.set(merge, (sizes.get(merge) ?? 0) + 1);
      const alone = new Set(left2.filter(({ merge }) => merge !== null && sizes.get(merge) === 1).map(({ name }) => name));
      return changeUnits(left2, alone, (unit) => ({ ...unit, merge: null }));
    }
    case "remove":
    case "restore":
      return change((unit) => ({ ...unit, removed: edit.kind === "remove" }));
  }
}
var COMMANDS2, changeUnits;
var init_unit_edits = __esm({
  "shared/unit_edits.js"() {
    init_chord_arithmetic();
    COMMANDS2 = buildCommands("units");
    changeUnits = (units, named, how) => units.map((unit) => named.has(unit.name) ? how(unit) : unit);
  }
});

// unit_list.js
var unit_list_exports = {};
__export(unit_list_exports, {
  default: () => showUnits
});
function describeUnit(unit) {
  const labels = Object.values(unit.labels).flat().join(", ");
  const merge = unit.merge === null ? "" : `merge ${unit.merge}`;
  return [labels, merge, unit.removed ? "removed" : ""];
}
function showUnits({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".unit-list");
  const list2 = lists.get(root) ?? new UnitList(root, data);
  lists.set(root, list2);
  list2.update(data, setTriggerValue);
}
var SEND_DELAY, RESEND_DELAY, HELP, UnitList, lists;
var init_unit_list = __esm({
  "unit_list.js"() {
    init_elements();
    init_unit_edits();
    SEND_DELAY = 250;
    RESEND_DELAY = 5e3;
    HELP = "J next · K previous · 1–9 label · Space mark · M merge the marked · U take out of its merge · X remove";
    UnitList = class {
      /** @type {CuratedUnit[]} */
      units = [];
      /** Actions that the server has not confirmed. @type {UnitEdit[]} */
      pending = [];
      #number = 0;
      #sitting = crypto.getRandomValues(new Uint32Array(2)).join("-");
      #current = 0;
      /** @type {Set<string>} */
      #marked = /* @__PURE__ */ new Set();
      /** @type {HTMLElement[]} */
      #rows = [];
      #timer = 0;
      #shown = "";
      /**
       * @param {HTMLElement} root
       * @param {UnitListData} data
       */
      constructor(root, data) {
        this.root = root;
        this.data = data;
        this.sendToServer = () => {
        };
        this.buttons = createElement("div", "actions");
        this.list = createElement("div", "units");
        this.summary = createElement("p", "summary");
        this.list.tabIndex = 0;
        this.list.setAttribute("role", "listbox");
        this.list.setAttribute("aria-multiselectable", "true");
        this.summary.setAttribute("role", "status");
        root.replaceChildren(this.buttons, this.list, createElement("p", "help", HELP), this.summary);
        root.addEventListener("keydown", (event) => this.#answerKey(event));
        this.list.addEventListener("click", (event) => {
          const row = event.composedPath().find((node) => node instanceof HTMLElement && node.role === "option");
          if (!(row instanceof HTMLElement)) return;
          this.#moveTo(this.#rows.indexOf(row));
          if (event.ctrlKey || event.metaKey || event.shiftKey) this.#mark();
        });
      }
      /**
       * @param {UnitListData} data
       * @param {SendToServer} sendToServer
       */
      update(data, sendToServer4) {
        this.data = data;
        this.sendToServer = sendToServer4;
        if (data.sitting === this.#sitting) this.pending = this.pending.filter(({ number: number3 }) => number3 > data.confirmed);
        this.units = this.pending.reduce((units, edit) => applyUnitEdit(units, data.categories, edit), data.units);
        this.list.setAttribute("aria-label", data.label);
        this.#current = Math.min(this.#current, Math.max(0, this.units.length - 1));
        this.#draw();
      }
      /** @param {KeyboardEvent} event */
      #answerKey(event) {
        const target = event.composedPath()[0];
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (target instanceof HTMLButtonElement && [" ", "Enter"].includes(event.key)) return;
        const command = findUnitCommand(event.key, this.data.categories);
        if (!command) return;
        event.preventDefault();
        event.stopPropagation();
        switch (command.does) {
          case "next":
            return this.#moveTo(this.#current + 1);
          case "previous":
            return this.#moveTo(this.#current - 1);
          case "first":
            return this.#moveTo(0);
          case "last":
            return this.#moveTo(this.units.length - 1);
          case "mark":
            return this.#mark();
          case "label":
            return this.#edit("label", command.category, command.label);
          case "remove":
            return this.#remove();
          default:
            return this.#edit(command.does);
        }
      }
      /** @param {number} index */
      #moveTo(index) {
        this.#current = Math.min(Math.max(index, 0), Math.max(0, this.units.length - 1));
        this.#draw();
        this.#rows[this.#current]?.scrollIntoView({ block: "nearest" });
      }
      #mark() {
        const unit = this.units[this.#current];
        if (!unit) return;
        if (!this.#marked.delete(unit.name)) this.#marked.add(unit.name);
        this.#draw();
      }
      /** The marked units, or the current one; for a merge the current one is one of them. @param {UnitEdit["kind"]} kind */
      #getUnits(kind) {
        const current3 = this.units[this.#current]?.name;
        const marked = this.units.map(({ name }) => name).filter((name) => this.#marked.has(name));
        if (!marked.length || kind === "merge") return [.../* @__PURE__ */ new Set([...marked, ...current3 === void 0 ? [] : [current3]])];
        return marked;
      }
      #remove() {
        const units = new Set(this.#getUnits("remove"));
        const isRemoved = this.units.filter(({ name }) => units.has(name)).every(({ removed }) => removed);
        this.#edit(isRemoved ? "restore" : "remove");
      }
      /**
       * @param {UnitEdit["kind"]} kind
       * @param {string} [category]
       * @param {string} [label]
       */
      #edit(kind, category = "", label = "") {
        const units = this.#getUnits(kind);
        if (!units.length || kind === "merge" && units.length < 2) return;
        const edit = { number: ++this.#number, kind, units, category, label };
        this.pending.push(edit);
        this.units = applyUnitEdit(this.units, this.data.categories, edit);
        if (kind === "merge") this.#marked.clear();
        this.#draw();
        this.#schedule(SEND_DELAY);
      }
      /** @param {number} delay */
      #schedule(delay) {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => {
          if (!this.pending.length) return;
          this.sendToServer("edited", { sitting: this.#sitting, edits: this.pending });
          this.#schedule(RESEND_DELAY);
        }, delay);
      }
      #draw() {
        this.#drawButtons();
        while (this.#rows.length > this.units.length) this.#rows.pop()?.remove();
        this.units.forEach((unit, index) => {
          const row = this.#rows[index] ?? this.#addRow(index);
          const isMarked = this.#marked.has(unit.name);
          const state = JSON.stringify([unit, isMarked]);
          if (row.dataset.state !== state) {
            row.dataset.state = state;
            const [labels, merge, removed] = describeUnit(unit);
            row.replaceChildren(
              createElement("span", "mark", isMarked ? "☑" : "☐"),
              createElement("strong", "", unit.name),
              createElement("span", "labels", labels),
              createElement("span", "quiet", [merge, removed].filter(Boolean).join(" · "))
            );
            row.setAttribute("aria-selected", String(isMarked));
            row.classList.toggle("removed", unit.removed);
          }
          row.classList.toggle("current", index === this.#current);
        });
        const current3 = this.#rows[this.#current];
        if (current3) this.list.setAttribute("aria-activedescendant", current3.id);
        this.#drawSummary();
      }
      /** @param {number} index */
      #addRow(index) {
        const row = createElement("div", "unit");
        row.role = "option";
        row.id = `unit-${index}`;
        this.#rows.push(row);
        this.list.append(row);
        return row;
      }
      #drawButtons() {
        const unit = this.units[this.#current];
        const labels = listLabels(this.data.categories).map(({ category, label }, index) => ({
          text: index < 9 ? `${index + 1} ${label}` : label,
          isOn: Boolean(unit?.labels[category]?.includes(label)),
          act: () => this.#edit("label", category, label)
        }));
        const marked = this.#marked.size;
        const actions = [
          ...labels,
          { text: marked ? `M Merge ${new Set(this.#getUnits("merge")).size}` : "M Merge", isOn: null, act: () => this.#edit("merge") },
          { text: "U Unmerge", isOn: null, act: () => this.#edit("unmerge") },
          ...this.data.removes ? [{ text: "X Remove", isOn: Boolean(unit?.removed), act: () => this.#remove() }] : []
        ];
        const shown = JSON.stringify(actions.map(({ text, isOn }) => [text, isOn]));
        if (shown === this.#shown) return;
        this.#shown = shown;
        const active = this.root.getRootNode();
        const focused = active instanceof ShadowRoot ? [...this.buttons.children].indexOf(active.activeElement ?? this.list) : -1;
        this.buttons.replaceChildren(
          ...actions.map(({ text, isOn, act }) => {
            const button = createElement("button", "tool", text);
            button.type = "button";
            if (isOn !== null) button.setAttribute("aria-pressed", String(isOn));
            button.addEventListener("click", act);
            return button;
          })
        );
        const again = this.buttons.children[focused];
        if (again instanceof HTMLElement) again.focus({ preventScroll: true });
      }
      #drawSummary() {
        const labelled = this.units.filter(({ labels }) => Object.values(labels).flat().length).length;
        const merges = new Set(this.units.map(({ merge }) => merge).filter((merge) => merge !== null)).size;
        const parts = [`${labelled.toLocaleString("en")} of ${this.units.length.toLocaleString("en")} labelled`];
        if (merges) parts.push(`${merges} merge${merges > 1 ? "s" : ""}`);
        if (this.#marked.size) parts.push(`${this.#marked.size} marked`);
        if (this.pending.length) parts.push("not kept yet");
        const text = parts.join(" · ");
        if (this.summary.textContent !== text) this.summary.textContent = text;
      }
    };
    lists = /* @__PURE__ */ new WeakMap();
  }
});

// verdicts.js
var verdicts_exports = {};
__export(verdicts_exports, {
  default: () => drawVerdicts
});
function setLabel(label) {
  const next = label && [
    ".st-key-qc-bar > .st-key-verdicts { position: static; flex: 1 1 0; width: auto !important; height: auto; overflow: visible; }",
    ".st-key-qc-bar > .st-key-verdicts + .stElementContainer { display: none; }",
    ".st-key-review-and-submit button p { font-size: 0; }",
    `.st-key-review-and-submit button p::after { content: ${JSON.stringify(label)}; font-size: 0.875rem; }`
  ].join("\n");
  if (next === styles2) return;
  styles2 = next;
  sheet3.replaceSync(styles2);
}
function interceptSubmit(event) {
  const button = event.target instanceof Element ? event.target.closest(".st-key-review-and-submit button") : null;
  const limit = getSubmitLimit();
  if (!(button instanceof HTMLButtonElement) || button.disabled || !submitAtOnce || getVerdicts().number > limit) return;
  event.preventDefault();
  event.stopPropagation();
  submitAtOnce(limit);
}
function drawVerdicts({ data, parentElement, setTriggerValue }) {
  const root = getElement(parentElement, ".words");
  const show = () => {
    const { isWaiting, number: number3, takenBack: takenBack2, notice: notice4 } = getVerdicts();
    const isOwn = isWaiting || takenBack2 !== "" || notice4 !== "";
    setLabel(isOwn ? number3 ? `Review and submit (${number3})` : "Review and submit" : "");
    const changes = number3 === 1 ? "1 change" : number3 ? `${number3} changes` : "No changes";
    const words = takenBack2 ? `Taken back: ${takenBack2} ` : notice4 ? `${notice4} ` : "";
    root.replaceChildren(createElement("span", "", words + (isWaiting ? `${changes}, saving …` : changes)));
  };
  if (sentFor !== data.record) {
    sentFor = data.record;
    const left2 = takeLeftVerdicts(data.record);
    if (left2.length) setTriggerValue("again", left2);
  }
  clearTimeout(saveTimer);
  save2 = data.waits ? () => void setTriggerValue("save", true) : () => {
  };
  if (data.waits) saveTimer = setTimeout(save2, SAVE_DELAY2);
  submitAtOnce = (limit) => void setTriggerValue("submit", limit);
  const end = replaceObservers(root, () => [observeVerdicts(show)]);
  setServerVerdicts(data);
  if (data.stated && stated !== null && (data.stated !== stated || data.wentTo[0] > wentTo)) announce(data.stated);
  stated = data.stated;
  if (data.wentTo[0] > wentTo) setWantedClass(data.wentTo[1]);
  wentTo = data.wentTo[0];
  confirmSteps(...data.steps);
  show();
  return () => {
    clearTimeout(saveTimer);
    save2 = () => {
    };
    submitAtOnce = null;
    end();
  };
}
var SAVE_DELAY2, sentFor, wentTo, stated, saveTimer, save2, sheet3, styles2, submitAtOnce;
var init_verdicts2 = __esm({
  "verdicts.js"() {
    init_drawings();
    init_announce();
    init_elements();
    init_current_card();
    init_habits();
    init_steps();
    init_verdicts();
    SAVE_DELAY2 = 700;
    sentFor = "";
    wentTo = 0;
    stated = null;
    save2 = () => {
    };
    sheet3 = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet3);
    styles2 = "";
    submitAtOnce = null;
    document.addEventListener("click", interceptSubmit, true);
    addEventListener("pagehide", () => save2());
  }
});

// shared/press.js
var LONGEST_PRESS = 500;
var TOUCH_CLICK = 50;
var pressed = [];
var waiting = /* @__PURE__ */ new Map();
var timer = 0;
function release() {
  clearTimeout(timer);
  pressed = [];
  const drawings3 = [...waiting.values()];
  waiting.clear();
  for (const draw4 of drawings3) draw4();
}
function notePress(event) {
  release();
  pressed = event.composedPath();
  timer = window.setTimeout(release, LONGEST_PRESS);
}
function noteRelease(event) {
  clearTimeout(timer);
  timer = window.setTimeout(release, event.pointerType === "mouse" ? 0 : TOUCH_CLICK);
}
document.addEventListener("pointerdown", notePress, true);
document.addEventListener("pointerup", noteRelease, true);
document.addEventListener("pointercancel", noteRelease, true);
function drawUnpressed(part, draw4) {
  waiting.delete(part);
  if (!pressed.includes(part)) {
    draw4();
    return () => {
    };
  }
  waiting.set(part, draw4);
  return () => {
    if (waiting.get(part) === draw4) waiting.delete(part);
  };
}

// load.js
var TRIES = 3;
var PAUSE = 1e3;
var sheets = /* @__PURE__ */ new Map();
var endings = /* @__PURE__ */ new WeakMap();
async function retry(attempt, tries = TRIES) {
  try {
    return await attempt();
  } catch (error) {
    if (tries === 1) throw error;
    await new Promise((resume) => setTimeout(resume, PAUSE));
    return retry(attempt, tries - 1);
  }
}
var texts;
async function loadSheet(name) {
  texts ??= retry(async () => (await import(new URL("./styles.js", import.meta.url).href)).default);
  const text = (await texts)[name] ?? "";
  const sheet4 = sheets.get(name) ?? new CSSStyleSheet();
  if (!sheets.has(name)) sheet4.replaceSync(text);
  sheets.set(name, sheet4);
  return sheet4;
}
var importModule = (name) => import(new URL(`./${name}.js`, import.meta.url).href);
async function loadComponent(name, styles3, importComponent = importModule) {
  const module = retry(() => importComponent(name));
  const adopted = await Promise.all(styles3.map(loadSheet));
  const draw4 = (await module).default;
  return (component) => {
    const root = component.parentElement;
    const missing = adopted.filter((sheet4) => !root.adoptedStyleSheets.includes(sheet4));
    if (missing.length) root.adoptedStyleSheets.push(...missing);
    const cancel = drawUnpressed(root, () => endings.set(root, draw4(component)));
    return () => {
      cancel();
      endings.get(root)?.();
    };
  };
}

// <stdin>
var modules = {
  asset_steps: () => Promise.resolve().then(() => (init_asset_steps(), asset_steps_exports)),
  asset_table: () => Promise.resolve().then(() => (init_asset_table(), asset_table_exports)),
  cards_start: () => Promise.resolve().then(() => (init_cards_start(), cards_start_exports)),
  chart_links: () => Promise.resolve().then(() => (init_chart_links(), chart_links_exports)),
  comparison: () => Promise.resolve().then(() => (init_comparison(), comparison_exports)),
  comparison_switch: () => Promise.resolve().then(() => (init_comparison_switch(), comparison_switch_exports)),
  dialog_focus: () => Promise.resolve().then(() => (init_dialog_focus(), dialog_focus_exports)),
  figure: () => Promise.resolve().then(() => (init_figure(), figure_exports)),
  filter_chips: () => Promise.resolve().then(() => (init_filter_chips(), filter_chips_exports)),
  filter_menus: () => Promise.resolve().then(() => (init_filter_menus(), filter_menus_exports)),
  grid: () => Promise.resolve().then(() => (init_grid(), grid_exports)),
  grid_bar: () => Promise.resolve().then(() => (init_grid_bar(), grid_bar_exports)),
  link_table: () => Promise.resolve().then(() => (init_link_table(), link_table_exports)),
  links: () => Promise.resolve().then(() => (init_links2(), links_exports)),
  list_summary: () => Promise.resolve().then(() => (init_list_summary(), list_summary_exports)),
  log_in: () => Promise.resolve().then(() => (init_log_in(), log_in_exports)),
  metric_table: () => Promise.resolve().then(() => (init_metric_table(), metric_table_exports)),
  navigation: () => Promise.resolve().then(() => (init_navigation(), navigation_exports)),
  pass_rest: () => Promise.resolve().then(() => (init_pass_rest(), pass_rest_exports)),
  prefetch: () => Promise.resolve().then(() => (init_prefetch2(), prefetch_exports)),
  record_header: () => Promise.resolve().then(() => (init_record_header(), record_header_exports)),
  record_watch: () => Promise.resolve().then(() => (init_record_watch(), record_watch_exports)),
  related_metrics: () => Promise.resolve().then(() => (init_related_metrics(), related_metrics_exports)),
  review_keys: () => Promise.resolve().then(() => (init_review_keys(), review_keys_exports)),
  sessions: () => Promise.resolve().then(() => (init_sessions(), sessions_exports)),
  status_reasons: () => Promise.resolve().then(() => (init_status_reasons(), status_reasons_exports)),
  tree: () => Promise.resolve().then(() => (init_tree(), tree_exports)),
  typed_name: () => Promise.resolve().then(() => (init_typed_name(), typed_name_exports)),
  unit_list: () => Promise.resolve().then(() => (init_unit_list(), unit_list_exports)),
  verdicts: () => Promise.resolve().then(() => (init_verdicts2(), verdicts_exports))
};
var loadComponent2 = (name, styles3) => loadComponent(name, styles3, (wanted3) => modules[wanted3]());
export {
  loadComponent2 as loadComponent
};
