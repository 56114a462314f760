import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificate } from '@reroot/shared/pki';
import type { DesiredTrust } from '@reroot/shared/protocol';
import type { AcceptedTrust } from '../cluster/cluster.ts';
import { requireVault } from './require-vault.ts';
import type { TrustRow } from './trust-row.ts';

/** Desired trust as this agent works with it: certificates parsed, checked to make sense. */
export interface Desired extends AcceptedTrust, TrustRow {
  /** Each once, oldest first. */
  readonly roots: readonly Certificate[];
  /** The one of `roots` that the intermediate must chain to. */
  readonly signerRoot: Certificate;
  readonly intermediate: DesiredTrust['intermediate'];
  readonly nudge: DesiredTrust['nudge'];
  readonly replicaRestart: DesiredTrust['replicaRestart'];
  readonly workloadRestart: DesiredTrust['workloadRestart'];
  readonly passage: DesiredTrust['passage'];
  readonly trustDomain: string;
  /** Who issues the intermediate. */
  readonly intermediateSource: DesiredTrust['intermediateSource'];
  /** `report`: files that somebody else has changed stay, and are reported. */
  readonly drift?: 'report';
  /** Empty while no rotation is under way. */
  readonly rotationId: string;
  /** `kept`: the signer is one that stands in the cluster, or stood there before. Absent: one is obtained. */
  readonly signer?: 'kept';
}

/**
 * Parses and checks what mgmt wants of this cluster.
 * @throws RR_TRUST_INVALID
 */
export function readDesired(accepted: AcceptedTrust, body: DesiredTrust): Desired {
  const roots = uniqueByFingerprint(body.roots.map((der, index) => parseRoot(der, index)));
  const signerRoot = roots.find(({ fingerprint }) => fingerprint === body.signerRoot);
  if (signerRoot === undefined) {
    throw new RerootError(
      'RR_TRUST_INVALID',
      `the signing root ${body.signerRoot} is not among the ${roots.length} desired roots`,
    );
  }
  if (body.intermediate.ttlDays < 1) {
    throw new RerootError('RR_TRUST_INVALID', `an intermediate of ${body.intermediate.ttlDays} days is of no use`);
  }
  if (body.intermediateSource.kind === 'vault') requireVault(body.intermediateSource.vault);
  const { term, generation } = accepted;
  const { intermediate, nudge, replicaRestart, workloadRestart, passage, trustDomain, intermediateSource, rotationId } = body;
  const acts = { nudge, replicaRestart, workloadRestart, passage };
  const kept = body.signer === undefined ? {} : { signer: body.signer };
  const drift = body.drift === undefined ? {} : { drift: body.drift };
  const asked = { ...acts, ...kept, ...drift };
  return { term, generation, roots, signerRoot, intermediate, ...asked, trustDomain, intermediateSource, rotationId };
}

/** The certificates without repetitions, in order. */
export function uniqueByFingerprint(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.fingerprint, certificate])).values()];
}

function parseRoot(der: Uint8Array, index: number): Certificate {
  const place = `roots[${index}]`;
  const root = attempt(() => parseCertificate(der), place);
  if (!root.isCa) throw new RerootError('RR_TRUST_INVALID', `${root.fingerprint} is not a CA certificate`, { place });
  return root;
}

function attempt(parse: () => Certificate, place: string): Certificate {
  try {
    return parse();
  } catch (error) {
    throw new RerootError('RR_TRUST_INVALID', `a desired root cannot be read: ${errorMessage(error)}`, { place, cause: error });
  }
}
