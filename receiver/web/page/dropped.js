/* What was dropped or chosen, as files with their paths; folders are followed. */

/** Read a drop. Call it within the event: afterwards the browser gives nothing away.
 * @returns {Promise<{entries: {file: File, path: string}[], unread: string[]}>} `unread` names what could not be read
 */
export function readDrop(transfer) {
  const found = { entries: [], unread: [] };
  const roots = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return roots.reduce((before, root) => before.then(() => follow(root, found)), Promise.resolve()).then(() => found);
}

/** Read what a file button gave. */
export function readChosen(files) {
  return { entries: [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })), unread: [] };
}

async function follow(entry, found) {
  if (!entry) return;
  if (entry instanceof File) {
    found.entries.push({ file: entry, path: entry.name });
    return;
  }
  const path = entry.fullPath.replace(/^\//, "");
  try {
    if (entry.isFile) found.entries.push({ file: await asked((done, failed) => entry.file(done, failed)), path });
    else for (const one of await listed(entry)) await follow(one, found);
  } catch {
    found.unread.push(path);
  }
}

/** List a folder; a browser hands out at most a hundred entries at a time. */
async function listed(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await asked((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return all;
    all.push(...some);
  }
}

function asked(question) {
  return new Promise(question);
}
