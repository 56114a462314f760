/** Where roots come from, where their private keys stay, and who signs with them. */
export { createRootAuthority, type RootAuthorityOptions } from './create-root-authority.ts';
export { type Custody, intermediateSourceUnder, withAgents, withPresentAccess } from './custody.ts';
export { createFolderKeys } from './folder-keys.ts';
export { createFolderSecrets } from './folder-secrets.ts';
export { type KeyStore, type KeyStoreOptions, openKeyStore } from './key-store.ts';
export { createKeyStoreAuthority } from './key-store-authority.ts';
export { createKubernetesKeys } from './kubernetes-keys.ts';
export { createKubernetesSecrets } from './kubernetes-secrets.ts';
export { obtainPassphrase } from './obtain-passphrase.ts';
export { passphraseSourceSchema, secretsSchema, type VaultTransit } from './passphrase-source.ts';
export { readAccountJwt } from './read-account-jwt.ts';
export type {
  IntermediateRequest,
  KeptRoot,
  OfferRequest,
  RootAuthority,
  RootRequest,
} from './root-authority.ts';
export { checkName, countKeys, type SealedKeys, wrappedName } from './sealed-keys.ts';
export { createSecretAuthority } from './secret-authority.ts';
export { readSecretFile, type SecretFileOptions } from './secret-file.ts';
export { noSecretSource, type SecretSource } from './secret-source.ts';
export { backdateMs, validityEndMs } from './validity.ts';
export { createVaultAuthority } from './vault-authority.ts';
export { createVaultConnections } from './vault-connections.ts';
export { unwrapPassphrase } from './wrapped-passphrase.ts';
