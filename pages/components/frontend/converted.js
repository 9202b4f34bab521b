// A picture that the server made of one that no browser shows: what was done to it stands above, and can be changed.
window.qcStretch ??= new Map();
const stretchOf = (file) => window.qcStretch.get(file.address) ?? { low: file.low, high: file.high };
const stretchQuery = ({ low, high }) => `?low=${low}&high=${high}`;

// Two fields for the percentiles that become black and white; `changed` is given both, once they are two in order.
function stretchFields(file, changed) {
  const chosen = stretchOf(file);
  const fields = ["low", "high"].map((side) => {
    const field = element("input");
    Object.assign(field, { type: "number", min: 0, max: 100, step: 0.1, value: chosen[side] });
    return field;
  });
  const [low, high] = fields;
  const entered = () => {
    const next = { low: Number(low.value), high: Number(high.value) };
    const fits = low.value !== "" && high.value !== "" && next.low >= 0 && next.high <= 100 && next.low < next.high;
    for (const field of fields) field.setCustomValidity(fits ? "" : "From 0 to 100, the first below the second");
    if (!fits) return high.reportValidity();
    window.qcStretch.set(file.address, next);
    return changed(next);
  };
  return fields.map((field, at) => {
    const label = element("label", "", at ? "white above %" : "black below %");
    field.addEventListener("change", entered);
    label.append(field);
    return label;
  });
}

// Pictures are made for some percentiles only; the fields show those that were used, the nearest to what was entered.
function showUsed(bar, facts) {
  bar.querySelectorAll("input").forEach((field, at) => { field.value = at ? facts.high : facts.low; });
}

function converted(stage, figure, shell) {
  const around = element("div", "converted");
  const bar = element("div", "stretch");
  const said = element("span", "facts", "Converting…");
  said.setAttribute("role", "status");
  const inner = element("div", "stage");
  around.append(bar, inner);
  bar.append(said);
  stage.replaceChildren(around);
  let chosen = stretchOf(figure);
  let undo;

  const draw = async () => {
    const wanted = chosen;
    const query = stretchQuery(wanted);
    const { answer, reason } = await awaited(inner, figure, draw, `${figure.address}${query}&facts`);
    if (wanted !== chosen || !around.isConnected) return;
    undo?.();
    undo = undefined;
    if (reason) {
      said.textContent = "Not converted.";
      trouble(inner, reason, draw);
      return;
    }
    const facts = await answer.json();
    said.textContent = factsInWords(facts);
    if (facts.stretched && !bar.querySelector("input")) bar.append(...stretchFields(figure, changed));
    showUsed(bar, facts);
    inner.replaceChildren();
    shell.controls?.replaceChildren();
    const file = { kind: "picture", address: figure.address + query, name: figure.name };
    undo = KINDS.picture(inner, file, { ...shell, again: draw });
  };

  const changed = (next) => {
    chosen = next;
    return draw();
  };

  draw();
  return () => undo?.();
}

// One side of a pair: what was done to it, and the two fields, in a row above both; `again` is told of another stretch.
function stretchedSide({ file, drawn }, again) {
  const bar = element("div", "stretch");
  const said = element("span", "facts", `${file.name}: converting…`);
  bar.append(said);
  const tell = async () => {
    const wanted = stretchOf(file);
    const { answer, reason } = await asked(`${file.address}${stretchQuery(wanted)}&facts`);
    const now = stretchOf(file);
    if (wanted.low !== now.low || wanted.high !== now.high || !bar.isConnected) return;
    const facts = reason ? null : await answer.json();
    said.textContent = `${file.name}: ${facts ? factsInWords(facts, true) : "not converted."}`;
    if (facts?.stretched && !bar.querySelector("input")) bar.append(...stretchFields(file, changed));
    if (facts) showUsed(bar, facts);
  };
  const changed = (next) => {
    again();
    drawn.src = file.address + stretchQuery(next);
    tell();
  };
  tell();
  return bar;
}

// `brief` leaves out what stands close by.
function factsInWords(facts, brief) {
  const number = (value) => value.toLocaleString("en", { maximumSignificantDigits: 5 });
  const parts = [`${facts.width.toLocaleString("en")} × ${facts.height.toLocaleString("en")}`];
  if (facts.stretched && brief) parts.unshift(`${facts.bits}, black at ${number(facts.bottom)}, white at ${number(facts.top)}`);
  else if (facts.stretched) {
    parts.unshift(`${facts.bits} greyscale`);
    parts.push(`stretched: black at ${number(facts.bottom)} (${facts.low} %), white at ${number(facts.top)} (${facts.high} %)`);
  } else parts.push("brightness as stored");
  if (facts.pages > 1) parts.push(`page 1 of ${facts.pages}, the others are not shown`);
  if (facts.factor > 1) parts.push(`shown at 1/${facts.factor} of its size`);
  if (facts.odd) parts.push(`${facts.odd.toLocaleString("en")} pixels are no number, shown black`);
  return parts.join(" · ");
}
