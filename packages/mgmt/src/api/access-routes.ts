import type { AccessStatus } from '@reroot/shared/api';
import type { Described } from './access/gatekeeper.ts';
import { isNamed } from './access/principal.ts';
import { meshOf, type Route, reply, route } from './route.ts';

/** Who asks: what a page offers its reader rests on it. What is allowed is decided with each act all the same. */
export function accessRoutes(): readonly Route[] {
  return [route('readAccess', async (request) => reply(200, describeAccess(await request.describeAsker(meshOf(request)))))];
}

function describeAccess({ principal, permissions }: Described): AccessStatus {
  const { name, via, expiresAtMs } = principal;
  const expires = expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() };
  return { name, via, actor: isNamed(principal) ? 'known' : 'said', permissions, ...expires };
}
