import assert from "node:assert/strict";
import { test } from "node:test";

import {
  createCurationMessage,
  createFrameAddress,
  readFrameMessage,
  SEND_DELAYS,
} from "../../pages/components/frontend/figure/ephys_messages.js";

test("a frame's address gets an identifier and the session, and nothing else of it changes", () => {
  const reference = "https://h/ephys_gui_app?analyzer_path=s3://b/Record%20Node%23A.zarr&recording_path=s3://b/r";
  assert.equal(createFrameAddress(reference, "7c", "a/b_sorted"), `${reference}&identifier=7c&session=a%2Fb_sorted`);
  assert.equal(createFrameAddress("https://h/ephys_gui_app", "7c", ""), "https://h/ephys_gui_app?identifier=7c");
  assert.equal(createFrameAddress("https://h/g?#a?b", "7c", ""), "https://h/g?identifier=7c#a?b");
});

test("an identifier or session that the reference has is not taken for ours", () => {
  assert.equal(createFrameAddress("https://h/g?identifier=old&x=1&session=s", "7c", "new"), "https://h/g?x=1&identifier=7c&session=new");
  assert.equal(createFrameAddress("https://h/g?my_identifier=1&identifier", "7c", ""), "https://h/g?my_identifier=1&identifier=7c");
});

test("a version is sent under the identifier of its frame, and a repetition is the same message", () => {
  const message = createCurationMessage("7c", { unit_ids: [] }, "n1");
  assert.deepEqual(message, { type: "curation-data", identifier: "7c", data: { unit_ids: [] }, _nonce: "n1" });
  assert.deepEqual(SEND_DELAYS.toSorted((a, b) => a - b), SEND_DELAYS);
  assert.ok(Math.max(...SEND_DELAYS) <= 60_000);
});

test("of a frame with an identifier only messages with it count", () => {
  const sent = { type: "curation-data", identifier: "7c", data: {} };
  assert.deepEqual(readFrameMessage(sent, "7c"), { kind: "curation", text: JSON.stringify(sent) });
  for (const other of [{ ...sent, identifier: "7d" }, { ...sent, identifier: "" }, { ...sent, type: "x" }, { curation: {} }, null, "7c"])
    assert.deepEqual(readFrameMessage(other, "7c"), { kind: "foreign" });
  assert.deepEqual(readFrameMessage({ ...sent, data: NaN }, "7c"), { kind: "refused" });
});

test("views without an identifier send curations in either form", () => {
  assert.deepEqual(readFrameMessage({ curation: {} }, ""), { kind: "curation", text: '{"curation":{}}' });
  assert.equal(readFrameMessage({ type: "curation-data", identifier: "x", data: 1 }, "").kind, "curation");
  assert.equal(readFrameMessage({ curation: "x".repeat(3_000_000) }, "").kind, "refused");
  assert.equal(readFrameMessage({ type: "resize" }, "").kind, "foreign");
});
