import { auditQuerySchema } from '@reroot/shared/api-contract';
import type { ArchivedFile } from '@reroot/shared/audit';
import type { AuditQuery, Store } from '../store/index.ts';
import { fit, withNumbers } from './fit.ts';
import { meshOf, paramOf, type Route, reply, route } from './route.ts';

/** What these routes work with. */
export interface AuditRouteOptions {
  readonly journal: Pick<Store, 'readAudit'>;
  /** @throws RR_MESH_NOT_FOUND, RR_EVIDENCE_NOT_FOUND */
  readonly makeEvidencePack: (mesh: string, rotationId: string) => Promise<readonly ArchivedFile[]>;
}

const usualLimit = 200;

/** The journal. */
export function auditRoutes({ journal, makeEvidencePack }: AuditRouteOptions): readonly Route[] {
  return [
    route('readAudit', async (request) => {
      const { entries, heads, head, total } = await journal.readAudit(readQuery(request.query));
      return reply(200, { entries, heads, total, ...(head === undefined ? {} : { head }) });
    }),
    route('readEvidencePack', async (request) => {
      const files = await makeEvidencePack(meshOf(request), paramOf(request, 'rotation').slice(0, 100));
      return reply(200, { files: files.map(({ path, bytes }) => ({ path, text: Buffer.from(bytes).toString('utf8') })) });
    }),
  ];
}

/** @throws RR_API_QUERY_INVALID names the parameter */
function readQuery(query: unknown): AuditQuery {
  const { after = 0, limit = usualLimit, rotation } = fit(auditQuerySchema, withNumbers(query, ['after', 'limit']), 'query');
  return { after, limit, rotationId: rotation };
}
