/** How far certificates reach back, for machines whose clocks are behind. */
export const backdateMs = 5 * 60_000;

const dayMs = 86_400_000;

/** When a certificate of so many days ends. */
export function validityEndMs(nowMs: number, ttlDays: number): number {
  return nowMs + ttlDays * dayMs;
}
