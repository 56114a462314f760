/** A span for people, in the largest unit that leaves no more than a tenth of it out. */
export function spanText(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  for (const [unit, unitMs] of units) if (ms >= 2 * unitMs) return `${Math.round((ms / unitMs) * 10) / 10} ${unit}`;
  return `${Math.round(ms / 100) / 10} s`;
}
