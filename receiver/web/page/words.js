/* How numbers and moments are written, and the sentences for each state and problem.

   Each problem says what happened, what it means for the file, and what to do, with numbers and
   the name of the machine. What only a technician understands stays in Details. */

const LOCALE = "en-GB";
/** Between a number and its unit: no line is broken there. */
const NB = "\u00a0";
const UNITS = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];

/** Bytes in the unit that suits them, powers of 1000: "4.2 GB". */
export function size(bytes) {
  let value = bytes, unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) { value /= 1000; unit++; }
  if (unit === 0 && Math.round(value) === 1) return `1${NB}byte`;
  const digits = unit >= 2 && value < (unit >= 3 ? 99.95 : 9.95) ? 1 : 0;
  return number(value, digits) + NB + UNITS[unit];
}

/** Two sizes, the unit named once where it is the same: "4.2 of 9.8 GB". */
export function sizeOf(part, whole) {
  const [first, second] = [size(part), size(whole)];
  const unit = second.slice(second.indexOf(NB));
  return `${first.endsWith(unit) ? first.slice(0, -unit.length) : first} of ${second}`;
}

export function rate(bytesPerS) {
  return bytesPerS < 500 ? `0${NB}kB/s` : `${size(Math.max(1000, bytesPerS))}/s`;
}

/** A length of time in its two largest units: "2 min 5 s". */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  const [days, hours, minutes] = [Math.floor(s / 86400), Math.floor(s / 3600) % 24, Math.floor(s / 60) % 60];
  const [many, few] = days ? [[days, "d"], [hours, "h"]] : hours ? [[hours, "h"], [minutes, "min"]]
    : minutes ? [[minutes, "min"], [s % 60, "s"]] : [[], [s, "s"]];
  return [...many, ...(few[0] || !many.length ? few : [])].join(NB);
}

export function ago(seconds) {
  return seconds < 0.5 ? "now" : `${duration(seconds)} ago`;
}

/** A share of 0 to 1, rounded down: 100 % is said only of what is whole. */
export function percent(share) {
  return `${Math.floor(share * 100)}${NB}%`;
}

