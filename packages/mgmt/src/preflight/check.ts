import type { PreflightFinding } from '@reroot/shared/api';
import type { FactName, Inspection } from '@reroot/shared/protocol';
import type { ClusterEvidence } from '../rotation/index.ts';
import { membersOf, type PreflightFacts } from './facts.ts';

/** One thing to be looked at before a rotation. */
export interface Check {
  /** Never changed: a heading of docs/preflight.md has this name, and overrides do. */
  readonly id: string;
  /** What it means when it fails: `fatal` keeps a rotation from starting. */
  readonly severity: 'fatal' | 'warning';
  /** The sentence when it passes. */
  readonly passed: string;
  /** The sentence when it fails. */
  readonly failed: string;
  /** Which failure of a rotation it foresees. */
  readonly why: string;
  readonly hint: string;
  /** What is different about it for clusters that an adoption would bring along; left out where nothing is. */
  readonly inAdoption?: string;
  readonly find: (facts: PreflightFacts) => readonly Found[];
}

/**
 * What a check comes to; `unseen`: nothing is known of the cluster, and another check says why; `nobody`: no cluster takes part that
 * could be looked at, and `any-member` says so.
 */
export type Found = PreflightFinding | { readonly kind: 'unseen'; readonly cluster: string } | { readonly kind: 'nobody' };

/** What is wrong, as a sentence without the cluster, or what could not be told. */
export type Judgement = string | Unsure;

interface Unsure {
  readonly unsure: string;
}

/** What could not be told of a cluster that was seen, as a sentence without the cluster. */
export function unsure(sentence: string): Unsure {
  return { unsure: sentence };
}

/** Checks that are shown together. */
export interface CheckGroup {
  readonly category: string;
  readonly checks: readonly Check[];
}

/** Values of one fact of a cluster's inspection. */
type ValueOf<Name extends FactName> = Inspection[Name] extends infer Each
  ? Each extends { readonly kind: 'known'; readonly value: infer Value }
    ? Value
    : never
  : never;

/** What a cluster is judged by beside the fact. */
export interface ClusterCase {
  readonly cluster: string;
  readonly inspection: Inspection;
  readonly facts: PreflightFacts;
}

/** A check of each cluster that takes part; where none does, nothing has passed. */
export function eachMember(facts: PreflightFacts, find: (cluster: string) => readonly Found[]): readonly Found[] {
  const members = membersOf(facts);
  return members.length === 0 ? [{ kind: 'nobody' }] : members.flatMap(find);
}

/** A check of one fact in each cluster. One whose agent did not answer at all is unseen: `agent-answers` says why. */
export function eachFact<Name extends FactName>(
  name: Name,
  judge: (value: ValueOf<Name>, about: ClusterCase) => readonly Judgement[],
): Check['find'] {
  return (facts) =>
    eachMember(facts, (cluster) => {
      const asked = facts.inspections.get(cluster);
      if (asked?.kind !== 'known') return [unseen(cluster)];
      const inspection = asked.value;
      const fact = inspection[name];
      if (fact.kind === 'unknown') return [{ cluster, kind: 'unknown', message: `unknown because ${fact.why}` }];
      return judge(fact.value as ValueOf<Name>, { cluster, inspection, facts }).map(judged(cluster));
    });
}

/** A check of the last report of each cluster; one that never reported is unseen: `agent-reports` says so. */
export function eachReport(
  judge: (evidence: ClusterEvidence, about: { readonly cluster: string; readonly facts: PreflightFacts }) => readonly Judgement[],
): Check['find'] {
  return (facts) =>
    eachMember(facts, (cluster) => {
      const evidence = facts.snapshot.evidence.get(cluster);
      return evidence === undefined ? [unseen(cluster)] : judge(evidence, { cluster, facts }).map(judged(cluster));
    });
}

/** A cluster of which nothing is known. */
export function unseen(cluster: string): Found {
  return { kind: 'unseen', cluster };
}

function judged(cluster: string): (judgement: Judgement) => PreflightFinding {
  return (judgement) =>
    typeof judgement === 'string'
      ? { cluster, kind: 'failing', message: judgement }
      : { cluster, kind: 'unknown', message: judgement.unsure };
}

/** Whether the start that is looked at brings a cluster along that comes from elsewhere. */
export function isAdopted({ adoption }: Pick<PreflightFacts, 'adoption'>, cluster: string | undefined): boolean {
  return cluster !== undefined && adoption?.clusters.has(cluster) === true;
}

/** A finding about a cluster. */
export function failing(cluster: string): (message: string) => PreflightFinding {
  return (message) => ({ cluster, kind: 'failing', message });
}

/** Findings about mgmt or the mesh. */
export function failingMesh(...messages: readonly string[]): readonly PreflightFinding[] {
  return messages.map((message) => ({ kind: 'failing', message }));
}

/** What could not be learnt about mgmt. */
export function unknownOf(why: string): readonly PreflightFinding[] {
  return [{ kind: 'unknown', message: `unknown because ${why}` }];
}

/** The first names, and how many more there are. */
export function listNames(names: readonly string[], most = 3): string {
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}
