import { RerootError } from '@reroot/shared/errors';
import type { AuditPage } from '../../store/index.ts';
import type { AuditRouteOptions } from '../audit-routes.ts';

/** Of an API that has none. */
export const noJournal: AuditRouteOptions = {
  journal: { readAudit: async (): Promise<AuditPage> => ({ entries: [], heads: [], head: undefined, total: 0 }) },
  makeEvidencePack: () => Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo')),
};
