/**
 * For the tests of those who stand beside mgmt: what it asks of whoever keeps the keys of roots, and Secrets.
 *
 *   describeRootAuthorityContract('my Vault', async () => ({ authority: vaultAuthority(vault), … }));
 */
export { type Answered, type OpenApi, openApi } from '../api/testing/open-api.ts';
export { createPackMaker } from '../audit/index.ts';
export { keepRotation } from '../audit/testing/kept-rotation.ts';
export { makeSamplePack, packIdentity, textOfPack } from '../audit/testing/make-sample-pack.ts';
export { createFolderKeys } from '../authorities/folder-keys.ts';
export { createKubernetesKeys } from '../authorities/kubernetes-keys.ts';
export { vaultAuthority } from '../authorities/testing/authority-with.ts';
export { describeKeyStoreContract } from '../authorities/testing/key-store-contract.ts';
export {
  describeRootAuthorityContract,
  intermediateRequest,
  rootRequest,
} from '../authorities/testing/root-authority-contract.ts';
export { describeSecretSourceContract } from '../authorities/testing/secret-source-contract.ts';
export { unwrapPassphrase } from '../authorities/wrapped-passphrase.ts';
export { openKubernetes } from '../open-kubernetes.ts';
export { openSecrets } from '../open-secrets.ts';
export { openKubernetesContents } from '../store/image/kubernetes-contents.ts';
export { describeContentsContract } from '../store/image/testing/contents-contract.ts';
export { openKubernetesStore, openSqliteStore } from '../store/index.ts';
export { createMemoryStore } from '../store/testing/memory-store.ts';
export { describeStoreContracts } from '../store/testing/store-contracts.ts';
export {
  type JsonAnswer,
  type JsonAsked,
  type JsonServer,
  prometheusAnswer,
  serveJson,
} from '../verification/testing/serve-json.ts';
export { apply, clientOf, type Installation, makeInstallation, settle } from './installation.ts';
export { startKubernetesRights } from './kubernetes-rights.ts';
export { meshDocument } from './mesh-document.ts';
export { type MadeCa, makeCa } from './openssl-authority.ts';
