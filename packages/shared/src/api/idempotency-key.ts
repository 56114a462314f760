import { z } from 'zod';

/** What makes a request that is sent again known as the same one (draft-ietf-httpapi-idempotency-key-header). */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[!-~]{1,255}$/, 'must be 1 to 255 visible characters of ASCII')
  .describe('Of this request alone. Sent again with the same body, it gets the first answer; docs/api.md says for how long.');
