import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../pki/index.ts';
import { generateIdentity, joinParts } from '../protocol/index.ts';
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
const evidence = '{"move":"verify"}';
const proof = '{"id":"p1"}';
const about = { mesh: 'demo', rotationId: 'r1', madeAt: '2026-01-01T00:00:00.000Z', mgmtVersion: '0.1.0', lacks: ['x'] };

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
      rotationId: 'r1',
      ...(seq === 2 ? { digests: { evidence: sha256Hex(Buffer.from(evidence)) } } : {}),
      ...(seq === 4 ? { digests: { proof: sha256Hex(Buffer.from(proof)) }, facts: { proof: 'p1' } } : {}),
    };
    const digest = digestOfEntry(entry);
    const hash = linkHash(previous, digest);
    lines.push(seq === 3 ? JSON.stringify({ seq, digest, hash }) : writeAuditLine({ previous, hash, entry }));
    previous = hash;
  }
  return [...lines, writeAuditLine({ head: signHead(identity, { seq: 4, hash: previous, atMs: 1 }) }), ''].join('\n');
}

const texts: Readonly<Record<string, string>> = {
  'journal.jsonl': journalText(),
  'report.html': '<!doctype html><p>grün</p>',
  'roots/a.pem': 'PEM\n',
  'empty.json': '',
  'evidence/2.json': evidence,
  'proofs/p1.json': proof,
};

function makePack(changes: Readonly<Record<string, string | undefined>> = {}, by = identity): Buffer {
  const files = Object.entries({ ...texts, ...changes }).flatMap(([path, text]) =>
    text === undefined ? [] : [{ path, bytes: Buffer.from(text) }],
  );
  return writeZip(sealPack(files, about, by));
}

describe('an evidence pack', () => {
  const pack = makePack();

  it('holds as it was made, and the same files give the same bytes', () => {
    const found = checkPack(readZip(pack));
    expect(found).toMatchObject({ keyId: identity.keyId, chain: { first: 1, last: 4, keyIds: [identity.keyId] } });
    expect(found.manifest).toMatchObject({ ...about, files: { length: 6 } });
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

  it('does not hold when files change places, or pieces of another pack of the same mgmt are put in', () => {
    const files = readZip(pack);
    const other = readZip(makePack({ 'report.html': 'another report' }));
    const swapped = [...files.slice(0, 2), ...files.slice(2).toReversed()];
    expect(() => checkPack(swapped)).toThrow(expect.objectContaining({ code: 'RR_EVIDENCE_BROKEN' }));
    for (const [place, file] of files.entries()) {
      const foreign = other.find(({ path }) => path === file.path);
      if (foreign === undefined || Buffer.from(foreign.bytes).equals(file.bytes)) continue;
      const mixed = files.map((each, index) => (index === place ? foreign : each));
      expect(() => checkPack(mixed), file.path).toThrow(expect.objectContaining({ code: 'RR_EVIDENCE_BROKEN' }));
    }
    // The manifest with its own signature, and the files of the other.
    expect(() => checkPack([...other.slice(0, 2), ...files.slice(2)])).toThrow('file report.html was changed');
  });

  it('does not hold when it is cut off anywhere', () => {
    for (let length = 0; length < pack.length; length += 1) {
      expect(() => checkPack(readZip(pack.subarray(0, length))), `${length} bytes`).toThrow();
    }
  });

  it('that somebody else has sealed anew shows whose key it was', () => {
    const { identity: other } = generateIdentity();
    expect(checkPack(readZip(makePack({}, other))).keyId).toBe(other.keyId);
  });

  it('does not hold when mgmt has sealed what its own journal contradicts', () => {
    for (const [path, what] of [
      ['evidence/2.json', 'is not what the journal names'],
      ['proofs/p1.json', 'is not what the journal names'],
    ]) {
      expect(() => checkPack(readZip(makePack({ [path as string]: '{}' })))).toThrow(`file ${path} ${what}`);
    }
    expect(() => checkPack(readZip(makePack({ 'evidence/2.json': undefined })))).toThrow('file evidence/2.json is missing');
    // The store keeps the newest proofs alone.
    expect(checkPack(readZip(makePack({ 'proofs/p1.json': undefined }))).keyId).toBe(identity.keyId);
  });
});

describe('an evidence pack of another version', () => {
  it('of format 1, as reroot made them before, verifies as it did', async () => {
    const found = checkPack(readZip(await readFile(new URL('testing/pack-of-format-1.zip', import.meta.url))));
    expect(found.keyId).toBe('02554e0ccce120329ae1757b05744025e2b610c9e5d1773450014ccdb06713ac');
    expect(found.manifest).toMatchObject({ format: 'reroot evidence pack 1', rotationId: 'r1', files: { length: 3 } });
    expect(found.manifest.lacks).toBeUndefined();
  });

  it('of a later format is none that was tampered with, and says so', () => {
    const [manifest, , ...files] = readZip(makePack());
    const later = Buffer.from(
      Buffer.from(manifest?.bytes ?? [])
        .toString('utf8')
        .replace('pack 2', 'pack 17'),
    );
    const signature = identity.sign(joinParts(['reroot/v1 evidence pack', later]));
    const sealed = {
      publicKey: Buffer.from(identity.publicKeyDer).toString('base64'),
      signature: Buffer.from(signature).toString('base64'),
    };
    const signed = { path: 'manifest.sig.json', bytes: Buffer.from(JSON.stringify(sealed)) };
    const pack = [{ path: 'manifest.json', bytes: later }, signed, ...files];
    expect(() => checkPack(pack)).toThrow(expect.objectContaining({ code: 'RR_EVIDENCE_NEWER' }));
  });
});
