import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mgmtVersion } from '../version.ts';
import { checkStored, storedForms } from './stored-form.ts';

const digestOf = (form: z.ZodType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' })))
    .digest('hex')
    .slice(0, 12);

describe('what is stored', () => {
  /*
   * A mgmt of the version before reads what this one has written, in a rolling upgrade and after a way back. What it does not know it refuses.
   * So where this test fails for a form that got a new key or a new value, and mgmt writes it without anybody asking for what is new, the
   * version of the schema of SQLite and the format of the head in Kubernetes are to be raised; else only by the write that brings it, as
   * `markRestored` does. Then docs/upgrades.md says so, and the digest goes here.
   */
  it('has the forms of which docs/upgrades.md tells who reads them', () => {
    const digests = Object.fromEntries(Object.entries(storedForms).map(([name, form]) => [name, digestOf(form)]));
    expect(digests).toEqual({
      chain: 'f48a2611d9ef',
      cluster: '00925c47ab51',
      condition: '8d512a1b1620',
      custody: '6629ce6df0d3',
      evidence: '98448b7f153b',
      proof: '819282bece53',
      record: 'fc4465b27585',
      spec: '5b3052faa7fd',
      verdict: '3388747d927b',
    });
  });

  it('with a key that this version does not know was written by a later one; with a value that makes no sense it is damaged', () => {
    const verdict = { passed: true, reason: 'a', message: 'b', laggards: [], laggardCount: 0 };
    const stored = { verdict, atMs: 1, generation: 1 };
    const check = (value: object) => () => checkStored(storedForms.verdict, value, 'verdict of mesh demo');
    expect(check(stored)).not.toThrow();
    for (const [later, key] of [
      [{ ...stored, tides: 1 }, 'tides'],
      [{ ...stored, verdict: { ...verdict, moons: [] } }, 'moons'],
    ] as const) {
      expect(check(later)).toThrow(
        expect.objectContaining({
          ...{ code: 'RR_STORE_NEWER', place: 'verdict of mesh demo' },
          message: `it has the key "${key}", which reroot ${mgmtVersion} does not know: a later version wrote it`,
        }),
      );
    }
    expect(check({ ...stored, generation: 0 })).toThrow(expect.objectContaining({ code: 'RR_STORE_CORRUPT' }));
  });
});
