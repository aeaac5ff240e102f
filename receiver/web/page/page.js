/* The receiver's page: signs in and puts the parts together. */

import { Arriving } from "./arriving.js";
import { announce, byId, setText, show } from "./dom.js";
import { Live } from "./live.js";
import { Panel } from "./panel.js";
import { Queue } from "./queue.js";
import { Received } from "./received.js";
import { Sending } from "./sending.js";
import { Server } from "./server.js";
import { Tus } from "./tus.js";
import { ago, duration, explain } from "./words.js";

const KEY = "wherry.key";
const server = new Server();
const live = new Live(server);
const queue = new Queue(new Tus(server), server, live);
const panel = new Panel(live);
const received = new Received(server, live);
new Sending(queue, live);
new Arriving(live);

/** Where the key may be kept; a browser that keeps nothing asks again. */
function stores(action) {
  return ["localStorage", "sessionStorage"].map((name) => {
    try {
      return action(window[name], name);
    } catch {
      return null; // storage is switched off
    }
  });
}

function keep(key, stay) {
  stores((store, name) => {
    store.removeItem(KEY);
    if (key && (name === "localStorage") === stay) store.setItem(KEY, key);
  });
}

/** Try a key; on success the page opens.
 * @throws {Problem}
 */
async function signIn(key) {
  const status = await server.get("/status", 10_000, key);
  if (server.key !== key) received.reset();
  server.key = key;
  setText(byId("server-name"), status.name);
  show(byId("sign-in"), false);
  show(byId("app"), true);
  show(byId("sign-out"), true);
  live.start(status);
  panel.render();
  byId("app").focus({ preventScroll: true });
  queue.release();
}

/** Ask for the key, and say why. */
function askForKey(problem = null) {
  live.stop();
  queue.hold();
  show(byId("app"), false);
  show(byId("sign-out"), false);
  show(byId("connection"), false);
  show(byId("sign-in"), true);
  tellSignIn(problem);
  byId("key").focus();
}

let countdown = 0;

function tellSignIn(problem) {
  clearInterval(countdown);
  const until = Date.now() + (problem?.retryAfter || 0) * 1000;
  const button = byId("enter");
  const tell = () => {
    const left = Math.max(0, (until - Date.now()) / 1000);
    button.disabled = problem?.code === "too_many_tries" && left > 0;
    const words = problem ? explain({ ...problem, retryAfter: Math.ceil(left) }, location.host) : [];
    setText(byId("sign-in-trouble"), words.join(" "));
    if (!left) clearInterval(countdown);
  };
  tell();
  if (problem?.retryAfter) countdown = setInterval(tell, 1000);
  show(byId("sign-in-trouble"), Boolean(problem));
  byId("key").setAttribute("aria-invalid", String(problem?.code === "key_wrong"));
}

async function enter(event) {
  event.preventDefault();
  const field = byId("key"), button = byId("enter");
  const key = field.value.trim();
  if (!key) return field.focus();
  button.disabled = true;
  try {
    await signIn(key);
    keep(key, byId("stay").checked);
    field.value = "";
    tellSignIn(null);
  } catch (problem) {
    button.disabled = false;
    tellSignIn(problem);
    field.select();
  }
}

/** Sign out by a fresh page: nothing of this person's list stays in it. */
function signOut() {
  keep("", false);
  location.reload();
}

/** Say how the connection is, each second. */
function tellConnection() {
  if (!live.status || byId("app").hidden) return;
  const { old, ageS, problem, nextTryAt } = live;
  const label = byId("connection");
  const left = Math.max(0, Math.round((nextTryAt - Date.now()) / 1000));
  const words = problem
    ? `${problem.code === "unreachable" ? "Not reachable" : "Not answering"}, trying again ${left ? `in ${duration(left)}` : "now"}`
    : old ? "Waiting for an answer" : "Connected";
  label.dataset.kind = problem || old ? "away" : "here";
  setText(byId("connection-text"), words);
  show(byId("age"), old);
  setText(byId("age"), `Numbers from ${ago(ageS)}`);
  show(label, true);
  if (old) panel.render();
}

let awake = null;

/** Phones do not fall asleep while something is sent. Browsers allow it on https only. */
async function stayAwake() {
  if (!navigator.wakeLock || document.hidden) return;
  if (!queue.active) {
    awake?.then((lock) => lock?.release());
    awake = null;
  } else if (!awake) {
    awake = navigator.wakeLock.request("screen").catch(() => null);
    const lock = await awake;
    if (lock) lock.onrelease = () => { awake = null; };
  }
}

server.onrefused = (problem) => {
  if (byId("app").hidden) return;
  keep("", false);
  askForKey(problem);
};
byId("sign-in-form").addEventListener("submit", enter);
byId("sign-out").addEventListener("click", signOut);
live.addEventListener("status", tellConnection);
live.addEventListener("away", () => { tellConnection(); announce("The server cannot be reached"); });
setInterval(() => { tellConnection(); stayAwake(); }, 1000);
setText(byId("host"), location.host);

const kept = stores((store) => store.getItem(KEY)).find(Boolean);
if (kept) signIn(kept).catch((problem) => askForKey(problem));
else askForKey();
