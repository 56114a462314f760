import { describe, expect, it } from 'vitest';
import { meshStatus, newRoot, oldRoot, rootStatus, withoutRotation } from '../testing/mesh-status.ts';
import { renderRoots, rootLabel } from './render-roots.ts';
import { noPaint } from './render-table.ts';

const pastRoot = 'c'.repeat(64);
const phaseSince = '2026-02-03T04:05:06.000Z';

describe('the roots of a mesh', () => {
  it('say since when a root has signed nothing, and which keys are gone', () => {
    const roots = [
      rootStatus({ fingerprint: 'd'.repeat(64), role: 'old', phase: 'destroyed', phaseSince }),
      rootStatus({ fingerprint: pastRoot, role: 'old', phase: 'destroyed', phaseSince }),
      rootStatus({ role: 'old', phase: 'retired', phaseSince }),
      rootStatus({ fingerprint: newRoot, subject: 'CN=two', custody: 'vault' }),
    ];
    expect(renderRoots({ roots }, noPaint)).toEqual([
      'old     root aaaaaaaaaaaa · O=reroot, CN=one · until 2036-01-01 · retired since 2026-02-03',
      'current root bbbbbbbbbbbb · CN=two · until 2036-01-01 · active · key in Vault',
      'gone    private keys destroyed: dddddddddddd on 2026-02-03, cccccccccccc on 2026-02-03',
    ]);
  });
});

describe('the label of a root', () => {
  it('is its part in the rotation, also while older roots are kept', () => {
    const past = rootStatus({ fingerprint: pastRoot, role: 'old', phase: 'retired' });
    const status = meshStatus({ roots: [past, ...meshStatus().roots] });
    expect([oldRoot, newRoot, pastRoot].map((root) => rootLabel(root, status))).toEqual(['old', 'new', 'cccccccccccc']);
  });

  it('is its fingerprint where several could be meant', () => {
    const old = [oldRoot, pastRoot].map((fingerprint) => rootStatus({ fingerprint, role: 'old', phase: 'retired' }));
    const status = withoutRotation({ roots: [...old, rootStatus({ fingerprint: newRoot })] });
    expect([oldRoot, newRoot, pastRoot].map((root) => rootLabel(root, status))).toEqual([
      'aaaaaaaaaaaa',
      'current',
      'cccccccccccc',
    ]);
  });

  it('is its fingerprint where the mesh does not know it', () => {
    expect(rootLabel(pastRoot, meshStatus())).toBe('cccccccccccc');
  });
});
