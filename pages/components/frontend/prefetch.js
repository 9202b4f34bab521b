// Loads pictures ahead, so that they are in the browser's cache when their turn comes.

/** @type {WeakMap<ShadowRoot, string>} */
const loaded = new WeakMap();

/** @param {import("./types.d.ts").ComponentArguments<{ addresses: string[] }>} component */
export default function loadAhead({ data, parentElement }) {
  const wanted = data.addresses.join("\n");
  if (loaded.get(parentElement) === wanted) return;
  loaded.set(parentElement, wanted);
  for (const address of data.addresses) new Image().src = address;
}
