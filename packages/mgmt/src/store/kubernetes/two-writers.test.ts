import { createChainCheck } from '@reroot/shared/audit';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { createMemorySecrets, type Gate, type MemorySecrets } from '../testing/memory-secrets.ts';
import { newMesh } from '../testing/store-contract.ts';
import { openKubernetesStore } from './kubernetes-store.ts';

/** What becomes of a request: its connection breaks before or after it is carried out, or its sender is killed before or after. */
type Fault = 'lost' | 'unanswered' | 'killed-before' | 'killed-after';

interface WriterPlan {
  /** By the number of the request. */
  readonly faults: ReadonlyMap<number, Fault>;
  readonly acts: number;
}

const fault = fc.constantFrom<Fault>('lost', 'unanswered', 'killed-before', 'killed-after');
const plan: fc.Arbitrary<WriterPlan> = fc.record({
  faults: fc.array(fc.tuple(fc.nat({ max: 60 }), fault), { maxLength: 6 }).map((faults) => new Map(faults)),
  acts: fc.integer({ min: 1, max: 6 }),
});

/** What was acknowledged. */
interface Acknowledged {
  readonly notes: { readonly message: string; readonly term: number }[];
  meshChanges: number;
}

let ids = 0;
const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;

const never = (): Promise<never> => new Promise(() => undefined);

/** Requests go in the order that the scheduler says; a sleep is one step of its. */
function makeWorld(scheduler: fc.Scheduler, cluster: MemorySecrets) {
  let nowMs = 1_000;
  const clock: Clock = {
    now: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      // What comes every few hours does not come here.
      if (ms > 60_000) return never();
      nowMs += ms;
      await scheduler.schedule(Promise.resolve(undefined), 'sleep');
    },
  };
  const open = (gate: Gate): Promise<Store> =>
    openKubernetesStore({
      ...{ api: cluster.api(gate), namespace: 'reroot', name: 'reroot', clock, random: () => 0.5, newId, log: silentLog },
    });
  return { open };
}

function makeGate(scheduler: fc.Scheduler, { faults }: Pick<WriterPlan, 'faults'>): { gate: Gate; killed: Promise<'killed'> } {
  const kill = Promise.withResolvers<'killed'>();
  let count = 0;
  let killedAt = Infinity;
  const isKilled = (): boolean => killedAt <= count;
  const gate: Gate = async (request, carryOut) => {
    // Who follows the head by a watch is left out: what is decided must not depend on it.
    if (request.verb === 'watch' || request.name.startsWith('metadata.name=')) return never();
    const number = (count += 1);
    await scheduler.schedule(Promise.resolve(undefined), `${request.verb} ${request.name}`);
    if (isKilled()) return never();
    const happens = faults.get(number);
    const broken = new RerootError('RR_CLUSTER_UNREACHABLE', 'the connection broke');
    if (happens === 'killed-before' || happens === 'killed-after') {
      killedAt = number;
      kill.resolve('killed');
      if (happens === 'killed-after') carryOut();
      return never();
    }
    if (happens === 'lost') throw broken;
    const answer = carryOut();
    if (happens === 'unanswered') throw broken;
    await scheduler.schedule(Promise.resolve(undefined), `answer to ${request.verb} ${request.name}`);
    return isKilled() ? never() : answer;
  };
  return { gate, killed: kill.promise };
}

/** Takes a term, and does some things at once and one after the other under it. Ends when it is killed, or everything is answered. */
async function write(store: Store, name: string, acts: number, done: Acknowledged): Promise<void> {
  const term = await store.takeTerm();
  const acknowledged = async (act: Promise<unknown>, take: () => void): Promise<void> => {
    await act.then(take, () => undefined);
  };
  for (let round = 0; round < acts; round += 1) {
    const message = `${name} ${round}`;
    const mesh = await store.readMesh('demo');
    await Promise.all([
      acknowledged(store.note({ kind: 'start', action: 'mgmt.start', message }, term), () => {
        done.notes.push({ message, term });
      }),
      acknowledged(
        mesh === undefined
          ? store.createMesh(newMesh('demo'), term)
          : store.compareAndSwap('demo', { term, revision: mesh.revision }, { condition: newMesh('demo').condition }),
        () => {
          done.meshChanges += 1;
        },
      ),
    ]);
  }
}

/** What holds of a store at every moment, whoever reads it. */
async function checkStore(store: Store): Promise<{ readonly messages: readonly string[]; readonly revision: number }> {
  const { entries } = await store.readAudit({ after: 0, limit: 10_000 });
  const chain = createChainCheck();
  for (const entry of entries) chain.take(entry);
  chain.finish();
  const mesh = await store.readMesh('demo');
  const revision = mesh?.revision ?? 0;
  // Record, history and journal changed together, or not at all.
  expect(await store.listHistory('demo')).toHaveLength(revision);
  expect(entries.filter(({ entry }) => entry.mesh === 'demo')).toHaveLength(revision);
  return { messages: entries.map(({ entry }) => entry.message), revision };
}

describe('two writers of one store in Secrets, whose connections break and who are killed at any request', () => {
  it('lose nothing that was acknowledged, do nothing twice, and leave no half of a change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), plan, plan, async (scheduler, first, second) => {
        const cluster = createMemorySecrets();
        const world = makeWorld(scheduler, cluster);
        const done: Acknowledged = { notes: [], meshChanges: 0 };
        const run = async (name: string, own: WriterPlan): Promise<void> => {
          const { gate, killed } = makeGate(scheduler, own);
          const working = world.open(gate).then((store) => write(store, name, own.acts, done));
          // An API server that is not there is no news to a writer that has only just begun.
          await Promise.race([working.catch(() => undefined), killed]);
        };
        const read = async (): Promise<Awaited<ReturnType<typeof checkStore>>> =>
          checkStore(await world.open(makeGate(scheduler, { faults: new Map() }).gate));
        await scheduler.waitFor(Promise.all([run('first', first), run('second', second), read()]));
        const { messages, revision } = await scheduler.waitFor(read());
        const ofNotes = messages.filter((message) => /^(first|second) \d+$/.test(message));
        expect(new Set(ofNotes).size).toBe(ofNotes.length);
        for (const { message } of done.notes) expect(ofNotes).toContain(message);
        expect(revision).toBeGreaterThanOrEqual(done.meshChanges);
        // A lower term ends where a higher one begins.
        const terms = ofNotes.flatMap((message) => done.notes.find((each) => each.message === message)?.term ?? []);
        expect(terms).toEqual(terms.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
