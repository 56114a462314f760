import type { CheckOutcome } from '@reroot/shared/api';
import { expect, it } from 'vitest';
import type { ProvenCheck } from '../store/index.ts';
import { type Asked, headingOf, makeProof } from './make-proof.ts';
import { sampleSubject } from './testing/sample-subject.ts';

const heading = headingOf(sampleSubject(), { id: 'p1', cause: 'operator', by: 'ann', nowMs: 1 });

function checked(...outcomes: readonly (readonly [name: string, outcome: CheckOutcome])[]): readonly ProvenCheck[] {
  return outcomes.map(([name, outcome]) => ({ name, outcome, message: `it is ${name}`, laggards: [], evidence: {} }));
}

it.each<readonly [Asked, ReturnType<typeof checked>, outcome: string, message: string]>([
  ['all', checked(['evidence', 'passed'], ['matrix', 'passed'], ['path-probes', 'skipped']), 'passed', 'matrix: it is matrix'],
  ['all', checked(['evidence', 'passed'], ['matrix', 'skipped']), 'passed', 'the evidence is complete'],
  [
    'all',
    checked(['evidence', 'passed'], ['matrix', 'passed'], ['negative-proof', 'impossible']),
    'passed',
    'matrix: it is matrix; negative-proof (impossible): it is negative-proof',
  ],
  ['all', checked(['matrix', 'skipped']), 'unproven', 'matrix (skipped): it is matrix'],
  ['by-name', checked(['negative-proof', 'impossible']), 'unproven', 'negative-proof (impossible): it is negative-proof'],
  ['by-name', checked(['matrix', 'passed'], ['path-probes', 'skipped']), 'unproven', 'path-probes (skipped): it is path-probes'],
  [
    'by-name',
    checked(['matrix', 'passed'], ['handshakes', 'passed']),
    'passed',
    'matrix: it is matrix; handshakes: it is handshakes',
  ],
  ['all', checked(['matrix', 'passed'], ['handshakes', 'unavailable']), 'unproven', 'handshakes: it is handshakes'],
  ['all', checked(['handshakes', 'unavailable'], ['gate', 'failed']), 'failed', 'gate: it is gate'],
  ['all', [], 'unproven', 'nothing was to be checked'],
])('a proof of %s checks, %j, is %s', (asked, checks, outcome, message) => {
  expect(makeProof(heading, checks, 2, asked)).toMatchObject({ outcome, message });
});
