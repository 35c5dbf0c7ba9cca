// The network's time: what a page counts down in. A sandbox network's may be days ahead of here.

// Answers take a moment, and clocks tick apart: a smaller difference than this is none.
const noticedMs = 1_500;

let offsetMs = 0;

/** Takes the time that an answer of the server carries; an unreadable one is no news. */
export function hearNetworkTime(text: string | null, hereMs = Date.now()): void {
  const told = text === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(told)) return;
  if (Math.abs(told - hereMs - offsetMs) > noticedMs) offsetMs = told - hereMs;
}

/** The network's time now, in milliseconds since 1970 UTC. */
export function networkNow(hereMs = Date.now()): number {
  return hereMs + offsetMs;
}
