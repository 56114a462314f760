import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { generateIdentity } from '@reroot/shared/protocol';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createForward, type ForwardOptions, type ForwardOutcome, type LeaderAddress } from './forward-to-leader.ts';

const { identity } = generateIdentity();
const principal = { name: 'ann', via: 'oidc', expiresAtMs: undefined } as const;
const lost = { code: 'RR_LEADERSHIP_LOST', detail: 'it leads no longer' };
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A replica that answers so. */
async function replica(tenure: string, answer: RequestListener): Promise<LeaderAddress & { readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  await once(server, 'listening');
  return { tenure, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const done: RequestListener = (_, response) => void response.end('{"done":true}');
const silent: RequestListener = () => undefined;
const refusing = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' }).end(JSON.stringify(lost));
};

/** A standby that hands everything over. @param leader who leads, as far as it knows */
async function standby(leader: ForwardOptions['leader'], waitForLeaderMs = 5_000) {
  const outcomes: ForwardOutcome[] = [];
  const ending = new AbortController();
  const forward = createForward({
    ...{ identity, me: 'a', leader, caPem: undefined, serverName: undefined, waitForLeaderMs },
    ...{ clock: systemClock, signal: ending.signal, onForwarded: (outcome) => void outcomes.push(outcome) },
  });
  const app = fastify();
  app.all('/v1/acts', async (request, reply) => {
    const came = await forward(request, reply, principal).catch((error: unknown) => toRerootError(error).code);
    return came === 'passed' ? reply : { came };
  });
  stops.push(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    outcomes,
    ask: async (method: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/v1/acts`, { method, headers });
      return { status: response.status, body: await response.json() };
    },
  };
}

const withKey = { 'idempotency-key': '"k"' };

describe('a leader that takes a request and stands still', () => {
  it('is given up as soon as another one leads, which is asked in its place', async () => {
    const [frozen, next] = [await replica('b#1', silent), await replica('c#2', done)];
    const { ask, outcomes } = await standby(() => (frozen.asked.length === 0 ? frozen : next));
    expect(await ask('POST', withKey)).toEqual({ status: 200, body: { done: true } });
    expect([frozen.asked.length, next.asked.length, outcomes]).toEqual([1, 1, ['answered']]);
  });

  it('is given up when nobody has led for as long as a failover takes, and whoever has asked without a key learns that nothing is known', async () => {
    const frozen = await replica('b#1', silent);
    const { ask, outcomes } = await standby(() => (frozen.asked.length === 0 ? frozen : undefined), 600);
    expect(await ask('POST')).toEqual({ status: 200, body: { came: 'RR_LEADER_LOST' } });
    expect([frozen.asked.length, outcomes]).toEqual([1, ['lost']]);
  });

  it('is waited for while it leads, and while it is not seen who does, for that may be this replica alone', async () => {
    const slow = await replica('b#1', (_, response) => void setTimeout(() => response.end('{"done":true}'), 1_200));
    const patient = await standby(() => slow, 500);
    expect(await patient.ask('POST')).toEqual({ status: 200, body: { done: true } });
    const blind = await standby(() => (slow.asked.length < 2 ? slow : undefined));
    expect(await blind.ask('POST')).toEqual({ status: 200, body: { done: true } });
  });
});

describe('a leader that says that it leads no longer', () => {
  it('is not the one to answer: the next one is asked', async () => {
    const [former, next] = [await replica('b#1', refusing), await replica('c#2', done)];
    const { ask } = await standby(() => (former.asked.length === 0 ? former : next));
    expect(await ask('GET')).toEqual({ status: 200, body: { done: true } });
    expect(next.asked).toHaveLength(1);
  });

  it('is believed when nobody else leads in time', async () => {
    const former = await replica('b#1', refusing);
    const { ask } = await standby(() => former, 600);
    expect(await ask('POST', withKey)).toEqual({ status: 503, body: lost });
    expect(former.asked.length).toBeGreaterThan(1);
  });

  it('is believed by whoever has asked without a key', async () => {
    const [former, next] = [await replica('b#1', refusing), await replica('c#2', done)];
    const { ask } = await standby(() => (former.asked.length === 0 ? former : next));
    expect(await ask('POST')).toEqual({ status: 503, body: lost });
    expect(next.asked).toEqual([]);
  });
});
