/**
 * The contract of the API as values: schemas, the table of operations, and the OpenAPI document that is made from it. Apart from
 * the types of `index.ts`, so that whoever needs those alone carries no schemas.
 */
export { addClusterSchema, renameClusterSchema } from './accounts.ts';
export { operatorActSchema, rotationActSchema, startRotationSchema, verificationAnswerSchema } from './acts.ts';
export { adoptSchema } from './adoption.ts';
export { auditQuerySchema } from './audit.ts';
export { emergencyQuestionSchema } from './emergency.ts';
export { idempotencyKeySchema } from './idempotency-key.ts';
export { buildOpenApi, type OpenApiDocument, type OpenApiOperation } from './openapi/build-openapi.ts';
export { type JsonSchema, nameOfSchema } from './openapi/components.ts';
export { ofRoots } from './operations/error-groups.ts';
export { errorsOf, type OperationId, operations } from './operations/index.ts';
export type { AnswerBody, Operation, Permission } from './operations/operation.ts';
export { pageQuerySchema } from './page.ts';
export { rotationPlanSchema } from './plan.ts';
export { planQuerySchema } from './plan-query.ts';
export { preflightReportSchema, preflightRequestSchema } from './preflight.ts';
export { isRecordable, maxNameLength, printableSchema } from './printable.ts';
export { proveSchema } from './proofs.ts';
export type { Read } from './read.ts';
export { fingerprintSchema, nameSchema } from './request-parts.ts';
export { strategySchema, verificationSchema } from './vocabulary.ts';
