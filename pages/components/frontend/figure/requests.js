import { awaiting, problem } from "./loading.js";

// Asks an address of ours for what the stage shows; what is late is said in its place, and shown when it comes.
export async function awaited(stage, figure, retry, address, how) {
  const wait = awaiting(stage, figure, retry);
  const said = await asked(address, how);
  wait.arrived();
  return said;
}

// Says in the figure's place why it cannot be shown, with a way to try again.
export const trouble = (stage, reason, retry) => stage.replaceChildren(problem(reason, retry));

// What our own address answers: `{answer}`, or `{reason}` as a sentence.
export async function asked(address, how) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(60_000), ...how });
    if (answer.ok || answer.type === "opaqueredirect") return { answer };
    return { reason: (await answer.text()).slice(0, 500) || "The portal does not give this figure." };
  } catch {
    return { reason: "The portal did not answer." };
  }
}
