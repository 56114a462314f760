import { RerootError } from '@reroot/shared/errors';
import type { PassphraseSource, VaultTransit } from './passphrase-source.ts';
import { readSecretFile } from './secret-file.ts';
import { nameOfSecret, readSecretText, type SecretSource } from './secret-source.ts';

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
    const text = environment[passphraseEnv];
    Reflect.deleteProperty(environment, passphraseEnv);
    return requireUsable(text, `environment variable ${passphraseEnv}`);
  }
  const { key = '', ...secret } = passphraseSecret ?? { namespace: '', name: '' };
  return requireUsable(await readSecretText(secrets, secret, key, signal), `${nameOfSecret(secret)}, key ${key}`);
}

/** Without the line end that many tools leave behind, as from a file. */
function requireUsable(text: string | undefined, place: string): string {
  const refuse = (why: string): RerootError => new RerootError(rule.code, `the ${rule.what} cannot be used: ${why}`, { place });
  if (text === undefined) throw refuse('it is not set');
  const line = text.replace(/\r?\n$/, '');
  if (line.length < rule.minLength) throw refuse(`it has fewer than ${rule.minLength} characters`);
  if (/[\r\n]/.test(line)) throw refuse('it has more than one line');
  return line;
}
