import { systemClock } from '@reroot/shared/clock';
import type { Vault } from '@reroot/vault';
import { createRootAuthority, type RootAuthorityOptions } from '../create-root-authority.ts';
import type { RootAuthority } from '../root-authority.ts';
import { createVaultAuthority } from '../vault-authority.ts';

/** The whole authority with those of its parts that a test needs; any other fails the test that asks for it. */
export function authorityWith(parts: Partial<RootAuthorityOptions>): RootAuthority {
  const none = async (): Promise<never> => {
    throw new Error('the test has no such authority');
  };
  return createRootAuthority({
    keyStore: { obtain: none, issue: none, probe: none, signCrl: none, destroy: none },
    secret: { obtain: none, findOffer: none },
    vault: { obtain: none, findOffer: none, issue: none, probe: none, destroy: none },
    clock: systemClock,
    ...parts,
  });
}

/** The whole authority with one Vault, whatever a source says of how to reach it. */
export function vaultAuthority(vault: Vault): RootAuthority {
  return authorityWith({ vault: createVaultAuthority({ open: () => vault, clock: systemClock }) });
}
