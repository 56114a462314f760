import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { deleteIssuer, deleteKey, type Vault } from '@reroot/vault';
import type { VaultCustody } from './custody.ts';

/**
 * Takes an issuer out of its mount, and destroys its key. What is gone is destroyed already, the whole mount too.
 * @throws RR_VAULT_FORBIDDEN with what an operator can do about it, and whatever else Vault fails with; either may be there still
 */
export async function destroyIssuer(
  vault: Vault,
  { vault: { mount }, issuerId, keyId }: VaultCustody,
  signal: AbortSignal,
): Promise<void> {
  const remedy = `give mgmt the policy reroot-mgmt-cleanup of docs/vault.md, or do it by hand: \`vault delete ${mount}/issuer/${issuerId} && vault delete ${mount}/key/${keyId}\``;
  // In this order: Vault keeps the key of an issuer that is there.
  await orGone(() => deleteIssuer(vault, mount, issuerId, signal), remedy);
  await orGone(() => deleteKey(vault, mount, keyId, signal), remedy);
}

async function orGone(remove: () => Promise<void>, remedy: string): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (hasCode(error, 'RR_VAULT_NOT_FOUND')) return;
    if (!hasCode(error, 'RR_VAULT_FORBIDDEN')) throw error;
    throw new RerootError('RR_VAULT_FORBIDDEN', error.message, { remedy });
  }
}

function hasCode(error: unknown, code: ErrorCode): error is RerootError {
  return error instanceof RerootError && error.code === code;
}
