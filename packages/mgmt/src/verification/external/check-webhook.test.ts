import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt } from '../testing/attempt.ts';
import { sampleSubject } from '../testing/sample-subject.ts';
import { type JsonServer, serveJson } from '../testing/serve-json.ts';
import { createAskHost } from './ask-host.ts';
import { checkWebhook } from './check-webhook.ts';

let server: JsonServer;
beforeEach(async () => {
  server = await serveJson({ verdict: 'pass' });
});
afterEach(() => server.stop());

const handshakes = {
  name: 'handshakes',
  outcome: 'passed',
  message: '4 of 4',
  laggards: [],
  evidence: { counts: { planned: 4 } },
} as const;
const look = () => {
  const check = checkWebhook(
    { kind: 'webhook', name: 'gate', url: `${server.url}/verify`, timeoutMs: 2_000 },
    createAskHost([{ origin: server.url }]),
  );
  return attempt(check, sampleSubject(), createFakeClock(1_000), { before: [handshakes] });
};

describe('a webhook', () => {
  it('is told of the step and of what was found, and lets it pass', async () => {
    expect(await look()).toMatchObject({ outcome: 'passed', message: 'pass' });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', url: { pathname: '/verify' } });
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      ...{ mesh: 'demo', rotation: 'r1', state: 'VERIFYING', step: 'ADDING_NEW_ROOT', direction: 'forward', generation: 2 },
      ...{ proof: 'p1', matrix: null, handshakes: { planned: 4 } },
      checks: [{ name: 'handshakes', outcome: 'passed', message: '4 of 4' }],
    });
  });

  it('fails the step, with its reason', async () => {
    server.answer = { body: JSON.stringify({ verdict: 'fail', message: 'checkout is down' }) };
    expect(await look()).toMatchObject({ outcome: 'failed', message: 'fail: checkout is down' });
  });

  it.each(['{}', '{"verdict":"ok"}', '[]', 'null'])('says nothing by %s', async (body) => {
    server.answer = { body };
    expect(await look()).toMatchObject({ outcome: 'unavailable' });
  });
});
