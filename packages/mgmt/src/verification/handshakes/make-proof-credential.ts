import type { Clock } from '@reroot/shared/clock';
import { type Credential, makeCredential } from '@reroot/shared/handshake';
import {
  type Certificate,
  createCsr,
  exportPrivateKey,
  generateKey,
  issueLeaf,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';
import { backdateMs, type KeptRoot, type RootAuthority } from '../../authorities/index.ts';

/** What is needed to sign under a root. */
export interface ProofSigning {
  readonly authority: Pick<RootAuthority, 'issue'>;
  readonly organization: string;
  readonly trustDomain: string;
  readonly clock: Clock;
}

/** Long enough for a proof; an intermediate that is near its end is turned down by the authorities themselves. */
const lifetimeMs = 3_600_000;

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;

/**
 * A leaf under a root, by an intermediate of its own. Both keys are made here and never leave this process: they are gone
 * with the credential.
 * @param trusted what its holder trusts
 * @throws RR_KEYSTORE_*, RR_ISSUE_NOT_HERE, RR_PKI_*, RR_VAULT_*
 */
export async function makeProofCredential(
  root: KeptRoot,
  trusted: readonly Certificate[],
  { authority, organization, trustDomain, clock }: ProofSigning,
  signal: AbortSignal,
): Promise<Credential> {
  const signer = signerFromKey(await generateKey(curve));
  const commonName = 'reroot proof';
  const csr = parseCsr(await createCsr({ key: signer, commonName }));
  const span = { notBeforeMs: clock.now() - backdateMs, notAfterMs: clock.now() + backdateMs + lifetimeMs };
  const chain = await authority.issue(root, { csr, commonName, organization, trustDomain, ...span }, signal);
  const [issuer] = chain;
  if (issuer === undefined) throw new Error('the authority gave no certificate');
  const key = await generateKey(curve);
  const leaf = await issueLeaf({
    ...{ issuer, issuerKey: signer, publicKeySpki: signerFromKey(key).publicKeySpki, ...span },
    uris: [`spiffe://${trustDomain}/ns/reroot/sa/proof`],
  });
  return makeCredential({
    privateKeyPem: exportPrivateKey(key),
    chainPem: [leaf, ...chain].map(({ pem }) => pem).join(''),
    bundlePem: trusted.map(({ pem }) => pem).join(''),
  });
}
