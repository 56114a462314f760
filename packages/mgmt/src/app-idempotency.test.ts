import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Condition } from '@reroot/shared/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { apply, clientOf, type Installation, makeInstallation, settle, signal } from './testing/installation.ts';

let installation: Installation;
let mgmt: Mgmt;
beforeEach(async () => {
  installation = await makeInstallation();
  mgmt = await installation.start();
});
afterEach(() => installation.dispose());

interface Sent {
  readonly key?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const act = { by: 'ann', why: 'its site is down' };

async function post(path: string, { key, body = act, headers = {} }: Sent = {}) {
  const response = await fetch(`${mgmt.apiUrl}/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }), ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    replayed: response.headers.get('idempotency-replayed'),
    etag: response.headers.get('etag'),
    text,
    body: JSON.parse(text) as { readonly code?: string },
  };
}

const exclude = '/meshes/demo/clusters/east/exclude';
const include = '/meshes/demo/clusters/east/include';

async function excluded(): Promise<readonly Condition[]> {
  const history = await clientOf(mgmt).readHistory('demo', signal);
  return history.filter(({ message }) => message.includes('its site is down'));
}

describe('a POST with an Idempotency-Key', () => {
  it('is done once, and each further one gets the very answer of the first', async () => {
    await apply(mgmt);
    const first = await post(exclude, { key: '"k1"' });
    expect(first).toMatchObject({ status: 200, replayed: null, etag: expect.stringMatching(/^"/) });
    const second = await post(exclude, { key: '"k1"' });
    expect(second).toEqual({ ...first, replayed: 'true' });
    expect((await post(exclude)).body.code).toBe('RR_CLUSTER_ALREADY');
    expect(await excluded()).toHaveLength(1);
  });

  it('gets that answer from the mgmt that was started anew too', async () => {
    await apply(mgmt);
    const first = await post(exclude, { key: 'k1' });
    await post(include);
    await mgmt.stop();
    mgmt = await installation.start();
    expect(await post(exclude, { key: 'k1' })).toEqual({ ...first, replayed: 'true' });
    expect(await excluded()).toHaveLength(2);
  });

  it('is done once although two come at the same time', async () => {
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const start = () => post('/meshes/demo/rotations', { key: 'start', body: { by: 'ann' } });
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both.map(({ replayed }) => replayed).toSorted()).toEqual([null, 'true'].toSorted());
    expect(both[0].text).toBe(both[1].text);
    const ids = (await clientOf(mgmt).readHistory('demo', signal)).flatMap(({ rotationId }) => rotationId ?? []);
    expect(new Set(ids).size).toBe(1);
  });

  it('is refused with a key that came with another body or path', async () => {
    await apply(mgmt);
    await post(exclude, { key: 'k1' });
    const refused = { status: 422, body: { code: 'RR_API_IDEMPOTENCY_KEY_REUSED' } };
    expect(await post(exclude, { key: 'k1', body: { ...act, why: 'another' } })).toMatchObject(refused);
    expect(await post(include, { key: 'k1' })).toMatchObject(refused);
  });

  it.each(['', 'a b', 'k'.repeat(256), 'ü'])('is refused with the key %j, which is none', async (key) => {
    await apply(mgmt);
    for (const path of [exclude, '/meshes/demo/emergency']) {
      expect(await post(path, { key })).toMatchObject({ status: 400, body: { code: 'RR_API_IDEMPOTENCY_KEY_INVALID' } });
    }
    expect(await excluded()).toEqual([]);
  });

  it('may be sent again with its key when it was refused', async () => {
    await apply(mgmt);
    expect(await post(include, { key: 'k1' })).toMatchObject({ status: 409, body: { code: 'RR_CLUSTER_ALREADY' } });
    await post(exclude);
    expect(await post(include, { key: 'k1' })).toMatchObject({ status: 200, replayed: null });
  });

  it('never gets a join file again, and the store has none', async () => {
    const body = { name: 'south', mesh: 'demo', by: 'ann' };
    const first = await post('/clusters', { key: 'k1', body });
    expect(first.status).toBe(201);
    expect(await post('/clusters', { key: 'k1', body })).toMatchObject({
      ...{ status: 409, body: { code: 'RR_API_IDEMPOTENCY_ANSWER_NOT_KEPT', remedy: expect.stringContaining('--again') } },
    });
    await mgmt.stop();
    const database = new DatabaseSync(join(installation.dir, 'data', 'reroot.db'));
    const rows = database.prepare('SELECT is_done, answer FROM idempotency').all();
    database.close();
    expect(rows).toEqual([{ is_done: 1, answer: null }]);
  });

  it('is answered anew where it changes nothing', async () => {
    await apply(mgmt);
    const ask = () => post('/meshes/demo/emergency', { key: 'k1', body: {} });
    expect([await ask(), await ask()]).toMatchObject([{ replayed: null }, { replayed: null }]);
    expect(await post(exclude, { key: 'k1' })).toMatchObject({ status: 200, replayed: null });
  });
});

describe('a key', () => {
  it('is of the principal that has sent it', async () => {
    const tokens = {
      ann: 'rrt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      bob: 'rrt_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB',
    };
    const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');
    await apply(mgmt);
    await mgmt.stop();
    const access = { tokens: Object.entries(tokens).map(([name, token]) => ({ name, sha256: sha256(token), role: 'admin' })) };
    mgmt = await installation.start({ config: installation.config({ api: { port: 0, access } }) });
    const as = (token: string) => ({ key: 'k1', headers: { authorization: `Bearer ${token}` } });
    expect(await post(exclude, as(tokens.ann))).toMatchObject({ status: 200, replayed: null });
    expect(await post(exclude, as(tokens.bob))).toMatchObject({ status: 409, body: { code: 'RR_CLUSTER_ALREADY' } });
    expect(await post(exclude, as(tokens.ann))).toMatchObject({ status: 200, replayed: 'true' });
  });
});
