import { describe, expect, it } from 'vitest';
import { record, spec } from '../preflight/testing/sample-facts.ts';
import { heldBack } from '../rotation/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { passPreflight } from './pass-preflight.ts';
import type { Preflight } from './preflight.ts';

describe('passPreflight', () => {
  it('refuses a rotation in which no cluster takes part, before any agent is asked and whatever is overridden', async () => {
    const deviations = Object.fromEntries(spec.clusters.map((cluster) => [cluster, heldBack('ada', 'it has joined', 0)]));
    const preflight = { run: () => Promise.reject(new Error('was asked')) } as unknown as Preflight;
    const moment = { view: { stored: { spec, record: { ...record, deviations } } } } as unknown as MeshMoment;
    const overrides = [{ check: 'any-member', why: 'so' }];
    const passing = passPreflight(moment, { by: 'ada', overrides }, { preflight, signal: new AbortController().signal });
    await expect(passing).rejects.toMatchObject({
      code: 'RR_ROTATION_NO_MEMBER',
      remedy: expect.stringContaining('reroot mesh adopt') as string,
    });
  });

  it('refuses a target that the mesh does not know before any agent is asked', async () => {
    let asked = 0;
    const preflight = {
      run: () => {
        asked += 1;
        return Promise.reject(new Error('was asked'));
      },
    } as unknown as Preflight;
    const moment = { view: { stored: { spec, record } } } as unknown as MeshMoment;
    const passing = passPreflight(
      moment,
      { by: 'ada', targetRoot: 'f'.repeat(64) },
      { preflight, signal: new AbortController().signal },
    );
    await expect(passing).rejects.toMatchObject({ code: 'RR_ROTATION_TARGET_INVALID' });
    expect(asked).toBe(0);
  });
});
