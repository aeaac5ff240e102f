/* How long to wait before the next try. */

/** Doubling from one second up to `mostMs`, the upper half of it by chance, so that many do not come at once. */
export function backoffMs(attempt, mostMs = 30_000) {
  return Math.min(mostMs, 1000 * 2 ** Math.min(attempt, 20)) * (0.5 + Math.random() / 2);
}
