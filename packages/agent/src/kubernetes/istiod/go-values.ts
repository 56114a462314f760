/** Milliseconds of each unit of a Go duration. */
const unitsMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A number with digits on at least one side of its point, and a unit. It reads long rows of digits in one go. */
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;

/**
 * Reads a duration as Go's time.ParseDuration does, such as `24h0m0s`.
 * @returns milliseconds, which may be a fraction or below zero; undefined when the text is no duration
 */
export function parseGoDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (unsigned === '0') return 0;
  if (unsigned === '') return undefined;
  let ms = 0;
  part.lastIndex = 0;
  while (part.lastIndex < unsigned.length) {
    const match = part.exec(unsigned);
    if (match === null) return undefined;
    ms += Number(match[1]) * (unitsMs[match[2] ?? ''] ?? 0);
  }
  return sign * ms;
}

/** Whether Go's strconv.ParseBool reads the text as true; Istio reads its switches by it. */
export function isGoTrue(text: string): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text);
}
