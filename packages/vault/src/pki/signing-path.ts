import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { Vault } from '../vault.ts';
import { below } from '../vault-path.ts';
import { findIssuerByFingerprint } from './issuers.ts';

/** A mount before Vault 1.11 knows no issuers, and a policy need not allow to see them. */
const withoutIssuers: readonly ErrorCode[] = ['RR_VAULT_NOT_FOUND', 'RR_VAULT_REFUSED', 'RR_VAULT_FORBIDDEN'];

/**
 * Where a certain root signs. `MOUNT/root/sign-intermediate` signs with the default issuer of the mount, which is any of its roots
 * while one takes over from another; `MOUNT/issuer/ID/sign-intermediate` is that of one issuer.
 * @param caPath as it is configured, such as `pki/root/sign-intermediate`
 * @param rootFingerprint of the root that is to sign, lower-case hex SHA-256
 * @returns `caPath` itself where it names an issuer already, and where the mount shows none: what is signed there has to be
 * compared with the root
 * @throws RR_VAULT_NOT_FOUND when the mount shows its issuers, and none of them is that root
 */
export async function signingPath(vault: Vault, caPath: string, rootFingerprint: string, signal: AbortSignal): Promise<string> {
  const mount = /^\/?(.+)\/root\/sign-intermediate\/?$/.exec(caPath)?.[1];
  if (mount === undefined) return caPath;
  try {
    const issuer = await findIssuerByFingerprint(vault, mount, rootFingerprint, signal);
    if (issuer !== undefined) return below(mount, `issuer/${issuer.issuerId}/sign-intermediate`);
  } catch (error) {
    if (error instanceof RerootError && withoutIssuers.includes(error.code)) return caPath;
    throw error;
  }
  throw new RerootError(
    'RR_VAULT_NOT_FOUND',
    `${mount}: no issuer with a key there is the root ${rootFingerprint}, nor chains to it`,
  );
}
