import { z } from 'zod';

/** What a list that may grow is asked for. */
export const pageQuerySchema = z.strictObject({
  limit: z.int().min(1).max(1_000).exactOptional().describe('How many at the most; 100 when left out.'),
  cursor: z.string().min(1).max(2_048).exactOptional().describe('`nextCursor` of the page before; the first page when left out.'),
});

/** What such a list ends with. */
export const nextCursorSchema = z.string().describe('Where the next page begins; absent on the last one.');
