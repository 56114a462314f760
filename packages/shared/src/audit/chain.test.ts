import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { generateIdentity } from '../protocol/index.ts';
import {
  type AuditEntry,
  type AuditHead,
  type ChainedEntry,
  canonicalJson,
  createChainCheck,
  digestOfEntry,
  linkHash,
  originHash,
  readAuditLine,
  signHead,
  writeAuditLine,
} from './index.ts';

const { identity } = generateIdentity();

function makeChain(count: number): { readonly entries: readonly ChainedEntry[]; readonly head: AuditHead } {
  const entries: ChainedEntry[] = [];
  let previous = originHash;
  for (let seq = 1; seq <= count; seq += 1) {
    const entry: AuditEntry = {
      ...{ seq, atMs: seq * 1_000, kind: 'act', action: 'cluster.exclude', by: { name: 'ann', via: 'token' } },
      ...{ why: 'no power', mesh: 'demo', message: `cluster ${seq} is excluded` },
    };
    const hash = linkHash(previous, digestOfEntry(entry));
    entries.push({ previous, hash, entry });
    previous = hash;
  }
  return { entries, head: signHead(identity, { seq: count, hash: previous, atMs: count * 1_000 }) };
}

function check(
  entries: readonly ChainedEntry[],
  heads: readonly AuditHead[] = [],
): ReturnType<ReturnType<typeof createChainCheck>['finish']> {
  const chain = createChainCheck();
  for (const entry of entries) chain.take(entry);
  for (const head of heads) chain.takeHead(head);
  return chain.finish();
}

describe('canonical JSON', () => {
  it('gives the same bytes for the same value, however it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: 1, a: [true, null, 0.5], c: undefined })).toBe('{"a":[true,null,0.5],"b":1}');
  });
});

describe('a journal', () => {
  let entries: readonly ChainedEntry[];
  let head: AuditHead;
  beforeEach(() => {
    ({ entries, head } = makeChain(5));
  });

  it('holds as it was written, and so does a part of it', () => {
    expect(check(entries, [head])).toMatchObject({ first: 1, last: 5, lastHash: head.hash, keyIds: [identity.keyId] });
    expect(check(entries.slice(2), [head])).toMatchObject({ first: 3, last: 5, head: { keyId: identity.keyId } });
  });

  it('holds where entries are left out, as long as their digests are there', () => {
    const chain = createChainCheck();
    for (const { entry, hash, previous } of entries) {
      if (entry.seq === 3) chain.take({ seq: 3, hash, digest: digestOfEntry(entry) });
      else chain.take({ entry, hash, previous });
    }
    chain.takeHead(head);
    expect(chain.finish().last).toBe(5);
  });

  it('names the first entry that was changed, whatever was changed of it', () => {
    const changes: readonly ((entry: AuditEntry) => AuditEntry)[] = [
      (entry) => ({ ...entry, why: 'no powel' }),
      (entry) => ({ ...entry, by: { name: 'bob', via: 'token' } }),
      (entry) => ({ ...entry, atMs: entry.atMs + 1 }),
      (entry) => ({ ...entry, added: 'later' }),
      (entry) => JSON.parse(JSON.stringify({ ...entry, why: undefined })) as AuditEntry,
    ];
    for (const change of changes) {
      const changed = entries.map((each) => (each.entry.seq === 3 ? { ...each, entry: change(each.entry) } : each));
      expect(() => check(changed)).toThrow('entry 3 of the journal was changed');
    }
  });

  it('names the place where entries are missing, change places, or come from elsewhere', () => {
    const [a, b, c, d, e] = entries as readonly [ChainedEntry, ChainedEntry, ChainedEntry, ChainedEntry, ChainedEntry];
    expect(() => check([a, b, d, e])).toThrow('entry 3 of the journal is missing');
    expect(() => check([a, c, b, d, e])).toThrow('entry 2 of the journal is missing');
    const other = { ...c.entry, message: 'written anew' };
    const forged = { ...c, entry: other, hash: linkHash(c.previous, digestOfEntry(other)) };
    expect(() => check([a, b, forged, d, e])).toThrow('entry 4 of the journal does not follow');
    expect(() => check([{ ...a, previous: '1'.repeat(64) }])).toThrow('entry 1 of the journal does not follow');
  });

  it('that was written anew from some entry on is caught by the head that was signed', () => {
    const other = makeChain(5).entries.slice(0, 4);
    const last = { ...(entries[4] as ChainedEntry).entry, message: 'written anew' };
    const previous = other[3]?.hash ?? '';
    const forged = [...other, { previous, hash: linkHash(previous, digestOfEntry(last)), entry: last }];
    expect(() => check(forged, [head])).toThrow('entry 5 of the journal is another than the one whose head was signed');
    expect(() => check(entries.slice(0, 4), [head])).toThrow('entry 5 of the journal is missing, and its head is there');
  });

  it('has no head that another key has signed, or of which a part was changed', () => {
    const { identity: other } = generateIdentity();
    const publicKey = Buffer.from(other.publicKeyDer).toString('base64');
    for (const changed of [
      { publicKey },
      { seq: 4 },
      { hash: originHash },
      { atMs: 1 },
      { signature: head.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
    ]) {
      expect(() => check(entries, [{ ...head, ...changed }])).toThrow('does not hold');
    }
  });

  it('is the same after it went through lines of text', () => {
    const lines = [...entries, { head }].map((line) => JSON.stringify(JSON.parse(writeAuditLine(line)), undefined, 1));
    const read = lines.map((line, index) => readAuditLine(line, index + 1));
    const chain = createChainCheck();
    for (const line of read) {
      if ('head' in line) chain.takeHead(line.head);
      else chain.take(line);
    }
    expect(chain.finish()).toMatchObject({ last: 5, keyIds: [identity.keyId] });
    expect(() => readAuditLine('{"seq":1}', 7)).toThrow('line 7 cannot be read: it is no entry and no head of a journal');
  });
});
