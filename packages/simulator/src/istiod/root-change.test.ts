import { systemClock } from '@reroot/shared/clock';
import { composeBundle, nudgeBundle } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../testing/authority.ts';
import { type ByteRule, judgeRootChange, type RootChange } from './root-change.ts';

let a: string;
let b: string;
let c: string;

beforeAll(async () => {
  const roots = await Promise.all(['A', 'B', 'C'].map((name) => createAuthority(name, systemClock.now())));
  [a = '', b = '', c = ''] = roots.map(({ root }) => root.pem);
});

function kindOf(current: string, next: string, byteRule: ByteRule, multiRoot = true): RootChange['kind'] {
  return judgeRootChange(current, next, { multiRoot, byteRule }).kind;
}

describe.each<ByteRule>(['superset-or-subset', 'bytes-contained'])('with ISTIO_MULTIROOT_MESH, compared by %s', (rule) => {
  it('takes a root that is appended, and the remainder when the older one goes', () => {
    expect(kindOf(a, a + b, rule)).toBe('accepted');
    expect(kindOf(a + b, b, rule)).toBe('accepted');
    expect(kindOf(a + b, a, rule)).toBe('accepted');
  });

  it('takes a nudge, and the next nudge', () => {
    const once = nudgeBundle(a + b, 7);
    expect(kindOf(a + b, once, rule)).toBe('accepted');
    expect(kindOf(once, nudgeBundle(once, 7), rule)).toBe('accepted');
  });

  it('refuses a bundle that has nothing to do with the one in memory, or replaces one of its roots', () => {
    expect(kindOf(a, b, rule)).toBe('refused');
    expect(kindOf(a + b, b + c, rule)).toBe('refused');
  });

  it('finds nothing to do when the bytes are the same', () => {
    expect(kindOf(a + b, a + b, rule)).toBe('same');
  });
});

describe('what the two rules differ in', () => {
  it('a reorder, and roots from both ends of the bundle, pass by certificates and not by bytes', () => {
    for (const [current, next] of [
      [a + b, b + a],
      [a + b + c, a + c],
      [a, b + '# between\n' + a.replace('\n', '\n\n')],
    ] as const) {
      expect(kindOf(current, next, 'superset-or-subset')).toBe('accepted');
      expect(kindOf(current, next, 'bytes-contained')).toBe('refused');
    }
  });

  it('a block that cannot be read is passed over when certificates are compared', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(kindOf(a, broken + a + b, 'superset-or-subset')).toBe('accepted');
    expect(kindOf(a, broken + b, 'superset-or-subset')).toBe('refused');
  });

  it('what composeBundle makes of a rotation passes both, step by step', async () => {
    const [old, fresh] = await Promise.all(['old', 'fresh'].map((name) => createAuthority(name, systemClock.now())));
    const grown = composeBundle(old!.root.pem, [old!.root, fresh!.root]);
    const shrunk = composeBundle(nudgeBundle(grown, 3), [fresh!.root]);
    for (const rule of ['superset-or-subset', 'bytes-contained'] as const) {
      expect(kindOf(old!.root.pem, grown, rule)).toBe('accepted');
      expect(kindOf(nudgeBundle(grown, 3), shrunk, rule)).toBe('accepted');
    }
  });
});

describe('without ISTIO_MULTIROOT_MESH', () => {
  it('refuses every change of the bytes, in the words of istiod', () => {
    const options = { multiRoot: false, byteRule: 'superset-or-subset' } as const;
    const refused = { kind: 'refused', warning: 'Multi root is disabled, updating new ROOT-CA not supported' };
    for (const next of [a + b, `${a}\n`, b]) expect(judgeRootChange(a, next, options)).toEqual(refused);
    expect(judgeRootChange(a, a, options)).toEqual({ kind: 'same' });
  });
});
