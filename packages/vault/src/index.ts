/**
 * A client of HashiCorp Vault and OpenBao for what reroot asks of them: PKI and transit.
 *
 *   const vault = openVault({ target: { server: 'https://vault:8200' }, login, clock, random });
 *   const { certificate, issuerId } = await generateRoot(vault, 'pki', { commonName: 'mesh root 1', … }, signal);
 *   const path = await signingPath(vault, 'pki/root/sign-intermediate', certificate.fingerprint, signal);
 *   const chain = await signIntermediate(vault, path, { csrPem, … }, signal);
 *   await vault.close();
 */
export { openVault } from './open-vault.ts';
export { type AccessCredentials, optionsOfAccess } from './options-of-access.ts';
export { deleteIssuer, deleteKey } from './pki/delete-issuer.ts';
export { type ExportedRequest, type ExportedRequestOptions, generateExported } from './pki/generate-exported.ts';
export { type GeneratedRoot, generateRoot, type RootRequest } from './pki/generate-root.ts';
export { findIssuerByFingerprint, type Issuer, type ListedIssuer, listIssuers, readIssuer } from './pki/issuers.ts';
export { type IntermediateRequest, signIntermediate } from './pki/sign-intermediate.ts';
export { signingPath } from './pki/signing-path.ts';
export { decrypt, encrypt } from './transit.ts';
export type { KubernetesLogin, TokenLogin, Vault, VaultLogin, VaultOptions, VaultTarget, WriteEffect } from './vault.ts';
