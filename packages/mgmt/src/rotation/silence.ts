import type { Laggard } from '@reroot/shared/api';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import type { Findings } from './findings.ts';
import { isAnswering, type LinkFacts } from './link.ts';
import type { Policy } from './policy.ts';
import { silenceReasons } from './verdict.ts';

/** What of a snapshot tells why a cluster is silent. */
export type Ear = Pick<Snapshot, 'evidence' | 'links' | 'heardSinceMs'>;

/**
 * The finding of a cluster that never reported, or does not any more. Its sentence says what the link knows when it is
 * asked for, and is made anew when that has changed: an agent may begin to answer, or be revoked, without any report.
 * @param clock gives the moment that is looked at
 */
export function silenceOf(cluster: string, ear: Ear, silentAfterMs: number, clock: () => number): Findings {
  const evidence = ear.evidence.get(cluster);
  const reason = evidence === undefined ? silenceReasons.neverSeen : silenceReasons.silent;
  let made: { readonly facts: LinkFacts | undefined; readonly answers: boolean; readonly list: readonly Laggard[] } | undefined;
  const list = (): readonly Laggard[] => {
    const facts = ear.links.get(cluster);
    const answers = isAnswering(facts?.answer, silentAfterMs, clock());
    if (made?.facts !== facts || made?.answers !== answers) {
      const message = `${cluster} ${sinceText(evidence)}${linkText(facts, answers, ear.heardSinceMs)}`;
      made = { facts, answers, list: [{ cluster, reason, message }] };
    }
    return made.list;
  };
  return { reason, count: 1, list, listAll: list };
}

/** Whether a cluster's last report no longer counts. */
export function isSilent(
  evidence: ClusterEvidence | undefined,
  { silentAfterMs }: Pick<Policy, 'silentAfterMs'>,
  nowMs: number,
): boolean {
  return evidence === undefined || nowMs - evidence.receivedAtMs > silentAfterMs;
}

/** Whether a cluster has told this mgmt nothing yet: what an agent first sends to one that was started anew is of the term before. */
export function isUnheard(evidence: ClusterEvidence | undefined): boolean {
  return evidence === undefined || evidence.problems.some(({ code }) => code === 'RR_REPORT_OTHER_TERM');
}

function sinceText(evidence: ClusterEvidence | undefined): string {
  return evidence === undefined ? 'has never reported' : `has been silent since ${momentText(evidence.receivedAtMs)}`;
}

/** The end of the sentence; empty where nothing is known of links. */
function linkText(facts: LinkFacts | undefined, answers: boolean, heardSinceMs: number): string {
  if (facts === undefined) return '';
  const { access, answer } = facts;
  if (access.kind === 'revoked') return `: it was revoked by ${access.by}: ${access.why}`;
  if (access.kind === 'awaited') return ': no agent has enrolled for it';
  if (answer === undefined) return `: its agent has answered nothing since mgmt began to listen at ${momentText(heardSinceMs)}`;
  if (!answers) return `: its agent answered last at ${momentText(answer.heardAtMs)}`;
  return `: its agent answers (version ${answer.state.agentVersion}), but sends no report`;
}

function momentText(ms: number): string {
  return new Date(ms).toISOString();
}
