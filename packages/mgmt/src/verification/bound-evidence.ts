import type { Evidence } from '../store/index.ts';

/** How large the evidence of one check may be as JSON. */
const maxBytes = 64 * 1024;

/** Evidence as it is kept: where it is too large, each list in it keeps its first entries, and says how many there were. */
export function boundEvidence(evidence: Evidence): Evidence {
  for (let kept = 1_000; kept > 0; kept = Math.floor(kept / 4)) {
    const shortened = shorten(evidence, kept);
    if (Buffer.byteLength(JSON.stringify(shortened)) <= maxBytes) return shortened;
  }
  return { omitted: `more than ${maxBytes} bytes` };
}

function shorten(evidence: Evidence, kept: number): Evidence {
  return Object.fromEntries(
    Object.entries(evidence).flatMap(([key, value]) => {
      if (!Array.isArray(value) || value.length <= kept) return [[key, value] as const];
      return [[key, value.slice(0, kept)] as const, [`${key}Total`, value.length] as const];
    }),
  );
}
