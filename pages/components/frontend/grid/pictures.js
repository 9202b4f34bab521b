// The small pictures of a grid: which were in view, and in which order they are loaded.
import { request } from "../figure/requests.js";
import { markSeen } from "./state.js";

const AT_ONCE = 4; // pictures beyond the view that load at a time
const NEAR = "50% 0px"; // how far beyond the view a picture counts as close to it
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
 * The small picture of a tile, to be loaded by `loadPictures`; where there is none, the reason.
 * @param {HTMLElement} tile
 * @param {string} id
 * @param {string} address
 * @param {HTMLElement} note where the reason is shown
 */
export function createPicture(tile, id, address, note) {
  const image = Object.assign(document.createElement("img"), { alt: "", decoding: "async", draggable: false });
  image.dataset["address"] = address;
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
        if (image.hasAttribute("src")) image.src = address;
      }, TRY_AGAIN);
      return;
    }
    note.textContent = "Cannot be shown";
    note.title = reason ?? "It is not a picture.";
    image.remove();
    noteSeen(tile, id);
  });
  return image;
}

/**
 * Loads the pictures in view, then those close to it, then the others in order, a few at a time. What is scrolled away
 * before it came is given up, so that the server makes what is seen first. Ends with the function that it gives.
 * @param {ParentNode} root
 */
export function loadPictures(root) {
  const images = [...root.querySelectorAll("img")];
  const waiting = new Set(images);
  /** @type {Set<HTMLImageElement>} */
  const inView = new Set();
  /** @type {Set<HTMLImageElement>} */
  const near = new Set();
  /** @type {Set<HTMLImageElement>} */
  const ahead = new Set();
  let isEnded = false;

  /** @param {HTMLImageElement} image @param {"high" | "low"} priority */
  function begin(image, priority) {
    if (!waiting.delete(image)) return;
    image.fetchPriority = priority;
    image.src = image.dataset["address"] ?? "";
  }

  function loadAhead() {
    if (isEnded || [...inView].some(isLoading)) return;
    for (const image of [...near, ...images]) {
      if (ahead.size >= AT_ONCE) return;
      if (!waiting.has(image)) continue;
      ahead.add(image);
      begin(image, "low");
    }
  }

  /** @param {HTMLImageElement} image */
  function giveUp(image) {
    if (!isLoading(image)) return;
    image.removeAttribute("src");
    ahead.delete(image);
    waiting.add(image);
  }

  /** @param {Set<HTMLImageElement>} kept @param {string} margin @param {(image: HTMLImageElement) => void} onEnter @param {(image: HTMLImageElement) => void} onLeave */
  function observe(kept, margin, onEnter, onLeave) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const image = target.querySelector("img");
          if (!image) continue;
          if (isIntersecting) {
            kept.add(image);
            onEnter(image);
          } else if (kept.delete(image)) onLeave(image);
        }
        loadAhead();
      },
      /** @type {IntersectionObserverInit} */ ({ rootMargin: margin, scrollMargin: margin }),
    );
    // The tile, since what is in it is left out of the layout while it is far from the view.
    for (const tile of root.querySelectorAll(".tile")) observer.observe(tile);
    return () => observer.disconnect();
  }

  for (const image of images) {
    for (const event of ["load", "error"])
      image.addEventListener(event, () => {
        ahead.delete(image);
        loadAhead();
      });
  }
  const endings = [
    observe(inView, "0px", (image) => begin(image, "high"), () => {}),
    observe(near, NEAR, () => {}, giveUp),
  ];
  return () => {
    isEnded = true;
    endings.forEach((end) => end());
  };
}

/** @param {HTMLImageElement} image */
const isLoading = (image) => image.isConnected && image.hasAttribute("src") && !image.complete;
