import type { Clock } from '@reroot/shared/clock';
import { assertNever, RerootError } from '@reroot/shared/errors';
import type { Certificate } from '@reroot/shared/pki';
import type { Custody } from './custody.ts';
import { issuedProblem } from './issued-problem.ts';
import type { KeyStoreAuthority } from './key-store-authority.ts';
import { proveRoot } from './prove-root.ts';
import type { IntermediateRequest, KeptRoot, RootAuthority, RootRequest } from './root-authority.ts';
import type { SecretAuthority } from './secret-authority.ts';
import type { VaultAuthority } from './vault-authority.ts';

/** What obtains roots, and what signs with them. */
export interface RootAuthorityOptions {
  readonly keyStore: KeyStoreAuthority;
  readonly secret: SecretAuthority;
  readonly vault: VaultAuthority;
  readonly clock: Clock;
}

/** Obtains by where the next root comes from, and signs by who has the key of the root that signs: the two may differ. */
export function createRootAuthority({ keyStore, secret, vault, clock }: RootAuthorityOptions): RootAuthority {
  return {
    obtain: async (request, signal) => {
      const root = await take(request, signal);
      // Under any other root somebody else signs.
      if (request.signing === 'mgmt') await proveOrLetGo(root, request, signal);
      return root;
    },
    findOffer: async (request, signal) => {
      const { source } = request;
      switch (source.kind) {
        case 'generated':
          return undefined;
        case 'secret':
          return secret.findOffer(request, source, signal);
        case 'vault':
          return vault.findOffer(request, source.vault, signal);
        default:
          return assertNever(source);
      }
    },
    issue,
    probe: async (custody, signal) => {
      switch (custody.kind) {
        case 'key-store':
          return keyStore.probe(custody);
        case 'vault':
          return vault.probe(custody, signal);
        case 'agents':
        case 'foreign':
          return;
        default:
          return assertNever(custody);
      }
    },
    signCrl: async (root, request) => {
      const { custody, certificate } = root;
      if (custody.kind === 'key-store') return keyStore.signCrl(root, custody, request);
      throw new RerootError('RR_CRL_NOT_HERE', `mgmt has no key of its own under root ${certificate.fingerprint}`);
    },
    destroy,
  };

  function take(request: RootRequest, signal: AbortSignal): Promise<KeptRoot> {
    const { source } = request;
    switch (source.kind) {
      case 'generated':
        return keyStore.obtain(request);
      case 'secret':
        return secret.obtain(request, source, signal);
      case 'vault':
        return vault.obtain(request, source.vault, signal);
      default:
        return assertNever(source);
    }
  }

  /** What was made, or taken over, for nothing is let go of again, as far as Vault's policies allow it. */
  async function proveOrLetGo(root: KeptRoot, request: RootRequest, signal: AbortSignal): Promise<void> {
    try {
      await proveRoot(root, request, issue, clock, signal);
    } catch (error) {
      await destroy(root.custody, signal).catch(() => undefined);
      throw error;
    }
  }

  async function issue(root: KeptRoot, request: IntermediateRequest, signal: AbortSignal): Promise<readonly Certificate[]> {
    const chain = await sign(root, request, signal);
    const problem = issuedProblem(chain, root.certificate, request, clock.now());
    if (problem === undefined) return chain;
    throw new RerootError('RR_ISSUE_UNUSABLE', `the intermediate that was issued is of no use: ${problem}`);
  }

  async function destroy(custody: Custody, signal: AbortSignal): Promise<void> {
    switch (custody.kind) {
      case 'key-store':
        return keyStore.destroy(custody);
      case 'vault':
        return vault.destroy(custody, signal);
      case 'agents':
      case 'foreign':
        // It was never mgmt's.
        return;
      default:
        return assertNever(custody);
    }
  }

  async function sign(root: KeptRoot, request: IntermediateRequest, signal: AbortSignal): Promise<readonly Certificate[]> {
    const { custody, certificate } = root;
    switch (custody.kind) {
      case 'key-store':
        return keyStore.issue(root, custody, request);
      case 'vault':
        return vault.issue(root, custody, request, signal);
      case 'agents':
        throw new RerootError('RR_ISSUE_NOT_HERE', `mgmt has no key under root ${certificate.fingerprint}`);
      case 'foreign':
        throw new RerootError('RR_ISSUE_FOREIGN', `root ${certificate.fingerprint} came with an adopted cluster`);
      default:
        return assertNever(custody);
    }
  }
}
