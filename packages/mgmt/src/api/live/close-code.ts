import type { RerootError } from '@reroot/shared/errors';

/** With what a connection is closed (RFC 6455 §7.4.1). */
export const closeCodes = {
  /** mgmt stops. */
  goingAway: 1001,
  /** What came is binary. */
  unsupportedData: 1003,
  /** What came is no JSON. */
  invalidPayload: 1007,
  /** What came is not taken, or whoever reads may no longer. */
  policyViolation: 1008,
  /** mgmt has failed. */
  internalError: 1011,
  /** The client is too slow, or nobody can say whether it may still read. */
  tryAgainLater: 1013,
} as const;

/** One of them. */
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** RFC 6455 §5.5: 125 with the code. */
const maxReasonBytes = 123;

/** The reason of a close, by which a client finds the error in docs/errors.md. */
export function closeReasonOf({ code, message }: RerootError): string {
  const reason = Buffer.from(`${code}: ${message}`).subarray(0, maxReasonBytes);
  // A character that was cut in two must not make the frame invalid.
  return reason.toString().replace(/\uFFFD+$/u, '');
}
