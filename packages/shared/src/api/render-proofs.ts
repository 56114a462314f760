import type { CheckOutcome, CheckStatus, ProofStatus } from './proofs.ts';
import { type Paint, printable, renderTable, type Tone } from './render-table.ts';

/** Of what a check waits for, this many are shown. */
const maxListed = 10;

const tones: Readonly<Record<CheckOutcome | ProofStatus['outcome'], Tone>> = {
  running: 'waiting',
  passed: 'good',
  failed: 'bad',
  unproven: 'waiting',
  unavailable: 'waiting',
  impossible: 'faint',
  skipped: 'faint',
};

/** Proofs as a table, in their order. */
export function renderProofs(proofs: readonly ProofStatus[], paint: Paint): readonly string[] {
  const rows = proofs.map(({ id, startedAt, step, generation, outcome, cause, by, message }) => [
    ...[id, startedAt, step, String(generation)].map((text) => ({ text })),
    { text: outcome, tone: tones[outcome] },
    { text: cause === 'rotation' ? 'the rotation' : by },
    { text: message },
  ]);
  return renderTable(['PROOF', 'BEGUN', 'STEP', 'GENERATION', 'OUTCOME', 'FOR', 'WHAT'], rows, paint);
}

/** One proof, check by check, with what each waits for. */
export function renderProof(proof: ProofStatus, paint: Paint): readonly string[] {
  const { id, outcome, message, step, generation, startedAt, finishedAt, checks } = proof;
  const until = finishedAt === undefined ? '' : ` to ${finishedAt}`;
  return [
    `proof ${paint('strong', id)}: ${paint(tones[outcome], outcome)} · ${step} · generation ${generation} · ${startedAt}${until}`,
    ...(checks.length === 0 ? [printable(message)] : renderChecks(checks, paint)),
  ];
}

function renderChecks(checks: readonly CheckStatus[], paint: Paint): readonly string[] {
  const rows = checks.map(({ name, outcome, message }) => [
    { text: name },
    { text: outcome, tone: tones[outcome] },
    { text: message },
  ]);
  const [heading = '', ...lines] = renderTable(['CHECK', 'OUTCOME', 'WHAT'], rows, paint);
  return [heading, ...lines.flatMap((line, index) => [line, ...renderLaggards(checks[index])])];
}

function renderLaggards(check: CheckStatus | undefined): readonly string[] {
  const { laggards = [] } = check ?? {};
  const more = laggards.length - maxListed;
  return [
    ...laggards.slice(0, maxListed).map(({ cluster, message }) => printable(`  ${cluster}: ${message}`)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
