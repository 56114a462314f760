import { auditPageSchema, auditQuerySchema, evidencePackSchema } from '../audit.ts';
import { ofMeshes } from './error-groups.ts';
import type { Operation } from './operation.ts';

/** The journal. */
export const auditOperations = {
  readAudit: {
    ...{ method: 'GET', path: '/v1/audit', tag: 'evidence', permission: 'read' },
    summary: 'the journal of what was done, by whom and why',
    description: 'docs/audit.md says what is in it and how it is verified.',
    query: auditQuerySchema,
    answers: { 200: { description: 'A part of it.', schema: auditPageSchema } },
    errors: ['RR_STORE_FAILED', 'RR_STORE_CORRUPT'],
  },
  readEvidencePack: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/rotations/{rotation}/evidence', tag: 'evidence', permission: 'read' },
    summary: 'everything that shows how a rotation went, signed',
    description: 'docs/audit.md says what is in it; `reroot evidence export` makes one file of it.',
    answers: { 200: { description: 'Its files.', schema: evidencePackSchema } },
    errors: [...ofMeshes, 'RR_EVIDENCE_NOT_FOUND'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
