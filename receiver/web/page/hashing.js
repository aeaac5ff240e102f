"use strict";
/* A worker that reads windows of a file and hashes them, so that the page never stutters.

   BLAKE3 (https://github.com/BLAKE3-team/BLAKE3-specs) names the whole file: it is compared with
   what the server has stored. SHA-256 checks each window, where the browser offers it (it does so
   only on https and on this computer's own address). Asked by messages, see `ORDERS`. */

const BLOCK = 64;
const CHUNK = 1024;
const START = 1, END = 2, PARENT = 4, ROOT = 8;
const IV = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
const READ_BYTES = 4 << 20;
const SAMPLE_BYTES = 64 << 10;
const SMALL_BYTES = 1 << 20;

/** The compression function: `words[at..at+15]` into the chaining value `cv`, in place. */
function compress(cv, words, at, counter, length, flags) {
  let m0 = words[at], m1 = words[at + 1], m2 = words[at + 2], m3 = words[at + 3];
  let m4 = words[at + 4], m5 = words[at + 5], m6 = words[at + 6], m7 = words[at + 7];
  let m8 = words[at + 8], m9 = words[at + 9], m10 = words[at + 10], m11 = words[at + 11];
  let m12 = words[at + 12], m13 = words[at + 13], m14 = words[at + 14], m15 = words[at + 15];
  let a0 = cv[0], a1 = cv[1], a2 = cv[2], a3 = cv[3];
  let b0 = cv[4], b1 = cv[5], b2 = cv[6], b3 = cv[7];
  let c0 = IV[0], c1 = IV[1], c2 = IV[2], c3 = IV[3];
  let d0 = counter | 0, d1 = (counter / 4294967296) | 0, d2 = length, d3 = flags, x = 0;
  for (let round = 0; round < 7; round++) {
    a0 = (a0 + b0 + m0) | 0; x = d0 ^ a0; d0 = (x >>> 16) | (x << 16);
    c0 = (c0 + d0) | 0; x = b0 ^ c0; b0 = (x >>> 12) | (x << 20);
    a0 = (a0 + b0 + m1) | 0; x = d0 ^ a0; d0 = (x >>> 8) | (x << 24);
    c0 = (c0 + d0) | 0; x = b0 ^ c0; b0 = (x >>> 7) | (x << 25);
    a1 = (a1 + b1 + m2) | 0; x = d1 ^ a1; d1 = (x >>> 16) | (x << 16);
    c1 = (c1 + d1) | 0; x = b1 ^ c1; b1 = (x >>> 12) | (x << 20);
    a1 = (a1 + b1 + m3) | 0; x = d1 ^ a1; d1 = (x >>> 8) | (x << 24);
    c1 = (c1 + d1) | 0; x = b1 ^ c1; b1 = (x >>> 7) | (x << 25);
    a2 = (a2 + b2 + m4) | 0; x = d2 ^ a2; d2 = (x >>> 16) | (x << 16);
    c2 = (c2 + d2) | 0; x = b2 ^ c2; b2 = (x >>> 12) | (x << 20);
    a2 = (a2 + b2 + m5) | 0; x = d2 ^ a2; d2 = (x >>> 8) | (x << 24);
    c2 = (c2 + d2) | 0; x = b2 ^ c2; b2 = (x >>> 7) | (x << 25);
    a3 = (a3 + b3 + m6) | 0; x = d3 ^ a3; d3 = (x >>> 16) | (x << 16);
    c3 = (c3 + d3) | 0; x = b3 ^ c3; b3 = (x >>> 12) | (x << 20);
    a3 = (a3 + b3 + m7) | 0; x = d3 ^ a3; d3 = (x >>> 8) | (x << 24);
    c3 = (c3 + d3) | 0; x = b3 ^ c3; b3 = (x >>> 7) | (x << 25);
    a0 = (a0 + b1 + m8) | 0; x = d3 ^ a0; d3 = (x >>> 16) | (x << 16);
    c2 = (c2 + d3) | 0; x = b1 ^ c2; b1 = (x >>> 12) | (x << 20);
    a0 = (a0 + b1 + m9) | 0; x = d3 ^ a0; d3 = (x >>> 8) | (x << 24);
    c2 = (c2 + d3) | 0; x = b1 ^ c2; b1 = (x >>> 7) | (x << 25);
    a1 = (a1 + b2 + m10) | 0; x = d0 ^ a1; d0 = (x >>> 16) | (x << 16);
    c3 = (c3 + d0) | 0; x = b2 ^ c3; b2 = (x >>> 12) | (x << 20);
    a1 = (a1 + b2 + m11) | 0; x = d0 ^ a1; d0 = (x >>> 8) | (x << 24);
    c3 = (c3 + d0) | 0; x = b2 ^ c3; b2 = (x >>> 7) | (x << 25);
    a2 = (a2 + b3 + m12) | 0; x = d1 ^ a2; d1 = (x >>> 16) | (x << 16);
    c0 = (c0 + d1) | 0; x = b3 ^ c0; b3 = (x >>> 12) | (x << 20);
    a2 = (a2 + b3 + m13) | 0; x = d1 ^ a2; d1 = (x >>> 8) | (x << 24);
    c0 = (c0 + d1) | 0; x = b3 ^ c0; b3 = (x >>> 7) | (x << 25);
    a3 = (a3 + b0 + m14) | 0; x = d2 ^ a3; d2 = (x >>> 16) | (x << 16);
    c1 = (c1 + d2) | 0; x = b0 ^ c1; b0 = (x >>> 12) | (x << 20);
    a3 = (a3 + b0 + m15) | 0; x = d2 ^ a3; d2 = (x >>> 8) | (x << 24);
    c1 = (c1 + d2) | 0; x = b0 ^ c1; b0 = (x >>> 7) | (x << 25);
    x = m0; m0 = m2; m2 = m3; m3 = m10; m10 = m12; m12 = m9; m9 = m11; m11 = m5; m5 = x;
    x = m1; m1 = m6; m6 = m4; m4 = m7; m7 = m13; m13 = m14; m14 = m15; m15 = m8; m8 = x;
  }
  cv[0] = a0 ^ c0; cv[1] = a1 ^ c1; cv[2] = a2 ^ c2; cv[3] = a3 ^ c3;
  cv[4] = b0 ^ d0; cv[5] = b1 ^ d1; cv[6] = b2 ^ d2; cv[7] = b3 ^ d3;
}

