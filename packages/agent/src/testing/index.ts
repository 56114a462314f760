/**
 * For the tests of those who stand beside the agent: the contracts of its ports, the other end of its bus, and what is said there.
 *
 *   describeClusterContract('my cluster', async () => ({ cluster, dispose }));
 */
export { type ContractSubject, describeClusterContract, type RecordedEvent } from '../cluster/cluster-contract.ts';
export { describeLinkStoreContract, type StoreSubject } from '../link/link-store-contract.ts';
export { type CredentialsSubject, describeVaultCredentialsContract } from '../vault/vault-credentials-contract.ts';
export { trustOf } from './agent-rig.ts';
export { type Ca, createCa } from './ca.ts';
export { createMgmtSide, type MgmtSide } from './mgmt-side.ts';
