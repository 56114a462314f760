import type { Vault } from '../vault.ts';
import { below } from '../vault-path.ts';

/** Takes an issuer out of a mount, by its ID or name; its key stays. Nothing happens where there is none. */
export async function deleteIssuer(vault: Vault, mount: string, issuer: string, signal: AbortSignal): Promise<void> {
  await vault.delete(below(mount, `issuer/${issuer}`), signal);
}

/**
 * Destroys a private key of a mount, by its ID or name. Nothing happens where there is none.
 * @throws RR_VAULT_REFUSED while an issuer has it
 */
export async function deleteKey(vault: Vault, mount: string, key: string, signal: AbortSignal): Promise<void> {
  await vault.delete(below(mount, `key/${key}`), signal);
}
