import type { ClusterEvidenceStatus, Laggard } from '@reroot/shared/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { apply, clientOf, type Installation, makeInstallation, settle, signal } from './testing/installation.ts';
import { meshDocument } from './testing/mesh-document.ts';

let installation: Installation;
let mgmt: Mgmt;
beforeEach(async () => {
  installation = await makeInstallation();
  mgmt = await installation.start();
});
afterEach(() => installation.dispose());

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const sent = body === undefined ? {} : { body };
  const response = await fetch(`${mgmt.apiUrl}/v1/meshes/demo${path}`, { method, headers, ...sent });
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    body: (text === '' ? {} : JSON.parse(text)) as object,
  };
}

const yaml = { 'content-type': 'application/yaml' };
const act = { method: 'POST', body: '{"by":"ann","why":"its site is down"}' };

describe('a mesh has an ETag', () => {
  it('by which whoever has the answer is spared it', async () => {
    await apply(mgmt, { clusters: ['east'] });
    const { etag } = await ask('/clusters/east/exclude', { ...act, headers: { 'content-type': 'application/json' } }).then(() =>
      ask(''),
    );
    // Nobody reports, so nothing is new.
    expect(await ask('', { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304, etag, body: {} });
    expect((await ask('', { headers: { 'if-none-match': '"1"' } })).status).toBe(200);
  });

  it('and is left as it is by an act that rests on an earlier one', async () => {
    await apply(mgmt);
    const { etag } = await ask('');
    const headers = { 'content-type': 'application/json', 'if-match': etag };
    const done = await ask('/clusters/east/exclude', { ...act, headers });
    expect(done.status).toBe(200);
    expect(done.etag).not.toBe(etag);
    expect(await ask('/clusters/west/exclude', { ...act, headers })).toMatchObject({
      status: 412,
      body: { code: 'RR_API_PRECONDITION' },
    });
    const body = meshDocument({ clusters: ['east', 'west', 'north'] });
    expect((await ask('', { method: 'PUT', body, headers: { ...yaml, 'if-match': etag } })).status).toBe(412);
    expect((await ask('', { method: 'PUT', body, headers: { ...yaml, 'if-match': done.etag } })).status).toBe(200);
  });

  it('and can be created without taking the place of one that is there', async () => {
    const create = { method: 'PUT', body: meshDocument(), headers: { ...yaml, 'if-none-match': '*' } };
    expect((await ask('', { ...create, headers: { ...yaml, 'if-match': '*' } })).status).toBe(412);
    expect((await ask('', create)).status).toBe(201);
    expect((await ask('', create)).status).toBe(412);
  });
});

describe('what is known of the clusters of a mesh', () => {
  it('is read cluster by cluster and place by place', async () => {
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    expect((await ask('/clusters/east')).body).toMatchObject({ name: 'east', presence: 'reporting' });
    const places: ClusterEvidenceStatus['places'][number][] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ask(`/clusters/east/evidence?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      const page = body as ClusterEvidenceStatus;
      expect(page).toMatchObject({
        cluster: 'east',
        namespacesKnown: true,
        workloadsKnown: true,
        written: { roots: [expect.any(String)] },
      });
      places.push(...page.places);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(places.filter(({ kind }) => kind === 'replica')).toHaveLength(2);
    expect(places.every(({ reached }) => reached)).toBe(true);
    expect(
      places.flatMap((place) => (place.kind === 'workloads' ? [place.count] : [])).reduce((sum, count) => sum + count, 0),
    ).toBe(4);
    expect(await ask('/clusters/south/evidence')).toMatchObject({ status: 404, body: { code: 'RR_CLUSTER_NOT_FOUND' } });
  });

  it('tells what is waited for, page by page', async () => {
    await apply(mgmt, { clusters: ['east', 'north', 'west'] });
    const first = (await ask('/laggards?limit=2')).body as { laggards: Laggard[]; nextCursor: string };
    expect(first.laggards.map(({ cluster, reason }) => [cluster, reason])).toEqual([
      ['east', 'ClusterNeverReported'],
      ['north', 'ClusterNeverReported'],
    ]);
    const second = (await ask(`/laggards?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({ laggards: [expect.objectContaining({ cluster: 'west' })] });
    const clusters = (await ask('/clusters?limit=2')).body as { clusters: { name: string }[]; nextCursor: string };
    expect(clusters.clusters.map(({ name }) => name)).toEqual(['east', 'north']);
  });
});

describe('history and proofs', () => {
  it('are read whole by the client, however many pages there are', async () => {
    await apply(mgmt, { clusters: ['east', 'west'] });
    const headers = { 'content-type': 'application/json' };
    for (let turn = 0; turn < 60; turn += 1) {
      for (const verb of ['exclude', 'include']) {
        expect((await ask(`/clusters/east/${verb}`, { ...act, headers })).status).toBe(200);
      }
    }
    const page = (await ask('/history')).body as { conditions: unknown[]; nextCursor?: string };
    expect(page.conditions).toHaveLength(100);
    expect(page.nextCursor).toBeDefined();
    expect((await clientOf(mgmt).readHistory('demo', signal)).length).toBeGreaterThan(100);
    expect(await ask('/history?limti=3')).toMatchObject({ status: 422, body: { code: 'RR_API_QUERY_INVALID' } });
    expect(await ask('?verbose=1')).toMatchObject({ status: 422, body: { code: 'RR_API_QUERY_INVALID' } });
  });
});

describe('the clusters that may speak to mgmt', () => {
  it('come page by page, each with a link to the next one, and the client reads all pages', async () => {
    const names: string[] = [];
    let url: string | undefined = `${mgmt.apiUrl}/v1/clusters?limit=2`;
    while (url !== undefined) {
      const response = await fetch(url);
      const page = (await response.json()) as { clusters: { name: string }[]; signingKeys: object; nextCursor?: string };
      expect(page.signingKeys).toMatchObject({ heldByAll: expect.any(Boolean) });
      names.push(...page.clusters.map(({ name }) => name));
      const [, next] = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
      expect(next !== undefined).toBe(page.nextCursor !== undefined);
      url = next === undefined ? undefined : new URL(next, url).href;
    }
    expect(names).toEqual(['east', 'north', 'west']);
    expect((await clientOf(mgmt).listClusters(signal)).clusters.map(({ name }) => name)).toEqual(names);
  });
});

describe('the meshes', () => {
  it('come page by page too', async () => {
    await apply(mgmt, { mesh: 'a', clusters: ['east'] });
    await apply(mgmt, { mesh: 'b', clusters: ['west'] });
    const page = async (query: string) => {
      const response = await fetch(`${mgmt.apiUrl}/v1/meshes${query}`);
      return (await response.json()) as { meshes: { mesh: string }[]; nextCursor?: string };
    };
    const first = await page('?limit=1');
    expect(first.meshes.map(({ mesh }) => mesh)).toEqual(['a']);
    const second = await page(`?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect(second).toEqual({ meshes: [expect.objectContaining({ mesh: 'b' })] });
    expect((await clientOf(mgmt).listMeshes(signal)).map(({ mesh }) => mesh)).toEqual(['a', 'b']);
  });
});
