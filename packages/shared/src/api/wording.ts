import { printable } from './render-table.ts';

/** Enough of a fingerprint to tell a handful of roots apart. */
export function shortFingerprint(fingerprint: string): string {
  return printable(fingerprint.slice(0, 12));
}

/** A span as people say it: `3.2 s`, `75 s`, `12 min`, `5 h`, `3 d`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** How long ago a moment of the contract was. */
export function ageText(timestamp: string, nowMs: number): string {
  return durationText(nowMs - Date.parse(timestamp));
}

/** The day of a moment of the contract. */
export function dayText(timestamp: string): string {
  return timestamp.slice(0, 10);
}

/** Cuts text to a width; three dots say that there was more. */
export function shorten(text: string, columns: number): string {
  const letters = [...text];
  return letters.length <= columns
    ? text
    : `${letters
        .slice(0, columns - 1)
        .join('')
        .trimEnd()}…`;
}
