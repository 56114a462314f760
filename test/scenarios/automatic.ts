import type { CheckStatus, MeshStatus, ProofStatus } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import { replicasOf } from './held-by-clusters.ts';
import { type MeshFleet, meshName } from './mesh-fleet.ts';

/** The proofs that let steps of a rotation pass, or not; oldest first, with what they rest on. */
export async function proofsOf({ api, broken }: MeshFleet, { rotation }: MeshStatus): Promise<readonly ProofStatus[]> {
  const listed = (await api.listProofs(meshName, broken)).filter(
    ({ rotationId, cause }) => rotationId === rotation?.id && cause === 'rotation',
  );
  return Promise.all(listed.toReversed().map(({ id }) => api.readProof(meshName, id, broken)));
}

function check(proof: ProofStatus | undefined, name: string): CheckStatus | undefined {
  return proof?.checks.find((each) => each.name === name);
}

/** @param automatic gives what the policy says of `verification.automatic` */
export function describeAutomatic(fleetOf: () => MeshFleet, automatic: () => object): void {
  describe('a rotation that mgmt verifies by itself', () => {
    it('finishes without a person and without a failed handshake; each step has a proof, the last one that the old root is refused', async () => {
      const fleet = fleetOf();
      await fleet.setPolicy({ verification: { automatic: automatic() } });
      const before = await fleet.traffic();
      const started = await fleet.rotate();
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      const proofs = await proofsOf(fleet, started);
      expect(proofs.map(({ step, outcome, by }) => [step, outcome, by])).toEqual([
        ['ADDING_NEW_ROOT', 'passed', 'reroot'],
        ['PROPAGATING_NEW_INTERMEDIATE', 'passed', 'reroot'],
        ['DELETING_OLD_ROOT', 'passed', 'reroot'],
      ]);
      for (const proof of proofs) await expectShown(fleet, proof);
      await expectOldRefused(fleet, proofs);
      await expectRecorded(fleet, proofs);
      await expectUnharmed(fleet, before, started.rotation?.newRoot);
    });
  });
}

/** Every pair is green, and every replica has shaken hands. */
async function expectShown(fleet: MeshFleet, proof: ProofStatus): Promise<void> {
  const green = fleet.clusters.length ** 2;
  expect(check(proof, 'matrix')).toMatchObject({ outcome: 'passed', evidence: { counts: { green, red: 0, unknown: 0 } } });
  const handshakes = check(proof, 'handshakes');
  expect(handshakes).toMatchObject({ outcome: 'passed' });
  expect(handshakes?.message).toMatch(/^(\d+) of \1 handshakes were accepted$/);
  expect(Number(handshakes?.message.split(' ')[0])).toBeGreaterThanOrEqual(green);
}

/** By every replica of each cluster, once the old root is gone and not before. */
async function expectOldRefused(fleet: MeshFleet, proofs: readonly ProofStatus[]): Promise<void> {
  expect(proofs.map((proof) => check(proof, 'negative-proof')?.outcome)).toEqual(['skipped', 'skipped', 'passed']);
  const refused = check(proofs.at(-1), 'negative-proof')?.evidence?.['handshakes'] as readonly object[];
  const replicas = await Promise.all(fleet.clusters.map((cluster) => replicasOf(fleet, cluster)));
  expect(refused.length).toBeGreaterThanOrEqual(replicas.flat().length);
  for (const each of refused) expect(each).toMatchObject({ client: 'mgmt', expects: 'refused', outcome: 'refused' });
}

/** The history says of each step which proof let it pass. */
async function expectRecorded({ api, broken }: MeshFleet, proofs: readonly ProofStatus[]): Promise<void> {
  const history = (await api.readHistory(meshName, broken)).map(({ message }) => message);
  for (const { id, step } of proofs) {
    const said = history.filter((message) => message.startsWith(`${step} is verified: `) && message.endsWith(`(proof ${id})`));
    expect(said).toHaveLength(1);
  }
}
