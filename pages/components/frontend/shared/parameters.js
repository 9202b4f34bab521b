// Changes of the parameters of an address, such as `?project=A&status=Fail`. What changes the result leads to its first page.

/**
 * The address with a value of a key added, or removed if it is there.
 * @param {string} search the parameters, encoded
 * @param {string} key
 * @param {string} value
 * @returns {string}
 */
export function toggleParameter(search, key, value) {
  const parameters = new URLSearchParams(search);
  const values = parameters.getAll(key);
  const rest = values.filter((one) => one !== value);
  parameters.delete(key);
  for (const one of rest.length < values.length ? rest : [...values, value]) parameters.append(key, one);
  return format(parameters);
}

/**
 * The address with one value of a key, or without the key where the value is empty.
 * @param {string} search
 * @param {string} key
 * @param {string} value
 * @returns {string}
 */
export function setParameter(search, key, value) {
  const parameters = new URLSearchParams(search);
  if (value) parameters.set(key, value); // where it was before: the same state has one address
  else parameters.delete(key);
  return format(parameters);
}

/**
 * The address of a link of a list that was drawn for a text, with the one that was typed since.
 * @param {string} search
 * @param {string} drawn
 * @param {string} typed
 * @returns {string}
 */
export function addTypedText(search, drawn, typed) {
  return typed === drawn ? search : setParameter(search, "q", typed);
}

/** @param {URLSearchParams} parameters */
function format(parameters) {
  parameters.delete("page");
  return `?${parameters}`;
}
