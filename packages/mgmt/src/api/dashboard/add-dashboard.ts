import { RerootError } from '@reroot/shared/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dashboard, DashboardFile } from './read-dashboard.ts';

/** Below this the dashboard is served. */
const base = '/ui/';

/**
 * The page may load what this server has and nothing else, talk to nobody else, and run no code that is not a file of it. It is
 * in no frame, sends no form, and DOM sinks take no text for code.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const forever = 'public, max-age=31536000, immutable';

/**
 * Adds the dashboard to the API, before it listens. Its files are the same for everybody and tell nothing of any mesh, so they
 * are open; what the page shows it asks of the API, with the credentials of whoever looks at it.
 * @param dashboard undefined where none was built: then the paths say so
 */
export function addDashboard(app: FastifyInstance, dashboard: Dashboard | undefined): void {
  const open = { config: { permission: 'open' } } as const;
  for (const path of ['/', '/ui']) {
    app.get(path, open, async (_request, reply) => reply.redirect(base, 302));
  }
  app.get(`${base}*`, open, async (request, reply) => sendFile(dashboard, request, reply));
}

function sendFile(dashboard: Dashboard | undefined, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (dashboard === undefined) {
    throw new RerootError('RR_DASHBOARD_MISSING', 'this mgmt has no dashboard', { place: base });
  }
  const [path = ''] = request.url.slice(base.length).split('?', 1);
  const file = dashboard.files.get(path === '' ? 'index.html' : path);
  if (file === undefined) throw new RerootError('RR_API_NOT_FOUND', 'the dashboard has no such file', { place: base });
  const headers = { ...pageHeaders, vary: 'accept-encoding', 'cache-control': cachingOf(file), 'content-type': file.type };
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return takesGzip
    ? reply.headers({ ...headers, 'content-encoding': 'gzip' }).send(file.gzipped)
    : reply.headers(headers).send(file.bytes);
}

function cachingOf({ named }: DashboardFile): string {
  return named === 'by-content' ? forever : 'no-cache';
}
