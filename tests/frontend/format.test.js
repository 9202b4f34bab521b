import assert from "node:assert/strict";
import { test } from "node:test";

import {
  formatBytes,
  formatPercent,
  formatTime,
  getSuffix,
  isNumeric,
} from "../../pages/components/frontend/figure/format.js";

test("sizes are in units of 1000", () => {
  const sizes = { 0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 1550: "1.6 kB", 2e6: "2 MB", 3.25e9: "3.3 GB" };
  for (const [bytes, text] of Object.entries(sizes)) assert.equal(formatBytes(Number(bytes)), text);
  assert.equal(formatBytes(5e15), "5,000 TB");
});

test("times are minutes and seconds with two decimals", () => {
  assert.equal(formatTime(0), "0:00.00");
  assert.equal(formatTime(62.5), "1:02.50");
  assert.equal(formatTime(3600), "60:00.00");
});

test("only a small percentage has a decimal", () => {
  assert.deepEqual([4.46, 9.99, 10, 130.4].map(formatPercent), ["4.5 %", "10.0 %", "10 %", "130 %"]);
});

test("the suffix of a name is its last one", () => {
  assert.deepEqual(["a.mp4", "a.tar.gz", "a", ".x"].map(getSuffix), [".mp4", ".gz", "", ".x"]);
});

test("a cell is a number only where all of it is one", () => {
  for (const text of ["0", " 1.5 ", "-3e4"]) assert.equal(isNumeric(text), true, text);
  for (const text of ["", " ", "1 mm", "NaN", "Infinity", "1,5"]) assert.equal(isNumeric(text), false, text);
});
