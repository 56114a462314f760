import { z } from 'zod';
import { serverVersionSchema } from '../server-version.ts';
import type { Operation } from './operation.ts';

/** The server itself. */
export const serverOperations = {
  readOpenApi: {
    ...{ method: 'GET', path: '/v1/openapi.json', tag: 'server', permission: 'read' },
    summary: 'this document',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        schema: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi', description: 'A document of OpenAPI 3.1.' }),
      },
    },
    errors: [],
  },
  readVersion: {
    ...{ method: 'GET', path: '/v1/version', tag: 'server', permission: 'read' },
    summary: 'which mgmt this is',
    answers: { 200: { description: 'Its versions.', schema: serverVersionSchema } },
    errors: [],
  },
  readMetrics: {
    ...{ method: 'GET', path: '/metrics', tag: 'server', permission: 'read' },
    summary: 'what Prometheus asks',
    answers: {
      200: {
        ...{ description: 'docs/metrics.md lists them.', schema: z.string() },
        type: 'text/plain; version=0.0.4; charset=utf-8',
      },
    },
    errors: ['RR_STORE_FAILED'],
  },
  readHealth: {
    ...{ method: 'GET', path: '/healthz', tag: 'server', permission: 'open' },
    summary: 'whether the process runs',
    answers: { 200: { description: 'It does.', schema: z.object({ status: z.literal('ok') }) } },
    errors: [],
  },
  readReadiness: {
    ...{ method: 'GET', path: '/readyz', tag: 'server', permission: 'open' },
    summary: 'whether the bus is connected',
    answers: { 200: { description: 'It is.', schema: z.object({ status: z.literal('ready') }) } },
    errors: ['RR_API_NOT_READY'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
