// What is read, not looked at: the beginning of a text or table, and a file of data that is named. Everything is set
// as text.
function copyButton(label, text) {
  const button = element("button", "tool", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    const done = await copied(text, button);
    button.textContent = done ? "Copied" : "Copy it by hand: Ctrl+C";
    setTimeout(() => { button.textContent = label; }, 2500);
  });
  return button;
}

// The clipboard is for secure addresses only; elsewhere the text is selected in a field, and copied the old way.
async function copied(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", "unseen");
    field.value = text;
    beside.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function tabLink(address, words) {
  const outside = element("a", "", words);
  Object.assign(outside, { href: address, target: "_blank", rel: "noopener noreferrer" });
  return outside;
}

function opensElsewhere(address) {
  try {
    return tabLink(address, `Opens ${new URL(address, location.href).host} in a new tab ↗`);
  } catch {
    return element("span", "", address);
  }
}

// Asks an address of ours for what the stage shows; what is late is said in its place, and shown when it comes.
async function awaited(stage, figure, retry, address, how) {
  const wait = awaiting(stage, figure, retry);
  const said = await asked(address, how);
  wait.arrived();
  return said;
}

// Says in the figure's place why it cannot be shown, with a way to try again.
const trouble = (stage, reason, retry) => stage.replaceChildren(problem(reason, retry));

// What our own address answers: `{answer}`, or `{reason}` as a sentence.
async function asked(address, how) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(60_000), ...how });
    if (answer.ok || answer.type === "opaqueredirect") return { answer };
    return { reason: (await answer.text()).slice(0, 500) || "The portal does not give this figure." };
  } catch {
    return { reason: "The portal did not answer." };
  }
}

function sizeInWords(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumFractionDigits: step ? 1 : 0 })} ${units[step]}`;
}

function data(stage, figure) {
  const say = element("div", "say");
  const size = element("span", "size");
  const title = element("strong", "", `${figure.format}: ${figure.name}`);
  say.append(title, size, element("p", "", "This holds data, which the portal does not draw. Open it in a notebook or a viewer made for it."));
  const text = element("pre", "", figure.text);
  text.tabIndex = 0;
  const row = element("div", "row");
  row.append(copyButton("Copy the path", figure.text));
  if (figure.address) {
    const whole = new URL(figure.address, location.href).href;
    row.append(copyButton("Copy a link", whole), figure.address.startsWith("/") ? tabLink(figure.address, "Download") : opensElsewhere(whole));
  }
  say.append(text, row);
  stage.replaceChildren(say);
  if (figure.measured) sizeOf(figure.measured, size);
}

// A file in a hosted store is not copied to learn its size; some places do not say it.
async function sizeOf(address, place) {
  const { answer, reason } = await asked(`${address}?size`);
  if (reason) {
    place.textContent = " It is missing, or cannot be reached.";
    return;
  }
  const { bytes, whole } = await answer.json();
  if (Number.isFinite(bytes)) place.textContent = `${whole ? "" : " at least"} ${sizeInWords(bytes)}`;
}

function excerpt(stage, figure, shell) {
  const around = element("div", "excerpt");
  around.tabIndex = 0;
  around.setAttribute("role", "region");
  around.setAttribute("aria-label", figure.name);
  stage.append(around);
  readInto(around, figure, shell);
}

async function readInto(around, figure, shell) {
  const { answer, reason } = await awaited(around.parentElement, figure, shell.again, figure.address);
  if (!around.isConnected) return;
  if (reason) {
    around.replaceWith(problem(reason, shell.again));
    return;
  }
  const found = await answer.json();
  if (found.limit) {
    const limit = element("p", "beside", `${found.limit} `);
    limit.append(tabLink(figure.original, "Open the whole file"));
    around.append(limit);
  }
  around.append(found.rows.length ? tableOf(found.rows) : element("pre", "", found.text || "This file is empty."));
}

function tableOf([head, ...rows]) {
  const table = element("table");
  const top = element("thead");
  const line = element("tr");
  for (const name of head) line.append(element("th", "", name));
  top.append(line);
  const body = element("tbody");
  const isNumber = (text) => text.trim() !== "" && Number.isFinite(Number(text));
  for (const row of rows) {
    const made = element("tr");
    for (const cell of row) made.append(element("td", isNumber(cell) ? "number" : "", cell));
    body.append(made);
  }
  table.append(top, body);
  return table;
}
