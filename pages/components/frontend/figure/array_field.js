// The choice of an array, where a file or a Zarr folder holds several.
import { createElement } from "../shared/elements.js";

/**
 * @param {[name: string, description: string][]} arrays
 * @param {string | undefined} shown the name of the one that is drawn
 * @param {(name: string) => void} onChange
 */
export function createArrayField(arrays, shown, onChange) {
  const label = createElement("label", "array", "Array");
  const field = createElement("select", "tool");
  for (const [name, description] of arrays)
    field.append(Object.assign(createElement("option", "", description), { value: name, selected: name === shown }));
  field.addEventListener("change", () => onChange(field.value));
  label.append(field);
  return label;
}
