// The small pictures of a grid: which were in view, and those that are not in view yet, loaded a few at a time.
import { request } from "../figure/requests.js";
import { markSeen } from "./state.js";

const AT_ONCE = 3; // pictures beyond the view that load at a time
const BAR_HEIGHT = 64; // px at the foot of the window
const TRY_AGAIN = 1500; // ms

/** @param {HTMLElement} tile @param {string} id */
function noteSeen(tile, id) {
  const image = tile.querySelector("img");
  if (tile.dataset["inView"] && (!image || image.classList.contains("loaded"))) markSeen(id);
}

/**
 * Watches which tiles are in view. Ends with the function that it gives.
 * @param {ReadonlyMap<HTMLElement, string>} tiles each with its id
 */
export function watchSeen(tiles) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!(target instanceof HTMLElement)) continue;
        if (isIntersecting) target.dataset["inView"] = "1";
        else delete target.dataset["inView"];
        noteSeen(target, tiles.get(target) ?? "");
      }
    },
    { threshold: 0.6, rootMargin: `0px 0px -${BAR_HEIGHT}px 0px` },
  );
  for (const tile of tiles.keys()) observer.observe(tile);
  return () => observer.disconnect();
}

/**
 * The small picture of a tile, in a frame of a size of its own; where there is none, the reason.
 * @param {HTMLElement} tile
 * @param {string} id
 * @param {string} address
 * @param {HTMLElement} note where the reason is shown
 */
export function createPicture(tile, id, address, note) {
  const image = Object.assign(document.createElement("img"), { alt: "", loading: "lazy", decoding: "async", draggable: false });
  let tries = 2;
  image.addEventListener("load", () => {
    image.classList.add("loaded");
    noteSeen(tile, id);
  });
  image.addEventListener("error", async () => {
    tries -= 1;
    const { response, reason } = await request(address);
    if (response && tries) {
      setTimeout(() => {
        image.src = address;
      }, TRY_AGAIN);
      return;
    }
    note.textContent = "Cannot be shown";
    note.title = reason ?? "It is not a picture.";
    image.remove();
    noteSeen(tile, id);
  });
  image.src = address;
  return image;
}

/**
 * Loads what is not in view yet, in order, a few pictures at a time. Ends with the function that it gives.
 * @param {ParentNode} root
 */
export function loadAhead(root) {
  const waiting = [...root.querySelectorAll("img")];
  let isEnded = false;
  function next() {
    let image = isEnded ? undefined : waiting.shift();
    while (image?.complete && image.naturalWidth) image = waiting.shift();
    if (!image) return;
    image.addEventListener("load", next, { once: true });
    image.addEventListener("error", next, { once: true });
    image.fetchPriority = "low";
    image.loading = "eager";
  }
  for (let one = 0; one < AT_ONCE; one += 1) next();
  return () => {
    isEnded = true;
  };
}
