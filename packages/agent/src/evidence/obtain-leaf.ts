import type { KeyObject } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, createCsr, csrToPem, generateKey, parseCertificates, signerFromKey } from '@reroot/shared/pki';
import type { Cluster } from '../cluster/cluster.ts';
import { isSignedBy, type Observed, observeLeaf } from './observed.ts';

/** A leaf that a replica has signed for a new key, with all that came beside it. */
export interface ObtainedLeaf {
  readonly key: KeyObject;
  readonly leaf: Certificate;
  /** What the replica sent above the leaf. */
  readonly chain: readonly Certificate[];
  /** Exact bytes. */
  readonly bundle: string;
  readonly observed: Observed;
}

/**
 * Has one replica of istiod sign a leaf for a new key. A chain alone would prove nothing: the leaf must be for that key and
 * signed by the first certificate of the chain.
 * @throws RR_REPLICA_UNREACHABLE; RR_REPLICA_ANSWER_INVALID
 */
export async function obtainLeaf(
  cluster: Pick<Cluster, 'probeReplica'>,
  replica: string,
  signal: AbortSignal,
): Promise<ObtainedLeaf> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
  const signer = signerFromKey(key);
  const csr = csrToPem(await createCsr({ key: signer, commonName: 'reroot probe' }));
  const answer = await cluster.probeReplica(replica, csr, signal);
  const read = readAnswer(replica, answer);
  const { leaf, observed } = read;
  if (!leaf.x509.checkPrivateKey(key)) {
    throw invalid(replica, 'with a leaf for another key');
  }
  if (!isSignedBy(leaf, observed)) throw invalid(replica, 'with a leaf that the certificate after it did not sign');
  return { key, ...read };
}

function readAnswer(replica: string, answer: readonly string[]): Omit<ObtainedLeaf, 'key'> {
  const bundle = answer.at(-1);
  if (bundle === undefined || answer.length < 2)
    throw invalid(replica, `with ${answer.length} elements, fewer than a leaf and a bundle`);
  try {
    // Istio before 1.25.1 sends the whole of cert-chain.pem as one element.
    const [leaf, ...chain] = parseCertificates(answer.slice(0, -1).join('\n'));
    if (leaf === undefined) throw invalid(replica, 'without a leaf');
    return { leaf, chain, bundle, observed: observeLeaf(leaf, bundle, chain) };
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_REPLICA_ANSWER_INVALID') throw error;
    throw invalid(replica, 'with certificates that cannot be read', error);
  }
}

function invalid(replica: string, how: string, cause?: unknown): RerootError {
  return new RerootError('RR_REPLICA_ANSWER_INVALID', `replica ${replica} answered ${how}`, { cause });
}
