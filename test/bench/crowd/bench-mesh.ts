import {
  type Certificate,
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  parseCsr,
  sha256Hex,
  signerFromKey,
} from '@reroot/shared/pki';
import type { AgentPart, Member } from './orders.ts';

/** The mesh of every crowd. */
export const mesh = 'bench';

const curve = { kind: 'ecdsa', curve: 'P-256' } as const;
const dayMs = 86_400_000;

/** What a crowd's clusters hold: real certificates, so that messages have the sizes that they have in a mesh. */
export interface BenchMesh {
  /** The one in force, and the one that is added to it. */
  readonly roots: readonly [Certificate, Certificate];
  readonly members: readonly Member[];
  /** Of a cluster that holds both roots. */
  readonly report: AgentPart['report'];
}

/** Makes two roots, and an intermediate for each cluster, all with keys by P-256. */
export async function makeBenchMesh(clusters: number): Promise<BenchMesh> {
  const validity = { notBeforeMs: Date.now() - dayMs, notAfterMs: Date.now() + 30 * dayMs };
  const makeRoot = async (commonName: string) => {
    const key = signerFromKey(await generateKey(curve));
    return { key, certificate: await createRootCertificate({ key, commonName, organization: 'bench', ...validity }) };
  };
  const [current, target] = [await makeRoot('root A'), await makeRoot('root B')];
  const csr = parseCsr(await createCsr({ key: signerFromKey(await generateKey(curve)), commonName: 'cluster' }));
  const members = await Promise.all(
    Array.from({ length: clusters }, async (_, index): Promise<Member> => {
      const named = { commonName: `cluster-${index} intermediate`, organization: 'bench', ...validity };
      const { der } = await issueIntermediate({ csr, issuer: current.certificate, issuerKey: current.key, ...named });
      return { cluster: `cluster-${index}`, signer: der };
    }),
  );
  const roots = [current.certificate, target.certificate] as const;
  return { roots, members, report: reportOf(roots) };
}

/** Of a cluster with two istiods and four workloads in two namespaces, all of one kind. */
function reportOf(roots: BenchMesh['roots']): AgentPart['report'] {
  const holding = {
    bundleSha256: sha256Hex(Buffer.concat(roots.map(({ der }) => der))),
    roots: roots.map(({ fingerprint }) => fingerprint),
    signerChain: [],
  };
  const namespaces = ['default', 'shop'];
  const known = { method: 'proxy-config', learns: 'pushed', unread: '' } as const;
  return {
    ...{ agentVersion: '0.1.0', clusterUid: '', problems: [], nudges: 0, written: holding },
    certificates: roots.map(({ der }) => der),
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({ replica, result: { kind: 'holding', holding }, multiRoot: 'on' })),
    namespaces: namespaces.map((namespace) => ({ namespace, holding })),
    workloads: namespaces.map((namespace) => ({ namespace, holding, count: 2, examples: ['web-0', 'web-1'], ...known })),
  };
}
