import { type ErrorCode, errorCatalogue } from '../../errors/index.ts';
import { anywhere, ofAccess, ofBodies } from '../operations/error-groups.ts';
import { errorsOf } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import { problemDocumentSchema } from '../problem.ts';
import type { OpenApiResponse } from './build-openapi.ts';
import { requestIdHeader } from './common-headers.ts';
import type { Components } from './components.ts';

const common = [...new Set<ErrorCode>([...anywhere, ...ofAccess, ...ofBodies])];

/** The refusals that many operations share, so that each stands in the document once. */
export function describeCommonRefusals(refer: Components['refer']): Record<string, OpenApiResponse> {
  const byStatus = Object.entries(byStatusOf(common)).map(([status, codes]) => [nameOf(status), describe(codes, refer)]);
  return Object.fromEntries(byStatus) as Record<string, OpenApiResponse>;
}

/** What an operation may be refused with, by status. */
export function describeRefusals(
  operation: Operation,
  refer: Components['refer'],
): Record<string, OpenApiResponse | { readonly $ref: string }> {
  const commonByStatus = byStatusOf(common);
  return Object.fromEntries(
    Object.entries(byStatusOf(errorsOf(operation))).map(([status, codes]) => [
      status,
      codes.join() === commonByStatus[status]?.join()
        ? { $ref: `#/components/responses/${nameOf(status)}` }
        : describe(codes, refer),
    ]),
  );
}

function nameOf(status: string): string {
  return `Refused${status}`;
}

function byStatusOf(codes: readonly ErrorCode[]): Readonly<Record<string, readonly ErrorCode[]>> {
  return Object.fromEntries(Map.groupBy(codes.toSorted(), (code) => String(errorCatalogue[code].status)));
}

function describe(codes: readonly ErrorCode[], refer: Components['refer']): OpenApiResponse {
  const schema = { allOf: [refer(problemDocumentSchema), { type: 'object', properties: { code: { enum: [...codes] } } }] };
  return {
    description: codes.map((code) => `${code}: ${errorCatalogue[code].means}`).join('; '),
    headers: headersOf(codes),
    content: { 'application/problem+json': { schema } },
  };
}

/** What such a refusal says in its head. */
function headersOf(codes: readonly ErrorCode[]): NonNullable<OpenApiResponse['headers']> {
  const told = refusalHeaders.filter(({ of }) => codes.some((code) => of.some((each) => each === code)));
  return {
    ...requestIdHeader,
    ...Object.fromEntries(told.map(({ name, description, type }) => [name, { description, schema: { type } }])),
  };
}

const refusalHeaders: readonly {
  readonly name: string;
  readonly type: 'string' | 'integer';
  readonly of: readonly ErrorCode[];
  readonly description: string;
}[] = [
  {
    ...{ name: 'Retry-After', type: 'integer' },
    of: ['RR_API_RATE_LIMITED', 'RR_API_IDEMPOTENCY_UNDER_WAY', 'RR_API_ACCESS_UNAVAILABLE', 'RR_API_NOT_READY'],
    description: 'Seconds to wait, where waiting helps.',
  },
  { name: 'WWW-Authenticate', type: 'string', of: ['RR_API_UNAUTHORIZED'], description: 'Bearer.' },
];
