import { protocolVersion } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../rotation/testing/sample-link.ts';
import { describeLink } from './describe-link.ts';

describe('describing a link', () => {
  it('says how it stands, what the way there and back takes, and how far the clocks are apart', () => {
    const refusals = [
      { reason: 'RR_TRUST_STALE', count: 2 },
      { reason: 'RR_PROTOCOL_MALFORMED', count: 7 },
    ];
    const state = { connectedSinceMs: 1_000, reconnects: 3, mgmtKeys: ['k'], natsJwtExpiresAtMs: 90_000, refusals };
    const answer = answerOf(60_000, { timing: { roundTripMs: 12, clockOffsetMs: -40 }, state });
    const health = {
      connected: true,
      heardAt: '1970-01-01T00:01:00.000Z',
      roundTripMs: 12,
      clockOffsetMs: -40,
      agentVersion: '0.1.0',
      protocol: protocolVersion,
      connectedSince: '1970-01-01T00:00:01.000Z',
      reconnects: 3,
      mgmtKeys: ['k'],
      natsJwtExpiresAt: '1970-01-01T00:01:30.000Z',
      refusedByAgent: { RR_TRUST_STALE: 2, RR_PROTOCOL_MALFORMED: 7 },
    };
    expect(describeLink(answer, 5_000, 65_000)).toEqual(health);
    expect(describeLink(answer, 5_000, 65_001)).toEqual({ ...health, connected: false });
  });

  it('says nothing of one that has not answered, nor of the end of credentials that have none', () => {
    expect(describeLink(undefined, 5_000, 1)).toBeUndefined();
    expect(describeLink(answerOf(1), 5_000, 1)).not.toHaveProperty('natsJwtExpiresAt');
  });

  it('can be said of an agent that claims a moment which no calendar has', () => {
    const state = { connectedSinceMs: Number.MAX_SAFE_INTEGER, natsJwtExpiresAtMs: Number.MAX_SAFE_INTEGER };
    const health = describeLink(answerOf(1, { state }), 5_000, 1);
    expect([health?.connectedSince, health?.natsJwtExpiresAt]).toEqual(Array(2).fill('+275760-09-13T00:00:00.000Z'));
  });
});
