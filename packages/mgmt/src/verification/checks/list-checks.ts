import { RerootError } from '@reroot/shared/errors';
import type { ExternalCheck } from '../../rotation/index.ts';
import type { Check } from '../check.ts';
import type { AskHost } from '../external/ask-host.ts';
import { checkPrometheus } from '../external/check-prometheus.ts';
import { checkWebhook } from '../external/check-webhook.ts';
import { queryTimeoutMs } from '../external/query-prometheus.ts';
import type { HandshakeConductor } from '../handshake-conductor.ts';
import { automaticPolicyOf, type Subject } from '../subject.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkHandshakes } from './check-handshakes.ts';
import { checkMatrix } from './check-matrix.ts';
import { checkNegativeProof } from './check-negative-proof.ts';
import { checkPathProbes } from './check-path-probes.ts';

/** What checks look through. */
export interface CheckTools {
  readonly conductor: HandshakeConductor;
  readonly ask: AskHost;
}

/** Names of the checks that are mgmt's own, in their order; those of other systems come after them, under the names of the policy. */
const ownChecks: readonly (readonly [name: string, make: (tools: CheckTools) => Check])[] = [
  ['evidence', checkEvidence],
  ['matrix', checkMatrix],
  ['handshakes', ({ conductor }) => checkHandshakes(conductor)],
  ['negative-proof', ({ conductor }) => checkNegativeProof(conductor)],
  ['path-probes', ({ conductor }) => checkPathProbes(conductor)],
];

/** Every check of a mesh anew, in the order in which they are made: other systems are asked last, and are told of the rest. */
export function listChecks(subject: Subject, tools: CheckTools): readonly Check[] {
  return [...ownChecks.map(([, make]) => make(tools)), ...listExternalChecks(subject, tools)];
}

/** How long an answer of another system counts besides what asking all of them takes by the policy: they may be busy. */
const answerSlackMs = 60_000;

/** Those that ask other systems. What they answer ages, and is asked for again where it has grown too old for a proof. */
export function listExternalChecks(subject: Subject, { ask }: CheckTools): readonly Check[] {
  const { checks } = automaticPolicyOf(subject);
  const countsForMs = checks.reduce((sum, check) => sum + mostMs(check), answerSlackMs);
  return checks.map((check) => ({ ...externalCheck(check, ask), countsForMs }));
}

/** What one check takes when everybody answers in time. */
function mostMs(check: ExternalCheck): number {
  return check.kind === 'webhook' ? check.timeoutMs : check.forMs + queryTimeoutMs;
}

/**
 * Those of the checks that are named; all of them where none is.
 * @throws RR_PROOF_CHECK_UNKNOWN
 */
export function chooseChecks(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const known = checks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RerootError('RR_PROOF_CHECK_UNKNOWN', `there is no check ${unknown}; there are ${known.join(', ')}`);
  }
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

function externalCheck(check: ExternalCheck, ask: AskHost): Check {
  return check.kind === 'webhook' ? checkWebhook(check, ask) : checkPrometheus(check, ask);
}
