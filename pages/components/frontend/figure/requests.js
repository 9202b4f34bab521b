// Requests to our own routes for what a figure shows.
import { createProblem, waitForFile } from "./loading.js";

/** @import { Answer } from "../types.d.ts" */

const REQUEST_TIMEOUT = 60_000; // ms
const LONGEST_REASON = 500; // characters

/**
 * Asks an address of ours.
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<Answer>}
 */
export async function request(address, options) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(REQUEST_TIMEOUT), ...options });
    if (response.ok || response.type === "opaqueredirect") return { response };
    const reason = (await response.text()).slice(0, LONGEST_REASON);
    return { reason: reason || "The portal does not give this figure." };
  } catch {
    return { reason: "The portal did not answer." };
  }
}

/**
 * Asks an address of ours for what the stage shows; what is late is reported in its place, and shown when it comes.
 * @param {HTMLElement} stage
 * @param {{ name: string, address: string }} figure
 * @param {() => void} retry
 * @param {string} address
 * @returns {Promise<Answer>}
 */
export async function requestForStage(stage, figure, retry, address) {
  const wait = waitForFile(stage, figure, retry);
  const answer = await request(address);
  wait.onLoaded();
  return answer;
}

/**
 * Reports in the figure's place why it cannot be shown, with a way to try again.
 * @param {HTMLElement} stage
 * @param {string} reason
 * @param {() => void} retry
 */
export const showProblem = (stage, reason, retry) => stage.replaceChildren(createProblem(reason, retry));
