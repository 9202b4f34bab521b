// How many metrics of each group a reader changed and did not submit: from the component that learns it after each
// change to the tree, which is not drawn again for that.
let counts = {};
const observers = new Set();

export const changedMetrics = (group) => counts[group] ?? 0;

export function setChangedMetrics(next) {
  counts = next;
  for (const observer of observers) observer();
}

export function observeChangedMetrics(observer) {
  observers.add(observer);
  return () => observers.delete(observer);
}
