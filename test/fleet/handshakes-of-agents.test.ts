import { conductHandshakes, type HandshakeOutcome, planHandshakes, proveRootRefused } from '@reroot/mgmt/handshakes';
import { monotonicClock, systemClock } from '@reroot/shared/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentFleet, mesh, startAgentFleet, trustDomain } from '../handshakes/agent-fleet.ts';
import { authorityOf, type MeshRoot, makeMeshRoot } from '../handshakes/mesh-roots.ts';

const names = ['east', 'west', 'north'];
const { signal } = new AbortController();

let a: MeshRoot;
let b: MeshRoot;
let fleet: AgentFleet;
beforeAll(async () => {
  [a, b] = await Promise.all([makeMeshRoot('A'), makeMeshRoot('B')]);
  fleet = await startAgentFleet({ names, replicas: 2, root: a });
});
afterAll(() => fleet.stop());

const holdAll = (roots: readonly MeshRoot[], signer: MeshRoot): Promise<unknown> =>
  Promise.all(names.map((name) => fleet.hold(name, roots, signer)));

async function shakeAll(deadlineMs = 60_000): Promise<readonly HandshakeOutcome[]> {
  const plan = planHandshakes([{ clusters: fleet.members }], 'all');
  const clocks = { clock: systemClock, steadyClock: monotonicClock };
  return conductHandshakes(plan, { mesh, trustDomain, tasks: fleet.tasks, ...clocks, deadlineMs, signal });
}

const textsOf = (outcomes: readonly HandshakeOutcome[]): string[] =>
  outcomes.map(({ client, server, result }) => {
    const by = result.kind === 'refused' ? ` by ${result.refusals.map((refusal) => refusal.by).join('+')}` : '';
    return `${client.cluster} ${server.cluster}: ${result.kind}${by}`;
  });

const prove = (roots: readonly MeshRoot[] = [a, b]) =>
  proveRootRefused(fleet.members, {
    ...{
      mesh,
      trustDomain,
      organization: 'test',
      tasks: fleet.tasks,
      clock: systemClock,
      signal,
      turnMs: 10_000,
      deadlineMs: 60_000,
    },
    authority: authorityOf(roots),
    old: { certificate: a.certificate, custody: { kind: 'key-store', keyRef: 'a', chain: [] } },
    current: { certificate: b.certificate, custody: { kind: 'key-store', keyRef: 'b', chain: [] } },
  });

// Each test goes on from where the one before it has left the fleet.
describe('handshakes between agents over a real server', () => {
  it('are accepted between all pairs while every cluster holds the same root', async () => {
    const outcomes = await shakeAll();
    expect(textsOf(outcomes)).toEqual(names.flatMap((left) => names.map((right) => `${left} ${right}: accepted`)));
    const ends = outcomes.flatMap(({ client, server }) =>
      [client, server].map(({ cluster, replica }) => `${cluster} ${replica}`),
    );
    expect(new Set(ends).size).toBe(6);
  });

  it('are accepted while the clusters hold neighbouring rows of a rotation', async () => {
    await holdAll([a, b], a);
    await fleet.hold('west', [a, b], b);
    expect(textsOf(await shakeAll()).filter((text) => !text.endsWith(': accepted'))).toEqual([]);
  });

  it('show that the old root is trusted still: the proof is broken', async () => {
    await holdAll([a, b], b);
    const proofs = await prove();
    expect(new Set(proofs.map(({ result }) => result.kind))).toEqual(new Set(['broken']));
    expect(proofs).toHaveLength(6);
  });

  it('prove of every replica that the old root is refused, once it is gone', async () => {
    await holdAll([b], b);
    expect(textsOf(await shakeAll()).filter((text) => !text.endsWith(': accepted'))).toEqual([]);
    const proofs = await prove();
    expect(proofs.map(({ cluster, replica, result }) => `${cluster} ${replica} ${result.kind}`)).toEqual(
      fleet.members.flatMap(({ cluster, replicas }) => replicas.map((replica) => `${cluster} ${replica} proven`)),
    );
  });

  it('are refused by and with a cluster that is held on another root, and with no other one', async () => {
    // A running istiod refuses an abrupt change: over both roots it gets back to the first one alone.
    await fleet.hold('north', [b, a], a);
    await fleet.hold('north', [a], a);
    expect(textsOf(await shakeAll())).toEqual([
      'east east: accepted',
      'east west: accepted',
      'east north: refused by client+server',
      'west east: accepted',
      'west west: accepted',
      'west north: refused by client+server',
      'north east: refused by client+server',
      'north west: refused by client+server',
      'north north: accepted',
    ]);
    const proofs = await prove();
    const ofNorth = proofs.filter(({ cluster }) => cluster === 'north').map(({ result }) => result.kind);
    // It accepts the old leaf; mgmt does not accept it, for it signs under the old root.
    expect(ofNorth).toEqual(['unproven', 'unproven']);
    expect(proofs.filter(({ result }) => result.kind === 'proven')).toHaveLength(4);
  });

  it('are unavailable with an agent that is gone, and refused by nobody because of it', async () => {
    await fleet.hold('north', [a, b], b);
    await fleet.silence('west');
    const texts = textsOf(await shakeAll(4_000));
    expect(texts.filter((text) => text.includes('west')).map((text) => text.split(': ')[1])).toEqual(
      Array(5).fill('unavailable'),
    );
    expect(texts.filter((text) => !text.includes('west')).every((text) => text.endsWith(': accepted'))).toBe(true);
  });
});
