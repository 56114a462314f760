import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateIdentity } from '../protocol/index.ts';
import {
  type AuditEntry,
  checkPack,
  digestOfEntry,
  linkHash,
  originHash,
  readZip,
  sealPack,
  signHead,
  writeAuditLine,
  writeZip,
} from './index.ts';

const { identity } = generateIdentity();
const about = { mesh: 'demo', rotationId: 'r1', madeAt: '2026-01-01T00:00:00.000Z', mgmtVersion: '0.1.0' };

function journalText(): string {
  const lines: string[] = [];
  let previous = originHash;
  for (let seq = 1; seq <= 4; seq += 1) {
    const entry: AuditEntry = {
      seq,
      atMs: 1,
      kind: 'act',
      action: 'x',
      by: { name: 'ann', via: 'oidc' },
      message: `entry ${seq}`,
    };
    const digest = digestOfEntry(entry);
    const hash = linkHash(previous, digest);
    lines.push(seq === 3 ? JSON.stringify({ seq, digest, hash }) : writeAuditLine({ previous, hash, entry }));
    previous = hash;
  }
  return [...lines, writeAuditLine({ head: signHead(identity, { seq: 4, hash: previous, atMs: 1 }) }), ''].join('\n');
}

function makePack(): Buffer {
  const texts = {
    'journal.jsonl': journalText(),
    'report.html': '<!doctype html><p>grün</p>',
    'roots/a.pem': 'PEM\n',
    'empty.json': '',
  };
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  return writeZip(sealPack(files, about, identity));
}

describe('an evidence pack', () => {
  const pack = makePack();

  it('holds as it was made, and the same files give the same bytes', () => {
    const found = checkPack(readZip(pack));
    expect(found).toMatchObject({ keyId: identity.keyId, chain: { first: 1, last: 4, keyIds: [identity.keyId] } });
    expect(found.manifest).toMatchObject({ ...about, files: { length: 4 } });
    expect(makePack().equals(pack)).toBe(true);
  });

  it('does not hold when any byte of it is another', () => {
    for (let place = 0; place < pack.length; place += 1) {
      const changed = Buffer.from(pack);
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      expect(() => checkPack(readZip(changed)), `byte ${place}`).toThrow();
    }
  });

  it('does not hold when bytes are changed, cut out, or put in anywhere', () => {
    const place = fc.nat(pack.length);
    fc.assert(
      fc.property(place, fc.nat(20), fc.uint8Array({ maxLength: 20 }), (start, length, bytes) => {
        const changed = Buffer.concat([pack.subarray(0, start), bytes, pack.subarray(start + length)]);
        fc.pre(!changed.equals(pack));
        expect(() => checkPack(readZip(changed))).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('does not hold when a file is left out, added or exchanged, though the archive is well formed', () => {
    const files = readZip(pack);
    expect(() => checkPack(files.slice(0, -1))).toThrow('file roots/a.pem is missing');
    expect(() => checkPack([...files, { path: 'z', bytes: Buffer.of() }])).toThrow('file z was added');
    const exchanged = files.map((file) => (file.path === 'report.html' ? { ...file, bytes: Buffer.from('other') } : file));
    expect(() => checkPack(readZip(writeZip(exchanged)))).toThrow('file report.html was changed');
    expect(() => checkPack(files.slice(1))).toThrow('has no manifest');
  });
});
