import { certificatesOf } from '../pki/index.ts';
import { type CaSet, firstBlockOf } from './ca-set.ts';
import { isInRange } from './istio-version.ts';
import type { CaCase, CaFacts, CaFinding, Rule, SetSummary, Stage, Verdict } from './rule.ts';
import { ruleGroups } from './rules/index.ts';
import { findSignerPath } from './signer-path.ts';

/** What Istio will do with a CA's files. */
export interface CaReport {
  /** The worst of the findings; `ok` where there are none. */
  readonly verdict: Verdict;
  /** The worst first, those of one verdict in the order of the rules. */
  readonly findings: readonly CaFinding[];
}

const severity: Readonly<Record<Verdict, number>> = { refuses: 3, breaks: 2, warns: 1, ok: 0 };

/** Applies every rule that holds for the version. Pure: the same facts give the same report. */
export function checkCa(facts: CaFacts): CaReport {
  const known = examine(facts);
  const findings = ruleGroups
    .flatMap(({ rules }) => rules)
    .filter(({ versions }) => isInRange(facts.istio, versions))
    .flatMap((rule) => findingsOf(rule, known))
    .toSorted((a, b) => severity[b.verdict] - severity[a.verdict]);
  return { verdict: findings[0]?.verdict ?? 'ok', findings };
}

/** Whether istiod refuses the files at its start, or on a reload. */
export function isRefusedAt({ findings }: Pick<CaReport, 'findings'>, stage: Stage): boolean {
  return findings.some((each) => each.verdict === 'refuses' && (each.stage ?? stage) === stage);
}

/** Whether Istio takes the files and nothing fails because of them. */
export function isHarmless({ verdict }: Pick<CaReport, 'verdict'>): boolean {
  return severity[verdict] < severity.breaks;
}

/** A rule, for those who write about it, and what it is about. */
export interface RuleDescription extends Omit<Rule, 'check'> {
  readonly group: string;
}

/** Every rule, in order. */
export function describeRules(): readonly RuleDescription[] {
  return ruleGroups.flatMap(({ title: group, rules }) => rules.map((rule) => ({ group, ...rule })));
}

function findingsOf(rule: Rule, known: CaCase): readonly CaFinding[] {
  const { id, verdict, stage, why, remedy, source } = rule;
  const when = stage === undefined ? {} : { stage };
  return rule.check(known).map(({ message, where }) => ({
    rule: id,
    verdict,
    ...when,
    message,
    // What else a rule knows of an occurrence is for itself.
    ...(where === undefined ? {} : { where }),
    why,
    remedy,
    source,
  }));
}

function examine(facts: CaFacts): CaCase {
  const { before } = facts;
  return {
    ...facts,
    ...summarize(facts.set, facts.atMs),
    former: before === undefined ? undefined : { set: before, ...summarize(before, facts.atMs) },
  };
}

function summarize(set: CaSet, atMs: number): SetSummary {
  const roots = certificatesOf(set.roots?.items ?? []);
  const chain = certificatesOf(set.chain?.items ?? []);
  const first = set.signer === undefined ? undefined : firstBlockOf(set.signer);
  const signer = first?.kind === 'certificate' ? first.certificate : undefined;
  return { roots, chain, signer, path: signer === undefined ? undefined : findSignerPath(signer, chain, roots, atMs) };
}
