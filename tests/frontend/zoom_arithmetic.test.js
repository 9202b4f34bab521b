import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  buildFilter,
  canZoom,
  chooseView,
  findMiddle,
  getScaleLimits,
  getWheelFactor,
  isView,
  placePicture,
  resolvePinch,
  WHOLE_VIEW,
  zoomView,
} from "../../pages/components/frontend/figure/zoom_arithmetic.js";

const PANE = [800, 600];
const PICTURE = [1600, 800];
const at = (changes) => ({ ...WHOLE_VIEW, ...changes });
const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

describe("placePicture", () => {
  test("a picture seen whole fills the pane in one direction and is centred in the other", () => {
    assert.deepEqual(placePicture(WHOLE_VIEW, PANE, PICTURE), {
      scale: 0.5,
      fitting: 0.5,
      wide: 800,
      high: 600,
      left: 0,
      top: 100,
    });
  });

  test("a small picture is enlarged until it fits", () => {
    assert.equal(placePicture(WHOLE_VIEW, PANE, [40, 60]).scale, 10);
  });

  test("what is larger than the pane leaves no gap at an edge", () => {
    const { left, top } = placePicture(at({ fit: false, scale: 2, x: 0, y: 1 }), PANE, PICTURE);
    assert.deepEqual([left, top], [0, 600 - 1600]);
  });

  test("the middle of the view is in the middle of the pane", () => {
    const placed = placePicture(at({ fit: false, scale: 2, x: 0.4, y: 0.6 }), PANE, PICTURE);
    const middle = findMiddle(PANE, PICTURE, placed.scale, placed.left, placed.top);
    close(middle.x, 0.4);
    close(middle.y, 0.6);
  });
});

describe("zoomView", () => {
  const zoom = (view, wanted, point) => {
    const next = zoomView(view, placePicture(view, PANE, PICTURE), PICTURE, wanted, point, 1);
    return { view: next, placed: placePicture(next, PANE, PICTURE) };
  };

  test("the point under the pointer stays where it is", () => {
    const view = at({ fit: false, scale: 2, x: 0.5, y: 0.5 });
    const before = placePicture(view, PANE, PICTURE);
    for (const point of [[400, 300], [100, 500], [799, 1]]) {
      const { placed } = zoom(view, 4, point);
      close((point[0] - placed.left) / placed.scale, (point[0] - before.left) / before.scale);
      close((point[1] - placed.top) / placed.scale, (point[1] - before.top) / before.scale);
    }
  });

  test("the scale stays within its limits", () => {
    assert.equal(zoom(WHOLE_VIEW, 1000, [400, 300]).view.scale, 32);
    assert.equal(zoom(at({ fit: false, scale: 2 }), 0.001, [400, 300]).view.fit, true);
  });

  test("a zoom that passes the whole picture stops there", () => {
    const small = [100, 100]; // whole at 6, actual pixels at 1
    const view = at({ fit: false, scale: 5 });
    const next = zoomView(view, placePicture(view, PANE, small), small, 8, [400, 300], 1);
    assert.deepEqual([next.fit, next.scale], [true, 6]);
  });

  test("a zoom that starts at the whole picture leaves it", () => {
    assert.equal(zoom(WHOLE_VIEW, 0.625, [400, 300]).view.fit, false);
  });

  test("brightness, contrast and the time of the choice are kept", () => {
    const { view } = zoom(at({ brightness: 20, contrast: -10, at: 7 }), 3, [1, 1]);
    assert.deepEqual([view.brightness, view.contrast, view.at], [20, -10, 7]);
  });
});

test("the whole picture and its actual pixels are always within reach", () => {
  assert.deepEqual(getScaleLimits(0.5, 2), [0.5, 16]);
  assert.deepEqual(getScaleLimits(6, 2), [0.5, 16]);
  assert.deepEqual(getScaleLimits(40, 1), [1, 40]);
});

test("at a limit a picture zooms no further", () => {
  assert.equal(canZoom({ scale: 32, fitting: 0.5 }, 1.25, 1), false);
  assert.equal(canZoom({ scale: 32, fitting: 0.5 }, 0.8, 1), true);
  assert.equal(canZoom({ scale: 0.5, fitting: 0.5 }, 0.8, 1), false);
});

describe("chooseView", () => {
  test("without any choice a picture is seen whole", () => assert.deepEqual(chooseView(null, null), WHOLE_VIEW));

  test("the later choice counts", () => {
    const [early, late] = [at({ at: 1, scale: 2 }), at({ at: 2, scale: 3 })];
    assert.equal(chooseView(early, late).scale, 3);
    assert.equal(chooseView(late, early).scale, 3);
  });

  test("the choice is copied, so that changing it changes no other", () => {
    const own = at({ at: 1 });
    chooseView(own, null).scale = 9;
    assert.equal(own.scale, 1);
  });
});

test("what is not a view is not taken for one", () => {
  assert.equal(isView(WHOLE_VIEW), true);
  for (const other of [null, undefined, 1, "x", {}, { ...WHOLE_VIEW, scale: "1" }, { ...WHOLE_VIEW, fit: 1 }])
    assert.equal(isView(other), false);
});

test("fifty steps double the brightness, and fifty the other way halve it", () => {
  assert.equal(buildFilter(WHOLE_VIEW), "");
  assert.equal(buildFilter(at({ brightness: 50 })), "brightness(2) contrast(1)");
  assert.equal(buildFilter(at({ contrast: -50 })), "brightness(1) contrast(0.5)");
});

test("the wheel zooms in upwards, out downwards, and at most so far at once", () => {
  const wheel = (deltaY, more) => getWheelFactor({ deltaY, deltaMode: 0, ctrlKey: false, ...more });
  assert.ok(wheel(-100) > 1 && wheel(100) < 1);
  close(wheel(100) * wheel(-100), 1);
  assert.equal(wheel(400), wheel(4000));
  assert.ok(wheel(-100, { ctrlKey: true }) > wheel(-100));
  assert.ok(wheel(-3, { deltaMode: 1 }) > wheel(-3));
});

test("two fingers that part zoom in around the middle between them", () => {
  const pinch = resolvePinch([100, 0], [200, 0], [0, 0]);
  assert.deepEqual(pinch, { factor: 2, x: 100, y: 0, moveX: 50, moveY: 0 });
  assert.equal(resolvePinch([1, 0], [2, 0], [0, 0]).factor, 1, "fingers this close count as 10 pixels apart");
});
