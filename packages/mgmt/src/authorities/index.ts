/** Where roots come from, and where their private keys stay. */
export { createGeneratedAuthority, type GeneratedAuthorityOptions } from './generated-authority.ts';
export { countKeys, type KeyStore, type KeyStoreOptions, openKeyStore } from './key-store.ts';
export type { CreatedRoot, RootAuthority, RootRequest } from './root-authority.ts';
export { readSecretFile, type SecretFileOptions } from './secret-file.ts';
export { backdateMs, validityEndMs } from './validity.ts';
