/** Why a certificate was revoked, by the names and numbers of RFC 5280 §5.3.1; 8, removeFromCRL, is for delta CRLs alone. */
const codes = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export type CrlReason = keyof typeof codes;

const reasons: ReadonlyMap<number, CrlReason> = new Map(
  Object.entries(codes).map(([reason, code]) => [code, reason as CrlReason]),
);

/** The number of a reason. */
export function codeOfReason(reason: CrlReason): number {
  return codes[reason];
}

/** The reason of a number; undefined where there is none that may stand in a complete CRL. */
export function reasonOfCode(code: number | undefined): CrlReason | undefined {
  return code === undefined ? undefined : reasons.get(code);
}
