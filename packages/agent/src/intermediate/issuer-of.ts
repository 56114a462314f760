import { assertNever } from '@reroot/shared/errors';
import { generateKey } from '@reroot/shared/pki';
import type { IntermediateSource } from '@reroot/shared/protocol';
import type { VaultConnection } from '../vault/vault-connection.ts';
import type { Issuer } from './issuer.ts';
import { createMgmtIssuer, type MgmtIssuerOptions } from './mgmt-issuer.ts';
import { createVaultIssuer } from './vault-issuer.ts';

/** What issuers of every kind take. */
export interface IssuerOptions extends MgmtIssuerOptions {
  readonly now: () => number;
  readonly vault: VaultConnection;
}

/** Makes the function that finds who issues for a source. */
export function createIssuerOf(options: IssuerOptions): (source: IntermediateSource) => Promise<Issuer> {
  const { cluster, now, vault, makeKey = generateKey } = options;
  const mgmt = createMgmtIssuer(options);
  return async (source) => {
    switch (source.kind) {
      case 'mgmt':
        return mgmt;
      case 'vault':
        return createVaultIssuer({ cluster, ca: source.vault, connection: vault, makeKey, now });
      default:
        return assertNever(source);
    }
  };
}
