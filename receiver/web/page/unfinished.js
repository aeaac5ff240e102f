/* What this browser remembers of uploads that are not finished: enough to go on after a reload.

   One entry an upload, so that two windows of the page do not overwrite each other. Kept apart by
   key, of which only a short mark is written. A browser that keeps nothing forgets, no more. */

const PREFIX = "wherry.unfinished.";
const KEPT_MS = 30 * 86_400_000;

/** A short mark of a key, FNV-1a: tells keys apart and gives nothing away. */
export function markOf(key) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}

function kept(action, otherwise) {
  try {
    return action(window.localStorage);
  } catch {
    return otherwise; // storage is switched off or full
  }
}

/** Remember an upload that the server has accepted. */
export function remember(upload, mark) {
  const { id, name, path, type, size, modified, fingerprint } = upload;
  const entry = JSON.stringify({ id, name, path, type, size, modified, fingerprint, mark, at: Date.now() });
  kept((store) => store.setItem(PREFIX + id, entry));
}

export function forget(id) {
  kept((store) => store.removeItem(PREFIX + id));
}

/** Be told when another window of the page forgets an upload. */
export function onforgotten(listener) {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(PREFIX) && newValue === null) listener(key.slice(PREFIX.length));
  });
}

/** What is remembered for a key, oldest first. */
export function remembered(mark) {
  const entries = kept((store) => Object.keys(store).filter((key) => key.startsWith(PREFIX)).map((key) => read(store, key)), []);
  for (const { id } of entries.filter((one) => one.at < Date.now() - KEPT_MS)) forget(id);
  return entries.filter((one) => one.mark === mark && one.at >= Date.now() - KEPT_MS).sort((a, b) => a.at - b.at);
}

function read(store, key) {
  try {
    const entry = JSON.parse(store.getItem(key));
    return { ...entry, id: key.slice(PREFIX.length), at: Number(entry.at) || 0 };
  } catch {
    return { id: key.slice(PREFIX.length), at: 0 };
  }
}
