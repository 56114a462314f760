import { type Form, formsOfBytes, formsOfKey, formsOfSeed, formsOfText, formsOfToken } from './forms-of.ts';

/** What a secret is there for. */
export type SecretKind =
  | 'signing key'
  | 'CA key'
  | 'TLS key'
  | 'NATS seed'
  | 'API token'
  | 'join token'
  | 'Vault token'
  | 'passphrase'
  | 'canary';

/** Something that must stand in its own files and nowhere else. */
export interface Secret {
  readonly kind: SecretKind;
  /** For people; says nothing of the secret itself. */
  readonly name: string;
  readonly forms: readonly Form[];
  /** Absolute paths of the only files that may hold it; none for what is nowhere in the clear. */
  readonly own: readonly string[];
}

/** Whose it is, and where it may stand. */
export interface Ownership {
  readonly kind: SecretKind;
  readonly name: string;
  readonly own: readonly string[];
}

/** A private key in PEM. */
export function secretKey(pem: string, ownership: Ownership): Secret {
  return { ...ownership, forms: formsOfKey(pem) };
}

/** The seed of an nkey. */
export function secretSeed(seed: string, ownership: Ownership): Secret {
  return { ...ownership, forms: formsOfSeed(seed.trim()) };
}

/** A token of reroot's making, which goes on after its prefix in base64url. */
export function secretToken(prefix: string, token: string, ownership: Ownership): Secret {
  return { ...ownership, forms: formsOfToken(prefix, token) };
}

/** Any other text. */
export function secretText(text: string, ownership: Ownership): Secret {
  return { ...ownership, forms: formsOfText(text) };
}

/** Bytes that are no text. */
export function secretBytes(bytes: Uint8Array, ownership: Ownership): Secret {
  return { ...ownership, forms: formsOfBytes(bytes) };
}

/** Every secret there is, each once: whoever finds one again adds to the files that may hold it. */
export interface Ledger {
  add(...secrets: readonly Secret[]): void;
  all(): readonly Secret[];
}

/** Holds none yet. */
export function createLedger(): Ledger {
  const known = new Map<string, Secret>();
  return {
    add: (...secrets) => {
      for (const secret of secrets) {
        const key = secret.forms.map(({ bytes }) => bytes.toString('latin1')).join(' ');
        const own = new Set([...(known.get(key)?.own ?? []), ...secret.own]);
        known.set(key, { ...(known.get(key) ?? secret), own: [...own] });
      }
    },
    all: () => [...known.values()],
  };
}
