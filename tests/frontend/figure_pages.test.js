import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findPage,
  findReviewPage,
  getFirstOfNext,
  getPages,
  getWantedPage,
  isListedUndecided,
  listReviewPages,
  namePage,
  observeWantedPage,
  setFigureList,
  setWantedPage,
} from "../../pages/components/frontend/shared/figure_pages.js";

const figure = (name) => ({ name, opens: null, shown: true, figure: { kind: "picture", address: `/files/${name}`, name } });

setFigureList(
  {
    figures: [figure("a.png"), figure("b.png")],
    groups: {
      "probe=A": [
        ["Drift & co", 0, [["Drift & co", "metrics/0", 1], ["Depth", "metrics/2", 0]]],
        ["Noise", 1, [["Noise", "metrics/1", 1]]],
      ],
      "probe=B": [["Drift", 1, [["Drift", "metrics/3", 0]]]],
    },
  },
  "view?name=mouse",
);

test("a page is found by its name, with the steps to its neighbours", () => {
  const found = findPage("probe=A#Noise");
  assert.equal(found.page.name, "b.png");
  assert.deepEqual([found.position, found.of, found.next], [2, 2, null]);
  assert.deepEqual(found.previous, {
    position: { group: "probe=A", metric: "Drift & co" },
    href: "view?name=mouse&group=probe%3DA&metric=Drift+%26+co",
  });
});

test("the pages of the whole review come in the order of the tree, with their cards", () => {
  assert.deepEqual(
    listReviewPages().map(({ cards }) => cards.map(({ key }) => key)),
    [["metrics/0", "metrics/2"], ["metrics/1"], ["metrics/3"]],
  );
  assert.equal(findReviewPage("probe=A#Drift & co").cards[1].address, "Depth");
  assert.deepEqual(["metrics/0", "metrics/2"].map(isListedUndecided), [true, false]);
});

test("what is not known is not found", () => {
  assert.equal(findPage("probe=A#Other"), null);
  assert.equal(findPage("probe=C#Drift"), null);
  assert.deepEqual(getPages("probe=C"), []);
});

test("the first page of the next group follows the last one of a group", () => {
  assert.deepEqual(getFirstOfNext("probe=A").position, { group: "probe=B", metric: "Drift" });
  assert.equal(getFirstOfNext("probe=B"), undefined);
  assert.equal(getFirstOfNext("unknown"), undefined);
});

test("observers hear of each change of the wanted page, once", () => {
  const heard = [];
  const end = observeWantedPage(() => heard.push(getWantedPage()));
  setWantedPage(namePage({ group: "probe=B", metric: "Drift" }));
  setWantedPage("probe=B#Drift");
  setWantedPage(null);
  end();
  setWantedPage("probe=A#Noise");
  assert.deepEqual(heard, ["probe=B#Drift", null]);
});

test("observers hear of figures that come after them", () => {
  let heard = 0;
  const end = observeWantedPage(() => {
    heard += 1;
  });
  setFigureList({ figures: [figure("c.png")], groups: { "probe=C": [["Drift", 0, [["Drift", "metrics/0", 1]]]] } }, "view");
  end();
  assert.equal(heard, 1);
  assert.equal(getPages("probe=C").length, 1);
});
