import type { JoinFile } from '@reroot/shared/join-file';
import { describe, expect, it } from 'vitest';
import { chooseWay } from './choose-way.ts';
import { emptyRecord, type HeldLink, type LinkRecord } from './link-record.ts';

const nowMs = Date.parse('2026-01-02T00:00:00Z');
const [open, past] = ['2026-01-02T00:00:00.001Z', '2026-01-02T00:00:00.000Z'];

const joinFile = (tokenId: string, expiresAt: string): JoinFile => ({
  apiVersion: 'reroot.dev/v1',
  kind: 'JoinFile',
  mesh: 'demo',
  cluster: 'cluster-1',
  nats: { servers: ['nats://127.0.0.1'], plaintext: 'refused' },
  mgmt: { publicKeys: ['pem'] },
  enrolment: { tokenId, token: 'x'.repeat(43), expiresAt },
});
const joined: LinkRecord = { held: { tokenId: 'first' } as HeldLink, pending: undefined };

describe('an agent with a join file', () => {
  it('enrols when it holds nothing, and learns there whether the file has expired', () => {
    for (const expiresAt of [open, past])
      expect(chooseWay(emptyRecord, joinFile('first', expiresAt), nowMs)).toMatchObject({ kind: 'enrol' });
  });

  it('goes on with what it holds when the file is the one that it came by, or there is none', () => {
    for (const expiresAt of [open, past])
      expect(chooseWay(joined, joinFile('first', expiresAt), nowMs)).toEqual({ kind: 'held', joinFile: 'used' });
    expect(chooseWay(joined, undefined, nowMs)).toEqual({ kind: 'held', joinFile: 'none' });
  });

  it('enrols anew with another file, unless that has expired', () => {
    expect(chooseWay(joined, joinFile('second', open), nowMs)).toMatchObject({ kind: 'enrol' });
    expect(chooseWay(joined, joinFile('second', past), nowMs)).toEqual({ kind: 'held', joinFile: 'expired' });
  });
});
