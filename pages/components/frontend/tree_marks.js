import { setChangedMetrics } from "./shared/changed_metrics.js";

// Hands the counts of changed metrics to the tree, which is not drawn again for every change.
export default function ({ data }) {
  setChangedMetrics(data);
}
