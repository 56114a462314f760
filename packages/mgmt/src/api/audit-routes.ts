import type { ArchivedFile } from '@reroot/shared/audit';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { AuditQuery, Store } from '../store/index.ts';
import { meshOf, paramOf, type Route, reply, route } from './route.ts';

/** What these routes work with. */
export interface AuditRouteOptions {
  readonly journal: Pick<Store, 'readAudit'>;
  /** @throws RR_MESH_NOT_FOUND, RR_EVIDENCE_NOT_FOUND */
  readonly makeEvidencePack: (mesh: string, rotationId: string) => Promise<readonly ArchivedFile[]>;
}

const maxLimit = 1_000;
const usualLimit = 200;

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= most, `must be at most ${most}`);

const querySchema = z.strictObject({
  after: whole(Number.MAX_SAFE_INTEGER).optional(),
  limit: whole(maxLimit).optional(),
  rotation: z.string().min(1).max(100).optional(),
});

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
  const result = querySchema.safeParse(query);
  if (result.success) {
    const { after = 0, limit = usualLimit, rotation: rotationId } = result.data;
    return { after, limit, rotationId };
  }
  const [issue] = result.error.issues;
  throw new RerootError('RR_API_QUERY_INVALID', issue?.message ?? 'the query does not fit', {
    place: `query (${String(issue?.path[0] ?? '')})`,
  });
}
