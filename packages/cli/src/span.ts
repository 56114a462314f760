import { InvalidArgumentError } from 'commander';

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Timers of the platform hold no more than 31 bits. */
const maxMs = 2 ** 31 - 1;

/**
 * Reads a span of time such as `90s`, `30m` or `2h`.
 * @throws InvalidArgumentError, which becomes RR_OPTION_INVALID
 */
export function parseSpanMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const unit = match?.[2] as keyof typeof unitsMs | undefined;
  const ms = unit === undefined ? Number.NaN : Number(match?.[1]) * unitsMs[unit];
  if (!(ms > 0 && ms <= maxMs)) throw new InvalidArgumentError('give a span such as 90s, 30m or 2h, 24 days at the most.');
  return ms;
}
