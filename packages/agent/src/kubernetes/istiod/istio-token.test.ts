import { systemClock } from '@reroot/shared/clock';
import { expect, it } from 'vitest';
import { createMemoryKubeApi } from '../testing/memory-kube-api.ts';
import { createIstioToken } from './istio-token.ts';

it('has the audience that istiod demands', async () => {
  const api = createMemoryKubeApi();
  api.answer = () => ({ status: { token: 'token', expirationTimestamp: '' } });
  const account = { namespace: 'mesh', name: 'agent' };
  const token = createIstioToken({ api, account, lifetimeMs: 3_600_000, clock: systemClock });
  expect(await token.obtain(new AbortController().signal)).toBe('token');
  expect(api.requests[0]?.body).toMatchObject({ spec: { audiences: ['istio-ca'] } });
});
