import { InvalidArgumentError } from 'commander';

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads a span of time, in milliseconds. @throws InvalidArgumentError, which becomes RR_OPTION_INVALID */
type ReadSpan = (text: string) => number;

/** Reads a span that is waited for: timers of the platform hold no more than 31 bits, which is 24.8 days. */
export const readWait: ReadSpan = (text) => readSpan(text, 24);

/** Reads how long a join file is to be good. mgmt makes none that is good for longer. */
export const readValidity: ReadSpan = (text) => readSpan(text, 30);

/** Reads `90s`, `30m`, `2h`, `7d` and the like, as whole milliseconds. */
function readSpan(text: string, maxDays: number): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2] as keyof typeof unitsMs | undefined;
  const ms = unit === undefined ? Number.NaN : Math.round(Number(match?.[1]) * unitsMs[unit]);
  if (!(ms > 0 && ms <= maxDays * unitsMs.d)) {
    throw new InvalidArgumentError(`give a span such as 90s, 30m, 2h or 7d, ${maxDays} days at the most.`);
  }
  return ms;
}
