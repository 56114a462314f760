import { z } from 'zod';
import type { Read } from './read.ts';

export const problemDocumentSchema = z
  .object({
    type: z.string().describe('`urn:reroot:error:` and the code.'),
    title: z.string().describe('What the code means in general.'),
    status: z.int(),
    detail: z.string().describe('To whom it happened, and with which value.'),
    code: z.string().describe('One of docs/errors.md.'),
    remedy: z.string(),
    place: z.string().exactOptional().describe('What of the request is wrong.'),
  })
  .meta({ id: 'ProblemDocument', description: 'application/problem+json (RFC 9457) with the code of docs/errors.md.' });
export type ProblemDocument = Read<typeof problemDocumentSchema>;
