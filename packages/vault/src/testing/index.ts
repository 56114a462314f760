/** A Vault for tests without a Vault, and the contract that it and a real one fulfil. */
export { defaultSigningPath } from './default-signing-path.ts';
export { type Fault, type SeenRequest, startVaultStandIn, type VaultStandIn } from './start-vault-stand-in.ts';
export { startTokenReviewer, type TokenReviewer } from './token-reviewer.ts';
export { type ContractVault, describeVaultContract } from './vault-contract.ts';
export { type Operator, operate, type RunningVault } from './vault-under-test.ts';
