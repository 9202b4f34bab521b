// Hands the counts of changed metrics to the tree, which is not drawn again for every change.
import { setChangedCounts } from "./shared/changed_metrics.js";

/** @param {import("./types.d.ts").ComponentArguments<Record<string, number>>} component */
export default function drawTreeMarks({ data }) {
  setChangedCounts(data);
}
