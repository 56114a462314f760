import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCa, makeContent } from '../../testing/ca.ts';
import { issueIdentity } from '../testing/proxy-admin.ts';
import type { TrustFiles } from './holds-files.ts';
import type { HeldTrust } from './proxy-answer.ts';
import type { ProxyPod } from './proxy-pod.ts';
import type { ReadResult } from './read-proxy.ts';
import { createReadingBook, type Reading, type ReadingBook } from './reading-book.ts';

const rereadAfterMs = 100_000;
const makeBook = (): ReadingBook => createReadingBook({ rereadAfterMs, maxReadsPerSecond: 100, random: () => 0 });
const pod = (name: string, start = 0): ProxyPod => ({
  namespace: 'shop',
  name,
  key: `${name} ${start}`,
  role: 'sidecar',
  startedAtMs: start,
  owner: undefined,
  learns: 'pushed',
  version: '1.30.1',
  certificates: 'istiod',
  unread: [],
  leafLifetimeMs: 1,
  admin: { kind: 'envoy', port: 15_000 },
});
const holding = (rootCert: string): ReadResult => ({ kind: 'read', held: [{ identity: undefined, certChain: '', rootCert }] });
const unread = (why: 'unreachable' | 'forbidden'): ReadResult => ({ kind: 'unread', why });

/** The pod that is due; fails when none is. */
function take(book: ReadingBook, nowMs: number): Reading {
  const step = book.next(nowMs);
  if (step.kind === 'wait') throw new Error(`nothing is due before ${step.untilMs}`);
  return step.reading;
}
const shown = (book: ReadingBook, nowMs: number): unknown[] =>
  book.workloads('after-two', nowMs).map(({ name, reading }) => [name, reading.kind === 'read' ? reading.rootCert : reading.why]);

