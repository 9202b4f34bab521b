// What this tab remembers, through reloads; without storage, until the next reload.
const remembered = new Map();

const MOST_REMEMBERED = 300;

try {
  for (const [key, value] of JSON.parse(sessionStorage.getItem("qc-figures") ?? "[]")) remembered.set(key, value);
} catch {
  remembered.clear();
}

export function remember(key, value) {
  remembered.delete(key);
  remembered.set(key, value);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value);
  clearTimeout(remember.soon);
  remember.soon = setTimeout(() => {
    try {
      sessionStorage.setItem("qc-figures", JSON.stringify([...remembered]));
    } catch {
      /* no room or not allowed: it lasts until the next reload */
    }
  }, 100);
}

export const recall = (key) => remembered.get(key);
