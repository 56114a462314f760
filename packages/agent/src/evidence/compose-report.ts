import { type Certificate, countNudges, parseCertificates } from '@reroot/shared/pki';
import type { Problem, Report } from '@reroot/shared/protocol';
import type { AcceptedTrust, CaSecret } from '../cluster/cluster.ts';
import { findRestartsDue, notRestarted } from '../install/restart-due.ts';
import { uniqueByFingerprint } from '../trust/desired.ts';
import type { Evidence } from './collect-evidence.ts';
import { type Observed, observe, observeNothing, toHolding } from './observed.ts';

/** What a report is made of, besides evidence. */
export interface ReportFacts {
  /** The Secret as the agent last read or wrote it; undefined when there is none, or it could not be read. */
  readonly secret: CaSecret | undefined;
  readonly accepted: AcceptedTrust;
  readonly evidence: Evidence;
  /** Beyond those of the evidence. */
  readonly problems: readonly Problem[];
  readonly takenAtMs: number;
  readonly agentVersion: string;
}

/** Puts the whole evidence into one message, every certificate in it once. Never throws. */
export function composeReport(facts: ReportFacts): Report {
  const { secret, accepted, evidence, takenAtMs, agentVersion } = facts;
  const written = observeSecret(secret);
  const seen = [written, ...observationsOf(evidence)].filter((observed) => observed !== undefined);
  return {
    appliedTerm: accepted.term,
    appliedGeneration: accepted.generation,
    takenAtMs,
    agentVersion,
    clusterUid: evidence.clusterUid ?? '',
    certificates: certificatesOf(seen).map(({ der }) => der),
    written: written === undefined ? undefined : toHolding(written),
    replicas: describeReplicas(secret, evidence),
    namespaces: evidence.namespaces?.map(({ namespace, observed }) => ({
      namespace,
      holding: observed === undefined ? undefined : toHolding(observed),
    })),
    workloads: evidence.workloads?.map(({ namespace, observed, count, examples }) => ({
      namespace,
      holding: toHolding(observed),
      count,
      examples,
      method: 'proxy-config',
    })),
    problems: withoutRepetition([...facts.problems, ...evidence.problems]),
    nudges: secret === undefined ? 0 : countNudges(secret.rootCert, accepted.generation),
  };
}

/**
 * A replica that must be restarted first proves nothing, whatever it holds. That is told by the Secret alone, so that an
 * agent which was started anew does not report more than the one before.
 */
function describeReplicas(secret: CaSecret | undefined, { replicas }: Evidence): Report['replicas'] {
  const due = new Set(secret === undefined ? [] : findRestartsDue(secret, replicas));
  return replicas.map((observed) => {
    const { replica, result } = observed;
    if (due.has(observed)) return { replica, result: { kind: 'failure', problem: notRestarted(replica) } };
    return { replica, result: result.kind === 'proven' ? { kind: 'holding', holding: toHolding(result.observed) } : result };
  });
}

/** The Secret as evidence of level 1; one that cannot be read trusts and signs nothing. */
function observeSecret(secret: CaSecret | undefined): Observed | undefined {
  if (secret === undefined) return undefined;
  try {
    const [signer] = parseCertificates(secret.caCert);
    const chain = parseCertificates(secret.certChain);
    return observe(secret.rootCert, uniqueByFingerprint(signer === undefined ? chain : [signer, ...chain]));
  } catch {
    return observeNothing(secret.rootCert);
  }
}

function observationsOf({ replicas, namespaces, workloads }: Evidence): (Observed | undefined)[] {
  return [
    ...replicas.map(({ result }) => (result.kind === 'proven' ? result.observed : undefined)),
    ...(namespaces ?? []).map(({ observed }) => observed),
    ...(workloads ?? []).map(({ observed }) => observed),
  ];
}

function certificatesOf(observations: readonly Observed[]): Certificate[] {
  return uniqueByFingerprint(observations.flatMap(({ roots, signerChain }) => [...roots, ...signerChain]));
}

/** One cluster that is down fails every question in the same words. */
function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}
