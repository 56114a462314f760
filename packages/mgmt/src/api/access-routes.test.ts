import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiInput, type OpenApi, openApi } from './testing/open-api.ts';

const token = `rrt_${'a'.repeat(43)}`;
const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

async function open(input: ApiInput): Promise<OpenApi> {
  const api = await openApi(input);
  opened.push(api);
  return api;
}

const withToken = (role: 'viewer' | 'approver'): ApiInput => ({
  access: { tokens: [{ name: 'ann', sha256: createHash('sha256').update(token).digest('hex'), role }] },
});

describe('who asks', () => {
  it('is told by name, with everything that this one may do', async () => {
    const api = await open(withToken('approver'));
    const { status, body } = await api.ask('/v1/meshes/demo/access', { headers: { authorization: `Bearer ${token}` } });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ name: 'ann', via: 'token', actor: 'known', permissions: ['read', 'approve'] });
  });

  it('is nobody in particular on the machine itself, and may everything', async () => {
    const { body } = await (await open({})).ask('/v1/meshes/demo/access');
    expect(JSON.parse(body)).toMatchObject({
      via: 'loopback',
      actor: 'said',
      permissions: ['read', 'operate', 'approve', 'administer'],
    });
  });

  it('is told nothing without credentials, and nothing of what is no mesh', async () => {
    const api = await open(withToken('viewer'));
    expect(await api.ask('/v1/meshes/demo/access')).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
    const headers = { authorization: `Bearer ${token}` };
    expect(await api.ask('/v1/meshes/De.mo/access', { headers })).toMatchObject({ status: 422, code: 'RR_NAME_INVALID' });
  });
});
