/* Requests to the receiver, always with the key; what goes wrong is a `Problem` with a code. */

const PROBLEM_TYPE = "application/problem+json";
const STALLED_MS = 60_000;
const FINISH_MS = 300_000;

/** A refusal or a failure. `code` is the receiver's, or one of ours: unreachable, not_wherry, proxy. */
export class Problem extends Error {
  constructor(code, fields = {}) {
    super(code);
    Object.assign(this, { at: Date.now() }, fields, { code });
  }
}

/** One receiver, the one this page comes from. */
export class Server {
  constructor() {
    this.key = "";
    /** Called when the key is refused. */
    this.onrefused = () => {};
  }

  /** GET JSON.
   * @throws {Problem}
   */
  async get(path, timeoutMs = 10_000, key = this.key) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), timeoutMs);
    try {
      const answer = await fetch(path, {
        headers: { Authorization: `Bearer ${key}` },
        cache: "no-store", credentials: "omit", redirect: "error", signal: control.signal,
      });
      const text = await answer.text();
      if (answer.ok) return parsed(text, path);
      throw this._refusal(answer.status, (name) => answer.headers.get(name), text, path);
    } catch (error) {
      throw error instanceof Problem ? error : new Problem("unreachable", { detail: error.message, address: path });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Send a request of the upload protocol.
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} headers
   * @param {{body?: Blob, onsent?: (bytes: number) => void, signal?: AbortSignal}} options
   * @returns {Promise<{status: number, header: (name: string) => string | null}>}
   * @throws {Problem} and, when the signal aborts, its reason
   */
  send(method, path, headers, { body, onsent, signal } = {}) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const request = new XMLHttpRequest();
      const watch = new Watch(() => request.abort());
      const stop = () => { reject(signal.reason); request.abort(); };
      const fail = () => reject(new Problem("unreachable", { address: path }));
      signal?.addEventListener("abort", stop, { once: true });
      request.open(method, path);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.setRequestHeader("Authorization", `Bearer ${this.key}`);
      request.setRequestHeader("Tus-Resumable", "1.0.0");
      request.upload.onprogress = (event) => { watch.moved(); onsent?.(event.loaded); };
      request.upload.onload = () => watch.moved(FINISH_MS);
      request.onerror = request.onabort = request.ontimeout = fail;
      request.onloadend = () => { watch.end(); signal?.removeEventListener("abort", stop); };
      request.onload = () => {
        const header = (name) => request.getResponseHeader(name);
        if (request.status >= 200 && request.status < 300) resolve({ status: request.status, header });
        else reject(this._refusal(request.status, header, request.responseText, path));
      };
      request.send(body);
    });
  }

  _refusal(status, header, text, address) {
    const problem = refusal(status, header, text, address);
    if (problem.code === "key_wrong" || problem.code === "key_missing") this.onrefused(problem);
    return problem;
  }
}

/** Calls when nothing has moved for long enough. */
class Watch {
  constructor(stalled) {
    this._stalled = stalled;
    this.moved();
  }

  moved(patienceMs = STALLED_MS) {
    clearTimeout(this._timer);
    this._timer = setTimeout(this._stalled, patienceMs);
  }

  end() {
    clearTimeout(this._timer);
  }
}

function parsed(text, address) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("not_wherry", { address });
  }
}

/** Read a refusal (RFC 9457); a HEAD's has no body, so its status must do. */
function refusal(status, header, text, address) {
  const fields = { status, address, retryAfter: Number(header("Retry-After")) || 0 };
  const kind = (header("Content-Type") || "").split(";")[0];
  if (kind !== PROBLEM_TYPE) {
    const proxy = [header("Server"), header("Via")].filter(Boolean).join(", ") || "unknown";
    const code = [413, 502, 504, 524].includes(status) ? "proxy" : "not_wherry";
    return new Problem(code, { ...fields, proxy });
  }
  const document = text ? parsed(text, address) : {};
  return new Problem(document.code || BY_STATUS[status] || "bug", { ...document, ...fields });
}

const BY_STATUS = {
  401: "key_wrong", 404: "upload_unknown", 410: "upload_expired", 423: "upload_locked",
  429: "too_many_tries", 500: "internal", 503: "busy", 507: "no_space",
};
