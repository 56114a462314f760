import { createFakeClock, type FakeClock, meshStatus } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRotationReconciler, keptRotations, type RotationReconciler } from './reconcile-rotations.ts';
import type { SeenMesh } from './resource-context.ts';
import { startWithinMs } from './start-by-object.ts';
import { createTestContext, resourceObject, type TestContext } from './testing/test-context.ts';

const { signal } = new AbortController();
const resting = { moment: {}, status: meshStatus({ state: 'FINISHED' }) } as unknown as SeenMesh;

let clock: FakeClock;
let context: TestContext;
let reconciler: RotationReconciler;
beforeEach(() => {
  clock = createFakeClock(0);
  context = createTestContext(clock);
  reconciler = createRotationReconciler(context);
});

async function reconcile(): Promise<void> {
  reconciler.reconcile(new Map([['demo', resting]]), new Map());
  await context.deeds.idle();
}
const started = (): number => context.asked.filter(({ operation }) => operation === 'startRotation').length;
const wish = { mesh: 'demo', requestedBy: 'ann' };

describe('a start that somebody has written', () => {
  it('is carried out once, under the uid of its object', async () => {
    context.objects.certificateRotations = [resourceObject('autumn', wish)];
    await reconcile();
    await reconcile();
    expect(context.asked).toEqual([
      { operation: 'startRotation', facts: ['demo', expect.objectContaining({ rotationId: 'uid-of-autumn', by: 'ann' })] },
    ]);
  });

  it('is carried out up to ten minutes after it was written', async () => {
    context.objects.certificateRotations = [resourceObject('autumn', wish)];
    clock.advance(startWithinMs);
    await reconcile();
    expect([startWithinMs, started()]).toEqual([600_000, 1]);
  });

  it('begins nothing by surprise after that, and stays refused', async () => {
    context.objects.certificateRotations = [resourceObject('autumn', wish)];
    clock.advance(startWithinMs + 1);
    await reconcile();
    await reconcile();
    expect([started(), context.told.map(({ reason }) => reason)]).toEqual([0, ['RR_RESOURCE_WISH_STALE']]);
    expect([...context.writes.keys()]).toContain('CertificateRotation/autumn/reroot.dev/refused');
  });

  it('starts nothing where it is a copy of one that was refused', async () => {
    const annotations = { 'reroot.dev/refused': 'RR_PREFLIGHT_FAILED' };
    context.objects.certificateRotations = [resourceObject('copy', wish, { annotations })];
    await reconcile();
    expect(started()).toBe(0);
  });
});

describe('the objects of rotations that have ended', () => {
  const ended = (index: number, author: 'reroot' | 'others') =>
    resourceObject(`${author}-${index}`, { ...wish, rotation: `old-${author}-${index}` }, { author, createdAtMs: index });
  const removedOf = async (): Promise<readonly string[]> => {
    await reconcile();
    for (const [key, write] of context.writes) if (!key.endsWith('/status')) await write.send(signal);
    return context.removed.toSorted();
  };

  it('are ten for each mesh, of those that reroot has made: the oldest go', async () => {
    context.objects.certificateRotations = Array.from({ length: keptRotations + 2 }, (_, index) => ended(index, 'reroot'));
    expect([keptRotations, await removedOf()]).toEqual([10, ['reroot-0', 'reroot-1']]);
  });

  it('are never removed where a person has made them', async () => {
    context.objects.certificateRotations = Array.from({ length: 30 }, (_, index) => ended(index, 'others'));
    expect(await removedOf()).toEqual([]);
  });
});
