import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { silentLog } from '../log/index.ts';
import type { NatsServer } from '../testing/index.ts';
import { gatherAnswers, type WideQuestion } from './gather-answers.ts';
import { createBusRig, text } from './testing/bus-rig.ts';

const rig = createBusRig();
const { start, connectTo } = rig;
afterEach(() => rig.end());

/** A server on which two answer to `both`. */
async function startAnswering(): Promise<NatsServer> {
  const server = await start();
  const bus = await connectTo(server.url);
  for (const word of ['one', 'two']) bus.subscribe('both', ({ respond }) => respond?.(text(word)));
  bus.subscribe('mute', () => undefined);
  await bus.flush();
  return server;
}

async function gather(url: string, question: Partial<WideQuestion>, signal?: AbortSignal): Promise<string[]> {
  const options = { servers: [url], name: 'test', log: silentLog, ...(signal === undefined ? {} : { signal }) };
  const answers = await gatherAnswers(options, { subject: 'both', payload: new Uint8Array(), answersMs: 60_000, ...question });
  return answers.map((each) => Buffer.from(each).toString()).toSorted();
}

describe('a question to everybody', () => {
  it('gives all answers that come in time', async () => {
    const { url } = await startAnswering();
    expect(await gather(url, { answersMs: 300 })).toEqual(['one', 'two']);
  });

  it('waits no longer than for what is enough', async () => {
    const { url } = await startAnswering();
    expect(await gather(url, { enough: ({ length }) => length === 2 })).toEqual(['one', 'two']);
  });

  it('gives nothing at once when nobody listens, and in the end when nobody answers', async () => {
    const { url } = await startAnswering();
    expect(await gather(url, { subject: 'nobody' })).toEqual([]);
    expect(await gather(url, { subject: 'mute', answersMs: 100 })).toEqual([]);
  });

  it('stops at its signal, and when the server hangs up', async () => {
    const server = await startAnswering();
    const controller = new AbortController();
    const reason = new Error('enough');
    const asked = gather(server.url, { subject: 'mute' }, controller.signal);
    void systemClock.sleep(100).then(() => controller.abort(reason));
    await expect(asked).rejects.toBe(reason);
    const lost = gather(server.url, { subject: 'mute' });
    void systemClock.sleep(100).then(() => server.kill());
    await expect(lost).rejects.toMatchObject({ code: 'RR_NATS_NO_ANSWER' });
  });

  it('says that it may not be asked', async () => {
    const permissions = '{ publish: ["ok"], subscribe: ["_INBOX.>"] }';
    const { port } = await rig.startWithConfig(
      `authorization: { users: [{ user: a, password: b, permissions: ${permissions} }] }`,
    );
    await expect(gather(`nats://a:b@127.0.0.1:${port}`, {})).rejects.toMatchObject({
      code: 'RR_NATS_NO_ANSWER',
      message: 'both could not be asked: the credentials do not permit it',
    });
  });
});
