/** Links for tests. */
import { type LinkState, protocolVersion } from '@reroot/shared/protocol';
import type { LinkAnswer, LinkFacts, LinkTiming } from '../link.ts';

/** What a healthy agent answers, with differences. */
export function answerOf(
  heardAtMs: number,
  { timing = {}, state = {} }: { readonly timing?: Partial<LinkTiming>; readonly state?: Partial<LinkState> } = {},
): LinkAnswer {
  return {
    heardAtMs,
    timing: { roundTripMs: 3, clockOffsetMs: 0, ...timing },
    state: {
      heardSequence: 1,
      heardAtMs,
      agentVersion: '0.1.0',
      protocol: protocolVersion,
      mgmtKeys: [],
      credentialsEpoch: 0,
      connectedSinceMs: 0,
      reconnects: 0,
      refusals: [],
      natsJwtExpiresAtMs: 0,
      clusterUid: 'uid',
      ...state,
    },
  };
}

/** A cluster that may speak, and whose agent answered at that moment. */
export function answeredAt(heardAtMs: number): LinkFacts {
  return { access: { kind: 'granted' }, answer: answerOf(heardAtMs) };
}
