// Runs in the page before anything else. All times are of the page's own clock, taken in the frame in which what
// was waited for is there.
(() => {
  const pictureIn = (selector) => {
    const found = [];
    for (const node of document.querySelectorAll(selector)) {
      if (node.tagName === "IMG") found.push(node);
      if (node.shadowRoot) found.push(...node.shadowRoot.querySelectorAll("img"));
    }
    return found;
  };
  const loaded = (selector, name) =>
    name === null || pictureIn(selector).some((image) =>
      image.complete && image.naturalWidth > 0 && decodeURIComponent(image.src).endsWith("/" + name));
  const drawn = (card) =>
    card.querySelectorAll('[data-testid="stButtonGroup"] button').length >= 3 &&
    card.querySelector('input[type="text"]') && !card.querySelector('[data-testid="stSkeleton"]');

  const conditions = {
    review({ picture, names }) {
      const cards = [...document.querySelectorAll('[class*="st-key-qc-card-"]')];
      return cards.length === names.length &&
        cards.every((card, at) => card.textContent.replace(/\s+/g, " ").includes(names[at]) && drawn(card)) &&
        loaded(".st-key-qc-figure *", picture);
    },
    figure({ pictures }) {
      const found = pictureIn(".st-key-qc-figure *");
      return pictures.every(([alt, width]) => found.some((image) => {
        if (image.alt !== alt || image.naturalWidth !== width || !image.style.transform && !image.closest("[style*=scale]"))
          return false;
        image.benchDecoding ??= image.decode().then(() => (image.benchDecoded = true));
        return image.benchDecoded;
      }));
    },
    floor({ number, cards }) {
      const found = [...document.querySelectorAll('[class*="st-key-card-"]')];
      return found.length === cards && found.every(drawn) &&
        found.every((card, at) => card.querySelector(`input[placeholder="Note ${number}-${at}"]`)) &&
        loaded('[data-testid="stImage"] img', `${number}.png`);
    },
    picture({ picture }) {
      return loaded(".st-key-qc-figure *", picture);
    },
    mark({ text }) {
      return [...document.querySelectorAll(".st-key-tree *")].some((node) =>
        node.shadowRoot?.querySelector(".row.selected .mark")?.textContent.includes(text));
    },
    rows({ text }) {
      return [...document.querySelectorAll(".st-key-assets *")].some((node) =>
        [...(node.shadowRoot?.querySelectorAll(".links span") ?? [])].some((part) => part.textContent === text));
    },
    text({ selector, text }) {
      return document.querySelector(selector)?.textContent.includes(text);
    },
  };
  const until = (expected) =>
    new Promise((resolve) => {
      const check = () =>
        conditions[expected.kind](expected) ? resolve(performance.now()) : requestAnimationFrame(check);
      check();
    });

  window.benchOpened = (expected) => until(expected);
  // Of the next click, or key: when `expected` is there, as `benchClicked`, and when `then` is, as `benchThen`.
  window.benchArm = (expected, then, type = "click") => {
    const begin = new Promise((resolve) => {
      window.addEventListener(type, (event) => resolve(event.timeStamp), { capture: true, once: true });
    });
    const measured = (wanted) => begin.then(async (begun) => (await until(wanted)) - begun);
    window.benchClicked = measured(expected);
    window.benchThen = measured(then ?? expected);
  };
})();
