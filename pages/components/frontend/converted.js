// A picture that the server made of one that no browser shows: what was done to it stands above, and can be changed.
window.qcStretch ??= new Map();

function converted(stage, figure, shell) {
  const around = element("div", "converted");
  const bar = element("div", "stretch");
  const said = element("span", "facts", "Converting…");
  said.setAttribute("role", "status");
  const inner = element("div", "stage");
  around.append(bar, inner);
  bar.append(said);
  stage.replaceChildren(around);
  let chosen = window.qcStretch.get(figure.address) ?? { low: figure.low, high: figure.high };
  let undo;

  const draw = async () => {
    const wanted = chosen;
    const query = `?low=${wanted.low}&high=${wanted.high}`;
    const { answer, reason } = await asked(`${figure.address}${query}&facts`);
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
    if (facts.stretched && !bar.querySelector("input")) bar.append(...controls());
    inner.replaceChildren();
    shell.controls?.replaceChildren();
    const file = { kind: "picture", address: figure.address + query, name: figure.name };
    undo = KINDS.picture(inner, file, { ...shell, again: draw });
  };

  const controls = () => {
    const fields = ["low", "high"].map((side) => {
      const field = element("input");
      Object.assign(field, { type: "number", min: 0, max: 100, step: 0.1, value: chosen[side] });
      return field;
    });
    const [low, high] = fields;
    const changed = () => {
      const next = { low: Number(low.value), high: Number(high.value) };
      const fits = low.value !== "" && high.value !== "" && next.low >= 0 && next.high <= 100 && next.low < next.high;
      for (const field of fields) field.setCustomValidity(fits ? "" : "From 0 to 100, the first below the second");
      if (!fits) return high.reportValidity();
      chosen = next;
      window.qcStretch.set(figure.address, next);
      return draw();
    };
    return fields.map((field, at) => {
      const label = element("label", "", at ? "white above %" : "black below %");
      field.addEventListener("change", changed);
      label.append(field);
      return label;
    });
  };

  draw();
  return () => undo?.();
}

function factsInWords(facts) {
  const number = (value) => value.toLocaleString("en", { maximumSignificantDigits: 5 });
  const parts = [`${facts.width.toLocaleString("en")} × ${facts.height.toLocaleString("en")}`];
  if (facts.stretched) {
    parts.unshift(`${facts.bits} greyscale`);
    parts.push(`stretched: black at ${number(facts.bottom)} (${facts.low} %), white at ${number(facts.top)} (${facts.high} %)`);
  } else parts.push("brightness as stored");
  if (facts.pages > 1) parts.push(`page 1 of ${facts.pages}, the others are not shown`);
  if (facts.factor > 1) parts.push(`shown at 1/${facts.factor} of its size`);
  if (facts.odd) parts.push(`${facts.odd.toLocaleString("en")} pixels are no number, shown black`);
  return parts.join(" · ");
}
