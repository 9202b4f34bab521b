// Numbers and names as a reader sees them.

/**
 * A size of a file, in units of 1000: "1.5 MB".
 * @param {number} bytes
 */
export function formatBytes(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumFractionDigits: step ? 1 : 0 })} ${units[step]}`;
}

/**
 * A time in a video as minutes and seconds: "1:02.50".
 * @param {number} seconds
 */
export const formatTime = (seconds) =>
  `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;

/**
 * How large a picture is drawn; small ones with a decimal: "4.5 %", "130 %".
 * @param {number} percent of the screen's pixels
 */
export const formatPercent = (percent) => `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;

/**
 * The last suffix of a file's name, with its dot; "" without one.
 * @param {string} name
 */
export const getSuffix = (name) => (name.includes(".") ? name.slice(name.lastIndexOf(".")) : "");

/**
 * Whether a cell of a table is a number, to be set flush right.
 * @param {string} text
 */
export const isNumeric = (text) => text.trim() !== "" && Number.isFinite(Number(text));
