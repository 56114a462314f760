import type { NewRoot } from '@reroot/mgmt/rotation';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';

/** The moment at which everything in the model happens. */
export const nowMs = Date.UTC(2030, 0, 1);
/** A moment by which every wait of mgmt and of the agents is over. */
export const laterMs = nowMs + 10 * 3_600_000;

const yearMs = 365 * 86_400_000;

/** A real root, and the one intermediate under it that clusters sign with in the model. */
export interface Authority {
  readonly letter: string;
  readonly certificate: Certificate;
  readonly root: NewRoot;
  readonly intermediate: Certificate;
  /** Of the intermediate, as the Secret holds it. */
  readonly caKey: string;
}

/** Three roots: the old one, the new one, and one more for a second rotation. */
export type Authorities = readonly [Authority, Authority, Authority];

/** Makes them; once for all worlds, for keys are slow to make. */
export async function makeAuthorities(): Promise<Authorities> {
  return [await makeAuthority('A'), await makeAuthority('B'), await makeAuthority('C')];
}

async function makeAuthority(letter: string): Promise<Authority> {
  const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
  const validity = { notBeforeMs: nowMs - yearMs, notAfterMs: nowMs + 10 * yearMs };
  const key = signerFromKey(await generateKey(curve));
  const certificate = await createRootCertificate({ key, commonName: `root ${letter}`, organization: 'model', ...validity });
  const caKey = await generateKey(curve);
  const csr = parseCsr(await createCsr({ key: signerFromKey(caKey), commonName: `intermediate ${letter}` }));
  const names = { commonName: `intermediate ${letter}`, organization: 'model' };
  const intermediate = await issueIntermediate({ csr, issuer: certificate, issuerKey: key, ...names, ...validity });
  const { fingerprint, notBeforeMs, notAfterMs } = certificate;
  return { letter, certificate, root: { fingerprint, notBeforeMs, notAfterMs }, intermediate, caKey: exportPrivateKey(caKey) };
}
