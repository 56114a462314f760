/**
 * For the tests of those who stand beside the agent: the contract of its port to a cluster, and the other end of its bus.
 *
 *   describeClusterContract('my cluster', async () => ({ cluster, dispose }));
 */
export { type ContractSubject, describeClusterContract } from '../cluster/cluster-contract.ts';
export { type Ca, createCa } from './ca.ts';
export { createMgmtSide, type MgmtSide } from './mgmt-side.ts';
