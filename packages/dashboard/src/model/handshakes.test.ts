import type { CheckStatus, ProofStatus } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { confirmedByHandshakes, countHandshakes } from './handshakes.ts';

const check = (name: string, outcome: CheckStatus['outcome'], evidence?: Readonly<Record<string, unknown>>): CheckStatus => ({
  name,
  outcome,
  message: '',
  laggards: [],
  ...(evidence === undefined ? {} : { evidence }),
});
const proof = (checks: readonly CheckStatus[], part: Partial<ProofStatus> = {}): ProofStatus => ({
  id: 'p',
  outcome: 'passed',
  message: '',
  cause: 'operator',
  by: 'ann',
  state: 'VERIFYING',
  step: 'ADDING_NEW_ROOT',
  generation: 2,
  startedAt: '2030-01-31T12:00:00.000Z',
  finishedAt: '2030-01-31T12:00:09.000Z',
  checks,
  ...part,
});
const evidence = {
  counts: { planned: 4, asTheyShall: 3, otherwise: 1, unavailable: 0 },
  handshakes: [
    { at: '2030-01-31T12:00:01.000Z', tookMs: 1_000 },
    { at: '2030-01-31T12:00:02.000Z', tookMs: 20 },
  ],
};

describe('the handshakes of a proof', () => {
  it('are counted over its checks, with how many a second', () => {
    const run = countHandshakes(proof([check('matrix', 'passed'), check('handshakes', 'failed', evidence)]));
    expect(run).toMatchObject({ asTheyShall: 3, otherwise: 1, unavailable: 0, perSecond: 2 });
  });

  it('are none where no check shakes hands, or says nothing of it', () => {
    expect(countHandshakes(proof([check('matrix', 'passed', evidence)]))).toBeUndefined();
    expect(countHandshakes(proof([check('handshakes', 'skipped', { omitted: 'too large' })]))).toBeUndefined();
  });
});

describe('a row', () => {
  const handshakes = (outcome: CheckStatus['outcome']) => [check('handshakes', outcome)];

  it('is confirmed by the newest proof of its generation that has shaken hands', () => {
    expect(confirmedByHandshakes([proof(handshakes('passed'))], { generation: 2 })).toBe('proven');
    expect(confirmedByHandshakes([proof(handshakes('failed')), proof(handshakes('passed'))], { generation: 2 })).toBe(
      'not-proven',
    );
    expect(confirmedByHandshakes([proof(handshakes('skipped')), proof(handshakes('passed'))], { generation: 2 })).toBe('proven');
  });

  it('is not confirmed by a proof of another one, or by one that is being made', () => {
    expect(confirmedByHandshakes([proof(handshakes('passed'))], { generation: 3 })).toBe('not-proven');
    expect(confirmedByHandshakes([proof(handshakes('passed'), { outcome: 'running' })], { generation: 2 })).toBe('not-proven');
    expect(confirmedByHandshakes(undefined, { generation: 2 })).toBe('not-proven');
  });
});
