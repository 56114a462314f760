import type { OpenApiHeader, OpenApiResponse } from './build-openapi.ts';

/** What stands in the head of many answers, so that each stands in the document once. */
export const commonHeaders = {
  'X-Request-Id': {
    description: 'The request, as the log of mgmt names it (`requestId`).',
    schema: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  },
} as const satisfies Readonly<Record<string, OpenApiHeader>>;

/** Of every answer to a request that could be read as one. */
export const requestIdHeader: NonNullable<OpenApiResponse['headers']> = {
  'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
};
