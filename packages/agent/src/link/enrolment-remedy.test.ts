import { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import { describe, expect, it } from 'vitest';
import { withEnrolmentRemedy } from './enrolment-remedy.ts';

const joinFile: JoinFile = {
  ...{ apiVersion: 'reroot.dev/v1', kind: 'JoinFile', mesh: 'demo', cluster: 'east' },
  nats: { servers: ['nats://127.0.0.1'], plaintext: 'refused', credentials: { jwt: 'eyJ', seed: 'SUSECRET' } },
  mgmt: { publicKeys: ['pem'] },
  enrolment: { tokenId: '0123456789abcdef', token: 'x'.repeat(43), expiresAt: '2999-01-01T00:00:00Z' },
};
const withoutCredentials: JoinFile = { ...joinFile, nats: { servers: ['nats://127.0.0.1'], plaintext: 'refused' } };

describe('what fails while an agent enrols', () => {
  it.each([
    ['RR_NATS_REFUSED', joinFile, /was used, replaced, revoked, or has expired: .*cluster list.*somebody else/],
    ['RR_NATS_REFUSED', withoutCredentials, /has no NATS credentials: .*--nats-credentials/],
    ['RR_PROTOCOL_UNKNOWN_KEY', joinFile, /a key that the join file does not name: .*cluster add east --mesh demo --again/],
  ] as const)('says what to do about %s', (code, file, remedy) => {
    const thrown = new RerootError(code, 'it failed', { place: 'nats:4222' });
    const told = withEnrolmentRemedy(thrown, file);
    expect(told).toMatchObject({ code, message: 'it failed', place: 'nats:4222', cause: thrown });
    expect((told as RerootError).remedy).toMatch(remedy);
    expect((told as RerootError).remedy).not.toContain('SUSECRET');
  });

  it('is left as it is where it means the same as ever', () => {
    for (const thrown of [new RerootError('RR_PROTOCOL_BAD_SIGNATURE', 'changed'), new Error('killed'), undefined])
      expect(withEnrolmentRemedy(thrown, joinFile)).toBe(thrown);
  });
});
