import { type Certificate, countNudges } from '@reroot/shared/pki';
import type { Problem, Report, WorkloadEvidence } from '@reroot/shared/protocol';
import type { AcceptedTrust, CaSecret } from '../cluster/cluster.ts';
import { describeStanding } from '../install/describe-standing.ts';
import type { Adoption } from '../install/plan.ts';
import { findRestartsDue, notRestarted } from '../install/restart-due.ts';
import type { SecretReading } from '../reconcile.ts';
import { uniqueByFingerprint } from '../trust/desired.ts';
import type { Evidence } from './collect-evidence.ts';
import type { WorkloadGroup } from './group-workloads.ts';
import { observeSecret } from './observe-secret.ts';
import { type Observed, toHolding } from './observed.ts';

const maxExamples = 10;

/** What a report is made of, besides evidence. */
export interface ReportFacts {
  readonly secret: SecretReading;
  readonly accepted: AcceptedTrust;
  readonly evidence: Evidence;
  /** Beyond those of the evidence. */
  readonly problems: readonly Problem[];
  readonly takenAtMs: number;
  readonly agentVersion: string;
  readonly adoption: Adoption;
}

/** Puts the whole evidence into one message, every certificate in it once. Never throws. */
export function composeReport(facts: ReportFacts): Report {
  const { accepted, evidence, takenAtMs, agentVersion } = facts;
  const secret = facts.secret.kind === 'known' ? facts.secret.secret : undefined;
  const written = secret === undefined ? undefined : observeSecret(secret);
  const seen = [written, ...observationsOf(evidence)].filter((observed) => observed !== undefined);
  return {
    appliedTerm: accepted.term,
    appliedGeneration: accepted.generation,
    takenAtMs,
    agentVersion,
    clusterUid: evidence.clusterUid ?? '',
    certificates: certificatesOf(seen).map(({ der }) => der),
    written: written === undefined ? undefined : toHolding(written),
    ...(facts.secret.kind === 'known' ? {} : { secret: 'unknown' as const }),
    replicas: describeReplicas(secret, evidence),
    namespaces: evidence.namespaces?.map(({ namespace, observed }) => ({
      namespace,
      holding: observed === undefined ? undefined : toHolding(observed),
    })),
    workloads: evidence.workloads?.map(describeWorkloads),
    problems: withoutRepetition([...facts.problems, ...evidence.problems]),
    nudges: secret === undefined ? 0 : countNudges(secret.rootCert, accepted.generation),
    ...(secret === undefined ? {} : { standing: describeStanding(secret, facts.adoption) }),
  };
}

/**
 * A replica that must be restarted first proves nothing, whatever it holds. That is told by the Secret alone, so that an
 * agent which was started anew does not report more than the one before.
 */
function describeReplicas(secret: CaSecret | undefined, { replicas }: Evidence): Report['replicas'] {
  const due = new Set(secret === undefined ? [] : findRestartsDue(secret, replicas));
  return replicas.map((observed) => {
    const { replica, multiRoot, result } = observed;
    if (due.has(observed)) return { replica, multiRoot, result: { kind: 'failure', problem: notRestarted(replica) } };
    const told = result.kind === 'proven' ? ({ kind: 'holding', holding: toHolding(result.observed) } as const) : result;
    return { replica, multiRoot, result: told };
  });
}

function describeWorkloads({ namespace, observed, method, learns, unread, members }: WorkloadGroup): WorkloadEvidence {
  const examples = members.slice(0, maxExamples).map(({ name }) => name);
  return { namespace, holding: toHolding(observed), count: members.length, examples, method, learns, unread };
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
