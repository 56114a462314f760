import { RerootError } from '@reroot/shared/errors';
import type { PassphraseSource, VaultTransit } from './passphrase-source.ts';
import { readSecretFile } from './secret-file.ts';
import { readSecretText, type SecretSource } from './secret-source.ts';

/** What obtaining works with. */
export interface ObtainPassphraseOptions {
  readonly secrets: SecretSource;
  /** A variable that was read is taken out of it: child processes and dumps of it must not show it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Gives the passphrase that Vault keeps wrapped. */
  readonly unwrap: (transit: VaultTransit) => Promise<string>;
}

const rule = { what: 'passphrase of the key store', minLength: 12, code: 'RR_KEYSTORE_PASSPHRASE_INVALID' } as const;

/**
 * The passphrase that the private keys of roots are encrypted with.
 * @throws RR_KEYSTORE_PASSPHRASE_INVALID, RR_SECRET_SOURCE_*, RR_KEYSTORE_WRAPPED_*, RR_VAULT_*
 */
export async function obtainPassphrase(
  { passphraseFile, passphraseEnv, passphraseSecret, vaultTransit }: PassphraseSource,
  { secrets, environment, unwrap }: ObtainPassphraseOptions,
  signal: AbortSignal,
): Promise<string> {
  if (passphraseFile !== undefined) return readSecretFile(passphraseFile, rule);
  if (vaultTransit !== undefined) return unwrap(vaultTransit);
  if (passphraseEnv !== undefined) {
    const text = environment[passphraseEnv] ?? '';
    delete environment[passphraseEnv];
    return requireLong(text, `environment variable ${passphraseEnv}`);
  }
  const { key = '', ...secret } = passphraseSecret ?? { namespace: '', name: '' };
  return requireLong(await readSecretText(secrets, secret, key, signal), `Secret ${secret.namespace}/${secret.name}, key ${key}`);
}

function requireLong(text: string, place: string): string {
  if (text.length >= rule.minLength && !/[\r\n]/.test(text)) return text;
  const why = `the ${rule.what} cannot be used: it is not one line of at least ${rule.minLength} characters`;
  throw new RerootError(rule.code, why, { place });
}
