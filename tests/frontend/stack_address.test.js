import assert from "node:assert/strict";
import { test } from "node:test";

import {
  getStackAddress,
  recallStack,
  readStack,
  setStack,
} from "../../pages/components/frontend/figure/stack_address.js";

const USUAL = { array: "", page: 1, window: 1, percentiles: null };
const HERE = { group: "probe=A", metric: "Movie" };

test("an address that names no array and no page leaves them as they are", () => {
  assert.equal(readStack("?name=a&group=g"), null);
  assert.deepEqual(readStack("?page=7"), { ...USUAL, page: 7 });
  assert.deepEqual(readStack("?array=%2Fa%26b&window=5"), { ...USUAL, array: "/a&b", window: 5 });
  assert.deepEqual(readStack("?page=x&window="), USUAL);
});

test("what is shown is read back from the address, and what is usual is left out of it", () => {
  const view = { array: "/a b&c", page: 12, window: 5, percentiles: { low: 0.5, high: 95 } };
  const search = setStack("?name=a", HERE, view);
  assert.equal(search, "?name=a&group=probe%3DA&metric=Movie&array=%2Fa+b%26c&page=12&window=5&low=0.5&high=95");
  assert.deepEqual(readStack(search), view);
  assert.equal(
    setStack(search, HERE, USUAL),
    "?name=a&group=probe%3DA&metric=Movie",
  );
});

test("the metric that the address names already stays", () => {
  const search = setStack("?group=probe%3DA&metric=Other", HERE, { ...USUAL, page: 2 });
  assert.equal(search, "?group=probe%3DA&metric=Other&page=2");
});

test("percentiles that are none count as the usual ones", () => {
  for (const wrong of ["low=5", "high=5", "low=9&high=5", "low=0&high=101", "low=x&high=5", "low=&high=5"])
    assert.deepEqual(readStack(`?${wrong}`), USUAL);
});

test("files with pages or slices have an address for them", () => {
  const sliced = { address: "/converted/r/d/volume.zarr", low: 0.5, high: 99.5 };
  const data = { kind: "data", text: "volume.zarr", name: "volume.zarr", format: "Zarr", address: null, measured: null };
  assert.equal(getStackAddress({ ...data, sliced }), sliced.address);
  assert.equal(getStackAddress({ ...data, sliced: null }), "");
  assert.equal(getStackAddress(null), "");
  assert.deepEqual(recallStack(sliced.address), USUAL);
});
