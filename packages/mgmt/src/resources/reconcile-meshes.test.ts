import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMeshReconciler, type MeshReconciler } from './reconcile-meshes.ts';
import type { ResourceObject } from './resource-object.ts';
import { createTestContext, resourceObject, type TestContext } from './testing/test-context.ts';

const spec = { clusters: ['east'], mtlsConfig: { shared: { rootCertificateAuthority: { generated: {} } } } };
const status = { currentRoot: 'a'.repeat(64), state: 'NOT_ROTATING', ready: '1/1' };

let context: TestContext;
let reconciler: MeshReconciler;
beforeEach(() => {
  context = createTestContext(createFakeClock(0));
  reconciler = createMeshReconciler(context);
});

async function reconcile(object: ResourceObject): Promise<readonly string[]> {
  context.objects.virtualMeshes = [object];
  reconciler.reconcile(new Map());
  await context.deeds.idle();
  return context.asked.map(({ operation }) => operation);
}

describe('a VirtualMesh of somebody whose mesh the store has not', () => {
  it('has its mesh made', async () => {
    expect(await reconcile(resourceObject('demo', spec))).toEqual(['applyMesh']);
  });

  it('has none made where it says that there was one: its clusters hold a root that the new one would not be', async () => {
    expect(await reconcile(resourceObject('demo', spec, { status }))).toEqual([]);
    let written: object = {};
    context.patched = (change) => (written = change);
    await context.writes.get('VirtualMesh/demo/status')!.send(context.signal);
    expect(written).toMatchObject({
      ...{ state: null, ready: null, reason: 'RR_RESOURCE_MESH_LOST' },
      conditions: [
        { type: 'SpecAccepted', status: 'False', reason: 'RR_RESOURCE_MESH_LOST' },
        { type: 'Ready', status: 'False' },
      ],
    });
    // It is what tells, at the next look and after the next start, that there was one.
    expect(written).not.toHaveProperty('currentRoot');
  });
});

describe("a VirtualMesh of reroot's own whose mesh the store has not", () => {
  it('goes on saying that there was one, so that none is made anew when somebody writes its spec', async () => {
    const own = resourceObject('demo', spec, { status, author: 'reroot' });
    expect(await reconcile(own)).toEqual([]);
    let written: object = {};
    context.patched = (change) => (written = change);
    await context.writes.get('VirtualMesh/demo/status')!.send(context.signal);
    expect(written).toMatchObject({ state: null, reason: 'RR_RESOURCE_MESH_LOST' });
    expect(written).not.toHaveProperty('currentRoot');
    expect(await reconcile(resourceObject('demo', spec, { status: { currentRoot: status.currentRoot } }))).toEqual([]);
  });
});