describe('the book of readings', () => {
  it('has nothing read before it knows the present state', () => {
    const book = makeBook();
    book.setPods([pod('a')], 0);
    expect(book.next(0)).toEqual({ kind: 'wait', untilMs: Number.POSITIVE_INFINITY });
    book.setCurrent({ secretVersion: undefined }, 0);
    expect(take(book, 0).pod.name).toBe('a');
    expect(book.next(0).kind).toBe('wait');
  });

  it('shows what was read, in the order of the pods', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('b')], 0);
    expect(book.note(take(book, 0), holding('x'), 0)).toBe('changed');
    book.setPods([pod('a'), pod('b')], 0);
    expect(book.countUnknown('after-two', 0)).toBe(1);
    book.note(take(book, 0), holding('y'), 0);
    expect(shown(book, 0)).toEqual([
      ['a', 'y'],
      ['b', 'x'],
    ]);
  });

  it('shows nothing that was read before the Secret changed, and has it read again', () => {
    const book = makeBook();
    book.setPods([pod('a')], 0);
    book.setCurrent({ secretVersion: '1' }, 0);
    book.note(take(book, 0), holding('x'), 0);
    book.setCurrent({ secretVersion: '1' }, 10);
    expect(shown(book, 10)).toEqual([['a', 'x']]);
    book.setCurrent({ secretVersion: '2' }, 20);
    expect(shown(book, 20)).toEqual([]);
    expect(take(book, 20).pod.name).toBe('a');
  });

  it('does not show a reading that was under way when the Secret changed', () => {
    const book = makeBook();
    book.setPods([pod('a')], 0);
    book.setCurrent({ secretVersion: '1' }, 0);
    const early = take(book, 0);
    book.setCurrent({ secretVersion: '2' }, 10);
    expect(book.note(early, holding('x'), 20)).toBe('same');
    expect(shown(book, 20)).toEqual([]);
    book.note(take(book, 20), holding('x'), 30);
    expect(shown(book, 30)).toEqual([['a', 'x']]);
  });

  it('forgets a pod that is gone or was started anew', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('a'), pod('b')], 0);
    const [one, two] = [take(book, 0), take(book, 0)];
    book.note(one, holding('x'), 0);
    expect(book.setPods([pod('a', 1)], 0)).toBe('gone');
    expect(shown(book, 0)).toEqual([]);
    expect(book.note(two, holding('x'), 0)).toBe('same');
    expect(take(book, 0).pod.startedAtMs).toBe(1);
  });

  it('believes a proxy unreachable at the second failure, or when there is no more time', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('a')], 0);
    expect(book.note(take(book, 0), unread('unreachable'), 0)).toBe('same');
    expect(shown(book, 0)).toEqual([]);
    expect(book.countUnknown('after-one', 0)).toBe(0);
    expect(book.next(499)).toEqual({ kind: 'wait', untilMs: 500 });
    book.note(take(book, 500), unread('unreachable'), 500);
    expect(shown(book, 500)).toEqual([['a', 'unreachable']]);
  });

  it('keeps a good reading while it is good, and a failure when the Secret changes', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('a')], 0);
    book.note(take(book, 0), holding('x'), 0);
    for (const atMs of [60_000, 70_000]) book.note(take(book, atMs), unread('unreachable'), atMs);
    expect(shown(book, 99_999)).toEqual([['a', 'x']]);
    expect(shown(book, 100_000)).toEqual([['a', 'unreachable']]);
    book.setCurrent({ secretVersion: '2' }, 100_000);
    expect(shown(book, 100_000)).toEqual([['a', 'unreachable']]);
    book.note(take(book, 100_000), holding('y'), 100_000);
    expect(shown(book, 100_000)).toEqual([['a', 'y']]);
  });

  it('has proxies read again, and says nothing of them, whose failures count for nothing', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('a')], 0);
    for (const atMs of [0, 500]) book.note(take(book, atMs), unread('unreachable'), atMs);
    book.forgetFailures(600);
    expect(shown(book, 600)).toEqual([]);
    book.note(take(book, 600), holding('x'), 600);
    expect(shown(book, 600)).toEqual([['a', 'x']]);
  });

  it('has those read first of whom nothing is known', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('a'), pod('b')], 0);
    for (let count = 0; count < 2; count += 1) book.note(take(book, 0), holding('x'), 0);
    book.setPods([pod('a'), pod('b'), pod('new')], 90_000);
    expect(take(book, 90_000).pod.name).toBe('new');
  });

  it('lists a ztunnel once for each kind of trust it holds', () => {
    const book = makeBook();
    book.setCurrent({ secretVersion: '1' }, 0);
    book.setPods([pod('z')], 0);
    const held: HeldTrust[] = ['one', 'two'].map((identity) => ({ identity, certChain: '', rootCert: identity }));
    book.note(take(book, 0), { kind: 'read', held }, 0);
    expect(shown(book, 0)).toEqual([
      ['z/one', 'one'],
      ['z/two', 'two'],
    ]);
  });

  describe('with what the Secret holds', () => {
    let files: TrustFiles;
    let settled: ReadResult;
    beforeAll(async () => {
      const ca = await createCa('root', Date.now());
      files = await makeContent([ca], ca);
      settled = { kind: 'read', held: [{ identity: undefined, ...(await issueIdentity(ca)) }] };
    });

    it('has laggards read again soon, and the others late', () => {
      const book = makeBook();
      book.setCurrent({ secretVersion: '1', files }, 0);
      book.setPods([pod('a'), pod('b')], 0);
      const [first, second] = [take(book, 0), take(book, 0)];
      book.note(first, settled, 0);
      book.note(second, holding('x'), 0);
      expect(book.next(1)).toEqual({ kind: 'wait', untilMs: 500 });
      book.note(take(book, 500), settled, 500);
      expect(book.next(501)).toEqual({ kind: 'wait', untilMs: 50_000 });
    });
  });

  it('never shows what a proxy held before the last change of the Secret, nor what is too old', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('secret' as const) }),
      fc.record({ kind: fc.constant('begin' as const) }),
      fc.record({ kind: fc.constant('end' as const), good: fc.boolean() }),
      fc.record({ kind: fc.constant('pods' as const), names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), start: fc.nat(2) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(60_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const book = makeBook();
        const under: { reading: Reading; atMs: number; version: number }[] = [];
        let [nowMs, version] = [0, 0];
        for (const each of steps) {
          if (each.kind === 'secret') book.setCurrent({ secretVersion: String((version += 1)) }, nowMs);
          else if (each.kind === 'wait') nowMs += each.ms;
          else if (each.kind === 'pods')
            book.setPods(
              each.names.map((name) => pod(name, each.start)),
              nowMs,
            );
          else if (each.kind === 'begin') {
            const next = book.next(nowMs);
            if (next.kind === 'read') under.push({ reading: next.reading, atMs: nowMs, version });
          } else {
            const begun = under.shift();
            const told = `${begun?.reading.pod.key} ${begun?.version} ${nowMs}`;
            if (begun !== undefined) book.note(begun.reading, each.good ? holding(told) : unread('unreachable'), nowMs);
          }
          for (const { name, startedAtMs, reading } of book.workloads('after-two', nowMs)) {
            if (reading.kind !== 'read') continue;
            const [ofName, ofStart, ofVersion, atMs] = reading.rootCert.split(' ');
            expect([ofName, Number(ofStart), Number(ofVersion)]).toEqual([name, startedAtMs, version]);
            expect(nowMs - Number(atMs)).toBeLessThan(rereadAfterMs);
          }
        }
      }),
    );
  });
});
