import { generateIdentity, keyringOf } from '@reroot/shared/protocol';
import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHandOverDoor, type HandedRequest, type HandOverDoor, requireHandedBody, signHandOver } from './hand-over.ts';

const { identity } = generateIdentity();
const principal = { name: 'ann', via: 'oidc', expiresAtMs: 5_000_000 } as const;
const request: HandedRequest = {
  ...{ method: 'POST', url: '/v1/meshes/demo/rotations', body: '{"why":"it is time"}' },
  headers: { 'content-type': 'application/json', 'idempotency-key': '"k"' },
};
let clock: ReturnType<typeof createFakeClock>;
let door: HandOverDoor;
beforeEach(() => {
  clock = createFakeClock(1_000_000);
  door = createHandOverDoor(keyringOf([identity.publicKeyPem]), clock);
});

const sign = (change: Partial<HandedRequest> = {}, signer = identity): string =>
  signHandOver(
    { ...request, ...change },
    { to: 'b#3', from: 'a', requestId: 'r1', principal },
    { identity: signer, nowMs: clock.now() },
  );
const refused = expect.objectContaining({ code: 'RR_HANDOVER_REFUSED' });

describe('a request that one replica hands over to the leader', () => {
  it('says who asks, and where it was asked first', () => {
    const handed = door.open(sign(), request, 'b#3');
    expect(handed).toMatchObject({ principal, from: 'a', requestId: 'r1' });
    requireHandedBody(handed, request.body);
  });

  it.each<[string, Partial<HandedRequest>]>([
    ['method', { method: 'PUT' }],
    ['path', { url: '/v1/meshes/other/rotations' }],
    ['query', { url: '/v1/meshes/demo/rotations?x=1' }],
    ['key', { headers: { ...request.headers, 'idempotency-key': '"l"' } }],
    ['condition', { headers: { ...request.headers, 'if-match': '"7-a"' } }],
    ['media type', { headers: { ...request.headers, 'content-type': 'application/yaml' } }],
  ])('is good for no other %s', (_, change) => {
    expect(() => door.open(sign(), { ...request, ...change }, 'b#3')).toThrow(refused);
  });

  it('is good for no other body', () => {
    const handed = door.open(sign(), request, 'b#3');
    expect(() => requireHandedBody(handed, '{"why":"it is not"}')).toThrow(refused);
    expect(() => requireHandedBody(handed, undefined)).toThrow(refused);
  });

  it('is good once, and for a minute', () => {
    const header = sign();
    door.open(header, request, 'b#3');
    expect(() => door.open(header, request, 'b#3')).toThrow('it was used before');
    const later = sign();
    clock.advance(60_001);
    expect(() => door.open(later, request, 'b#3')).toThrow('60 s ago');
    // What is remembered is let go once its time is over, and not before.
    clock.advance(-1);
    expect(() => door.open(later, request, 'b#3')).not.toThrow();
  });

  it('is good for the very tenure that it was made for', () => {
    const lost = expect.objectContaining({ code: 'RR_LEADERSHIP_LOST' });
    expect(() => door.open(sign(), request, 'b#4')).toThrow(lost);
    expect(() => door.open(sign(), request, undefined)).toThrow(lost);
  });

  it('is believed of a key of mgmt alone, and not of one whose id somebody has copied', () => {
    const stranger = generateIdentity().identity;
    expect(() => door.open(sign({}, stranger), request, 'b#3')).toThrow(refused);
    expect(() => door.open(sign({}, { ...stranger, keyId: identity.keyId }), request, 'b#3')).toThrow(refused);
    const [keyId, , signature] = sign().split('.');
    const forged = Buffer.from(JSON.stringify({ principal: { name: 'root', via: 'oidc' } })).toString('base64url');
    expect(() => door.open(`${keyId}.${forged}.${signature}`, request, 'b#3')).toThrow(refused);
    for (const rubbish of ['', '.', '..', 'a.b.c.d', `${keyId}..`])
      expect(() => door.open(rubbish, request, 'b#3')).toThrow(refused);
  });
});
