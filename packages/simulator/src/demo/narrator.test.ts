import type { MeshStatus } from '@reroot/shared/api';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createNarrator } from './narrator.ts';

const server = 'http://127.0.0.1:8480';

describe('the narrator of the demo', () => {
  it('stamps each line with the seconds since the start', () => {
    const { narrator, clock, written } = narrate();
    clock.advance(12_340);
    narrator.say('hello');
    expect(written()).toBe('[  12.3 s] hello\n');
  });

  it('names a step once, and what it waits for at most once a second', () => {
    const { narrator, clock, written } = narrate();
    narrator.look(waitingFor('the first'), server);
    narrator.look(waitingFor('the second'), server);
    clock.advance(1_000);
    narrator.look(waitingFor('the third'), server);
    narrator.look(waitingFor('the third'), server);
    expect(written().match(/ADDING_NEW_ROOT \[A\+B \| A\]/g)).toHaveLength(1);
    expect(written().match(/waiting: .*/g)).toEqual(['waiting: the first', 'waiting: the third']);
  });

  it('prints the command that lets a step pass once, alone on its line', () => {
    const { narrator, written } = narrate();
    const verdict = { passed: false, reason: 'AwaitingVerification', message: 'waiting: verify and answer', laggards: [] };
    narrator.look(meshStatus({ state: 'VERIFYING', verdict }), server);
    narrator.look(meshStatus({ state: 'VERIFYING', verdict }), server);
    const lines = written()
      .split('\n')
      .filter((line) => line.includes(' verify '));
    expect(lines).toEqual([
      `./dev reroot --server ${server} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2 --why 'traffic looks right'`,
    ]);
  });

  it('says how many handshakes failed in a step, and why', () => {
    const { narrator, written } = narrate();
    narrator.closeStep(waitingFor('one'), { ok: 10, failed: 3, byReason: { Reset: 1, UnknownCa: 2 } });
    expect(written()).toContain('ADDING_NEW_ROOT is proven; meanwhile 10 handshakes ok, 3 failed (2 UnknownCa, 1 Reset)\n');
  });
});

function narrate(): {
  readonly narrator: ReturnType<typeof createNarrator>;
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly written: () => string;
} {
  const clock = createFakeClock(1_000_000);
  let text = '';
  const narrator = createNarrator((more) => (text += more), clock);
  return { narrator, clock, written: () => text };
}

function waitingFor(what: string): MeshStatus {
  return meshStatus({ verdict: { passed: false, reason: 'NotWritten', message: `waiting: ${what}`, laggards: [] } });
}

function meshStatus(differing: Partial<MeshStatus>): MeshStatus {
  return {
    mesh: 'demo',
    state: 'ADDING_NEW_ROOT',
    step: 'ADDING_NEW_ROOT',
    direction: 'forward',
    generation: 2,
    term: 1,
    enteredAt: '2026-01-01T00:00:00Z',
    trustDomain: 'cluster.local',
    roots: [],
    rotation: {
      id: 'r-1',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      startedBy: 'demo',
      startedAt: '2026-01-01T00:00:00Z',
      oldRoot: 'a'.repeat(64),
      newRoot: 'b'.repeat(64),
    },
    verdict: { passed: true, reason: 'Passed', message: 'done', laggards: [] },
    clusters: [],
    ...differing,
  };
}