/** Incremental BLAKE3 with 32 bytes of output. */
class Blake3 {
  constructor() {
    this.count = 0;
    this._stack = [];
    this._chunks = 0;
    this._rest = new Uint8Array(CHUNK);
    this._filled = 0;
    this._cv = new Int32Array(8);
    this._block = new Int32Array(16);
  }

  /** Add bytes. The last chunk, also a whole one, waits: it could be the root. */
  update(bytes) {
    this.count += bytes.length;
    let at = 0;
    if (this._filled) {
      at = Math.min(bytes.length, CHUNK - this._filled);
      this._rest.set(bytes.subarray(0, at), this._filled);
      this._filled += at;
      if (at === bytes.length) return;
      this._push(words(this._rest, CHUNK), 0);
    }
    const whole = Math.max(0, Math.ceil((bytes.length - at) / CHUNK) - 1) * CHUNK;
    const view = words(bytes.subarray(at, at + whole), whole);
    for (let word = 0; word < whole / 4; word += CHUNK / 4) this._push(view, word);
    this._filled = bytes.length - at - whole;
    this._rest.set(bytes.subarray(at + whole));
  }

  _push(view, word) {
    const cv = this._cv;
    cv.set(IV);
    for (let block = 0; block < 16; block++) {
      const flags = (block === 0 ? START : 0) | (block === 15 ? END : 0);
      compress(cv, view, word + block * 16, this._chunks, BLOCK, flags);
    }
    this._chunks++;
    let node = cv.slice();
    for (let total = this._chunks; total % 2 === 0; total /= 2) {
      node = this._parent(this._stack.pop(), node, 0);
    }
    this._stack.push(node);
  }

