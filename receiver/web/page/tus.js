/* One call each of tus 1.0.0 (https://tus.io/protocols/resumable-upload), in the receiver's dialect. */

const FILES = "/files";
const TYPE = "application/offset+octet-stream";

export class Tus {
  constructor(server) {
    this._server = server;
  }

  /** Create an upload; with `window` its whole body goes along.
   * @param {import("./upload.js").Upload} upload
   * @returns {Promise<{id: string, route: string, known: string, offset: number, digest: string, storedName: string}>}
   * @throws {Problem}
   */
  async create(upload, options, window = null) {
    const headers = { "Upload-Length": String(upload.size), "Upload-Metadata": metadata(upload) };
    if (window) Object.assign(headers, bodyHeaders(window));
    const answer = await this._server.send("POST", FILES, headers, { ...options, body: window?.bytes });
    return {
      ...progress(answer),
      id: answer.header("Location").split("/").at(-1),
      route: answer.header("Wherry-Route") || "stream",
      known: digest(answer.header("Wherry-Known-Digest")),
    };
  }

  /** Ask how far an upload is.
   * @throws {Problem} upload_unknown, upload_expired
   */
  async head(id, options) {
    return progress(await this._server.send("HEAD", `${FILES}/${id}`, {}, options));
  }

  /** Send a window; an empty one at the end asks the server to finish. */
  async patch(id, offset, window, options) {
    const headers = { "Upload-Offset": String(offset), ...bodyHeaders(window) };
    return progress(await this._server.send("PATCH", `${FILES}/${id}`, headers, { ...options, body: window.bytes }));
  }

  /** Drop an unfinished upload. */
  async drop(id, options) {
    await this._server.send("DELETE", `${FILES}/${id}`, {}, options);
  }
}

function bodyHeaders({ checksum }) {
  return checksum ? { "Content-Type": TYPE, "Upload-Checksum": checksum } : { "Content-Type": TYPE };
}

/** The offset and, once the file is stored, its digest and name. */
function progress({ header }) {
  return {
    offset: Number(header("Upload-Offset")),
    digest: digest(header("Repr-Digest")),
    storedName: decodeURIComponent(header("Wherry-Stored-Name") || ""),
  };
}

/** Find BLAKE3 in a Repr-Digest header (RFC 9530). */
function digest(header) {
  return /(?:^|,)\s*blake3=:([^:]+):/.exec(header || "")?.[1] ?? "";
}

function metadata({ name, path, type, modified, fingerprint }) {
  const pairs = { filename: name, relativePath: path === name ? "" : path, filetype: type, mtime: String(modified), fingerprint };
  return Object.entries(pairs).filter(([, value]) => value).map(([key, value]) => `${key} ${base64(value)}`).join(",");
}

function base64(text) {
  return btoa(Array.from(new TextEncoder().encode(text), (one) => String.fromCharCode(one)).join(""));
}
