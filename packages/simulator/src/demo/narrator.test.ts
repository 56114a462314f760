import type { MeshStatus } from '@reroot/shared/api';
import { createFakeClock, meshStatus, waitingVerdict } from '@reroot/shared/testing';
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
    const verdict = waitingVerdict('AwaitingVerification', 'verify and answer');
    narrator.look(meshStatus({ state: 'VERIFYING', verdict }), server);
    narrator.look(meshStatus({ state: 'VERIFYING', verdict }), server);
    const lines = written()
      .split('\n')
      .filter((line) => line.includes(' verify '));
    expect(lines).toEqual([
      `./dev reroot --server ${server} verify --continue --mesh demo --rotation r-1 --step ADDING_NEW_ROOT --generation 2 --why 'traffic looks right'`,
    ]);
  });

  it('prints the command for a row that was rolled back to, and none for a failure, which ends the demo', () => {
    const { narrator, written } = narrate();
    narrator.look(meshStatus({ state: 'FAILED' }), server);
    expect(written()).not.toContain(' verify ');
    narrator.look(meshStatus({ state: 'VERIFIED', direction: 'back', generation: 3 }), server);
    expect(written()).toContain('ADDING_NEW_ROOT was rolled back to, is accepted, and waits for you. In another terminal');
    expect(written()).toMatch(/^\.\/dev reroot .* verify --continue .* --generation 3 /m);
  });

  it('says how many handshakes failed in a step, and why', () => {
    const { narrator, written } = narrate();
    narrator.closeStep(waitingFor('one'), { ok: 10, failed: 3, byReason: { Reset: 1, UnknownCa: 2 } }, 500);
    const line = 'ADDING_NEW_ROOT is proven; meanwhile 10 handshakes ok, 3 failed (2 UnknownCa, 1 Reset), 26 a second\n';
    expect(written()).toContain(line);
  });

  it('says what a mesh waits for that is not whole yet, without naming a step', () => {
    const { narrator, written } = narrate();
    narrator.await(waitingFor('the first'));
    expect(written()).toContain('waiting: the first\n');
    expect(written()).not.toContain('ADDING_NEW_ROOT');
  });

  it('tells of other ways to look at what is left running, after those of the client', () => {
    const { narrator, written } = narrate();
    narrator.explainCli(server, ['kubectl get pods']);
    expect(written()).toMatch(/reroot --server http:\S+ history\n +kubectl get pods\n$/);
  });
});

function narrate(): {
  readonly narrator: ReturnType<typeof createNarrator>;
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly written: () => string;
} {
  const clock = createFakeClock(1_000_000);
  let text = '';
  const narrator = createNarrator((more) => (text += more), clock, 'handshakes');
  return { narrator, clock, written: () => text };
}

function waitingFor(what: string): MeshStatus {
  return meshStatus({ verdict: waitingVerdict('NotWritten', what) });
}
