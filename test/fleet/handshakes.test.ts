import type { CheckStatus, ProofStatus } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleet = shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 50 }));

/** With what each check rests on, oldest first. */
async function proofs(): Promise<readonly ProofStatus[]> {
  const { api, broken } = fleet();
  const listed = await api.listProofs(meshName, broken);
  return Promise.all(listed.toReversed().map(({ id }) => api.readProof(meshName, id, broken)));
}

const checkOf = ({ checks }: ProofStatus, name: string): CheckStatus | undefined => checks.find((check) => check.name === name);

/** A handshake as a proof keeps it. */
interface Kept {
  readonly client: string;
  readonly server: string;
  readonly expects: string;
  readonly outcome: string;
}

function keptIn(check: CheckStatus | undefined): readonly Kept[] {
  return (check?.evidence?.['handshakes'] ?? []) as readonly Kept[];
}

// Each test goes on from where the one before it has left the fleet.
describe('the agents of a fleet', () => {
  it('shake hands with one another while nothing is going on, in both directions and with themselves', async () => {
    const { api, broken, look } = fleet();
    const { id } = await api.prove(meshName, { by: 'ana', checks: ['handshakes'] }, broken);
    const proof = await look('the proof', async () => {
      const found = await api.readProof(meshName, id, broken);
      return found.outcome === 'running' ? undefined : found;
    });
    expect(proof.message).toContain('were accepted');
    const made = keptIn(checkOf(proof, 'handshakes'));
    const pairs = new Set(made.map(({ client, server }) => `${client} ${server}`));
    expect([pairs.size, new Set(made.map(({ outcome }) => outcome))]).toEqual([9, new Set(['accepted'])]);
  });

  it('prove each step of a rotation, and in the end that each replica refuses the old root', async () => {
    const before = await fleet().traffic();
    const known = (await proofs()).length;
    await fleet().setPolicy({ verification: { automatic: { soak: '0s', negativeProof: 'NEGATIVE_PROOF_REQUIRED' } } });
    const { rotation } = await fleet().rotate();
    await fleet().until('FINISHED', ({ state }) => state === 'FINISHED');
    const made = (await proofs()).slice(known);
    expect(made.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'ADDING_NEW_ROOT passed',
      'PROPAGATING_NEW_INTERMEDIATE passed',
      'DELETING_OLD_ROOT passed',
    ]);
    for (const proof of made) expect(keptIn(checkOf(proof, 'handshakes')).length).toBeGreaterThanOrEqual(9);
    const negative = keptIn(checkOf(made.at(-1)!, 'negative-proof'));
    const outcomes = negative.map(({ server, expects, outcome }) => `${server} ${expects}: ${outcome}`);
    expect(new Set(outcomes)).toEqual(new Set(fleet().clusters.map((cluster) => `${cluster} refused: refused`)));
    await expectUnharmed(fleet(), before, rotation?.newRoot);
  });
});
