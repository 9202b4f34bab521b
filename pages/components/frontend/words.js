// What is shown as text: why, and where it leads.
function words(stage, figure) {
  const say = element("div", "say");
  say.append(element("strong", "", figure.reason), element("pre", "", figure.text));
  if (figure.link) {
    const outside = element("a", "", `Opens ${new URL(figure.link).host} in a new tab ↗`);
    outside.href = figure.link;
    outside.target = "_blank";
    outside.rel = "noopener noreferrer";
    say.append(outside);
  }
  stage.append(say);
}