export function number(value, digits = 0) {
  return value.toLocaleString(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** "1 file", "12 files". */
export function count(many, one, more = `${one}s`) {
  return `${number(many)} ${many === 1 ? one : more}`;
}

/** Time of day, with the date where it is not today's; seconds since the epoch. */
export function moment(at, now = Date.now() / 1000) {
  const [then, today] = [new Date(at * 1000), new Date(now * 1000)];
  const time = then.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === today.toDateString()) return `today, ${time}`;
  const year = then.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return `${then.toLocaleDateString(LOCALE, { day: "numeric", month: "short", year })}, ${time}`;
}

export function fullMoment(at) {
  return new Date(at * 1000).toLocaleString(LOCALE, { dateStyle: "long", timeStyle: "medium" });
}

/** How a body is taken, in quiet words. */
export const ROUTES = { memory: "in memory", stream: "streamed" };

const GOES_ON = "The file waits and goes on by itself; what is stored stays.";

/* For each code: what happened, what it means, what to do. `p` is the problem, `s` the server. */
const PROBLEMS = {
  unreachable: (p, s) => [
    `${s} cannot be reached.`,
    "What has been stored there stays; the file goes on from there by itself.",
    "Check that this device is on the network and that the receiver is running."],
  not_wherry: (p, s) => [
    `Something answers in place of ${s}, but not a Wherry receiver.`,
    "Nothing is sent until the receiver itself answers again.",
    "Check whether this network asks you to sign in first."],
  proxy: (p, s) => [
    `Something on the way to ${s} does not let the file by.`,
    "It is tried again in smaller parts; what is stored stays.",
    "If it lasts, show the details to whoever runs the server or the network."],
  key_wrong: (p, s) => [
    "This key is not valid here.",
    `Nothing is shown or sent without a key of ${s}.`,
    "Check for letters that are missing, or ask whoever runs the receiver for a key."],
  too_many_tries: (p, s) => [
    "Too many wrong keys came from this address.",
    `${s} listens again ${p.retryAfter ? `in ${duration(p.retryAfter)}` : "within a minute"}.`,
    "Check the key meanwhile."],
  no_space: (p, s) => [
    `Not enough space on ${s}.`,
    p.needed
      ? `This file needs ${size(p.needed)}; ${free(p)}. It goes on by itself when there is room.`
      : "The file goes on by itself when there is room.",
    "Delete something there, or take files off the list."],
  too_large: (p, s) => [
    `The file is larger than ${s} takes.`,
    p.limit ? `At most ${size(p.limit)} is taken there. It is not sent.` : "It is not sent.",
    "Ask whoever runs the receiver to allow larger files."],
  low_memory: (p, s) => [
    `${s} is short of memory.`, GOES_ON, "If it lasts, close other programs on that machine."],
  busy: (p, s) => [
    `${s} is busy with other uploads.`, GOES_ON, "There is nothing to do but wait."],
  upload_locked: (p, s) => [
    "Somebody else is sending this upload.", GOES_ON,
    "If it is you, in another window, close one of the two."],
  store_failed: (p, s) => [
    `${s} could not write the file to its disk.`,
    "The file is not stored; what was accepted is kept.",
    "Have the disk of that machine looked at, then try again."],
  digest_mismatch: (p, s) => [
    `The file was damaged on its way to ${s}.`,
    "What lies there is not this file, and does not count as stored.",
    "Try again. If it happens again, check disk and memory of both machines."],
  bad_name: (p, s) => [
    `${s} cannot use the file's name.`, "It is not sent.", "Rename the file, then add it again."],
  unreadable: () => [
    "The file can no longer be read.",
    "It was changed, moved or deleted after it was chosen. Parts of different versions are never mixed, so it is not stored.",
    "Choose it again."],
  another_file: (p) => [
    "That is another file.",
    `To go on, the same file is needed: ${size(p.size)}, last changed ${moment(p.modified / 1000)}.`,
    "Choose it, or add the other one as a new file."],
  bug: () => [
    "Wherry has made a mistake.", "The file is not stored.",
    "Try again. If it fails again, report it with the details."],
};

function free(p) {
  const taken = [
    p.promised > 0 && `${size(p.promised)} is promised to other uploads`,
    p.kept > 0 && `${size(p.kept)} is kept free`,
  ].filter(Boolean).join(" and ");
  return `${size(p.free)} is free there${taken && `, but of that ${taken}`}`;
}

/** What happened, what it means, what to do. */
export function explain(problem, server) {
  const words = PROBLEMS[problem.code] || PROBLEMS[ALIKE[problem.code]] || PROBLEMS.bug;
  return words(problem, server).map((one) => one.charAt(0).toUpperCase() + one.slice(1));
}

const ALIKE = { key_missing: "key_wrong", internal: "store_failed", length_exceeded: "too_large" };

/** Why the whole list does not fit. */
export function listDoesNotFit(needed, disk, server) {
  const missing = size(needed - disk.usable_bytes);
  const kept = disk.free_bytes - disk.promised_bytes - disk.usable_bytes;
  const room = free({ free: disk.free_bytes, promised: disk.promised_bytes, kept });
  return [
    `Not enough space on ${server}: ${missing} is missing.`,
    `The list needs ${size(needed)}; ${room}.`,
    "Delete something there, or take files off the list. What fits is sent."];
}

const WAITS = {
  not_wherry: () => "Not a Wherry receiver",
  proxy: (s) => `Held up on the way to ${s}`,
  low_memory: (s) => `${s} is short of memory`,
  busy: (s) => `${s} is busy`,
  upload_locked: () => "Sent from another window too",
  store_failed: (s) => `${s} could not write`,
  internal: (s) => `${s} could not write`,
  digest_mismatch: () => "Damaged on its way, is sent anew",
};

/** One line about where an upload stands. `now` is milliseconds, as Date.now() has it. */
export function state(upload, server, now) {
  const at = upload.size ? percent(Math.min(0.99, upload.offset / upload.size)) : "";
  const again = upload.retryAt > now ? `in ${duration((upload.retryAt - now) / 1000)}` : "now";
  switch (upload.state) {
    case "waiting": return upload.offset ? `Waiting its turn, goes on at ${at}` : "Waiting its turn";
    case "checking": return upload.offset ? `Goes on at ${at}` : "Checking space";
    case "uploading": return upload.resumed ? `Uploading, went on at ${upload.resumed}` : "Uploading";
    case "paused": return upload.offset ? `Paused at ${at}` : "Paused";
    case "network": return `Waiting for the network, trying again ${again}`;
    case "server": {
      const why = (WAITS[upload.problem.code] || WAITS.busy)(server);
      return `${why.charAt(0).toUpperCase()}${why.slice(1)}, trying again ${again}`;
    }
    case "space": return `Waiting for space on ${server}${upload.missing > 0 ? `: ${size(upload.missing)} more is needed` : ""}`;
    case "comparing": return "Comparing with what is stored there already";
    case "verifying": return upload.hashed ? `Verifying, ${percent(upload.hashed / upload.size)}` : "Verifying";
    case "stored": {
      const other = upload.storedName && upload.storedName !== upload.path;
      return `${upload.known ? "Already stored" : "Stored"}${other ? ` as ${upload.storedName}` : ""}`;
    }
    case "remembered": return `Choose the same file again to go on${upload.offset ? ` at ${at}` : ""}`;
    case "failed": return explain(upload.problem, server)[0];
    default: return "Cancelled";
  }
}

/** What stands in Details and is copied from there. */
export function details(problem) {
  return [
    `code: ${problem.code}`,
    problem.status ? `answer: ${problem.status}` : "",
    problem.detail ? `detail: ${problem.detail}` : "",
    problem.proxy ? `answered by: ${problem.proxy}` : "",
    `address: ${problem.address || location.origin}`,
    `time: ${new Date(problem.at || Date.now()).toISOString()}`,
  ].filter(Boolean).join("\n");
}
