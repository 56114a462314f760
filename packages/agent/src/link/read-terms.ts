import { type LinkTerms, publicKeyPemOf } from '@reroot/shared/protocol';

/** Terms of mgmt as the agent works with them: keys parsed, each once. */
export interface OfferedTerms {
  /** SPKI in PEM; at least one. */
  readonly mgmtPublicKeys: readonly string[];
  readonly credentialsEpoch: number;
  readonly cluster: string;
  /** Undefined while the JWT that the agent has is good. */
  readonly natsJwt: string | undefined;
}

/**
 * Checks what mgmt offers.
 * @throws RR_IDENTITY_INVALID for a key that is none
 */
export function readTerms({ mgmtPublicKeys, credentialsEpoch, cluster, natsJwt }: LinkTerms): OfferedTerms {
  return {
    mgmtPublicKeys: [...new Set(mgmtPublicKeys.map((der) => publicKeyPemOf(der)))],
    credentialsEpoch,
    cluster,
    natsJwt: natsJwt === '' ? undefined : natsJwt,
  };
}