  _parent(left, right, root) {
    this._block.set(left);
    this._block.set(right, 8);
    const cv = IV.slice();
    compress(cv, this._block, 0, 0, BLOCK, PARENT | root);
    return cv;
  }

  _last(root) {
    const cv = IV.slice();
    const blocks = Math.max(1, Math.ceil(this._filled / BLOCK));
    const padded = new Uint8Array(CHUNK);
    padded.set(this._rest.subarray(0, this._filled));
    const view = words(padded, CHUNK);
    for (let block = 0; block < blocks; block++) {
      const last = block === blocks - 1;
      const flags = (block === 0 ? START : 0) | (last ? END | root : 0);
      const length = last ? this._filled - block * BLOCK : BLOCK;
      compress(cv, view, block * 16, this._chunks, length, flags);
    }
    return cv;
  }

  /** Return the digest of all that was added; more may be added after it. */
  digest() {
    let node = this._last(this._stack.length ? 0 : ROOT);
    for (let i = this._stack.length - 1; i >= 0; i--) {
      node = this._parent(this._stack[i], node, i === 0 ? ROOT : 0);
    }
    const bytes = new DataView(new ArrayBuffer(32));
    node.forEach((word, i) => bytes.setInt32(i * 4, word, true));
    return new Uint8Array(bytes.buffer);
  }
}

/** See bytes as little-endian words; copied where they do not lie on a word's border. */
function words(bytes, length) {
  const lies = bytes.byteOffset % 4 === 0;
  const found = lies ? bytes : bytes.slice();
  return new Int32Array(found.buffer, found.byteOffset, length >> 2);
}

let file = null;
let small = null;
let whole = new Blake3();

/** Read a part of the file; a small one is read once. */
async function read(from, to) {
  if (small) return small.subarray(from, to);
  const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
  if (bytes.length !== to - from) throw new DOMException("shorter than it was", "NotReadableError");
  return bytes;
}

/** What the page may ask for; each returns its answer. */
const ORDERS = {
  /** Turn to another file; answers with its fingerprint, made as all senders make it. */
  async open({ file: opened }) {
    file = opened;
    small = null;
    whole = new Blake3();
    const size = file.size;
    if (size <= SMALL_BYTES) small = await read(0, size);
    const hash = new Blake3();
    const header = new DataView(new ArrayBuffer(8));
    header.setBigUint64(0, BigInt(size));
    hash.update(new Uint8Array(header.buffer));
    const places = new Set([0, Math.floor(size / 2), Math.max(0, size - SAMPLE_BYTES)]);
    for (const place of [...places].sort((one, other) => one - other)) {
      hash.update(await read(place, Math.min(size, place + SAMPLE_BYTES)));
    }
    return { fingerprint: `b3s-${hex(hash.digest()).slice(0, 32)}` };
  },

  /** Hash a window; answers with its SHA-256, where that can be had. */
  async window({ from, to }) {
    const bytes = await read(from, to);
    const subtle = self.crypto && self.crypto.subtle;
    const check = subtle ? base64(new Uint8Array(await subtle.digest("SHA-256", bytes))) : null;
    if (whole.count === from) whole.update(bytes);
    return { check };
  },

  /** Hash what is left of the whole file, telling how far it is; answers with its digest. */
  async digest({ number }) {
    while (whole.count < file.size) {
      whole.update(await read(whole.count, Math.min(file.size, whole.count + READ_BYTES)));
      self.postMessage({ number, hashed: whole.count });
    }
    return { digest: base64(whole.digest()) };
  },
};

function hex(bytes) {
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

let turn = Promise.resolve();

async function answer(order) {
  const { number, what } = order;
  try {
    self.postMessage({ number, ...(await ORDERS[what](order)) });
  } catch (error) {
    self.postMessage({ number, error: error.name });
  }
}

self.onmessage = (event) => {
  turn = turn.then(() => answer(event.data));
};
