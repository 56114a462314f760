import { z } from 'zod';

/** `host:port`, or `host:*` for every port of it; an IPv6 address in brackets. */
const allowed = z
  .string()
  .regex(
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?):(\*|[1-9][0-9]{0,4})$/,
    'must be host:port or host:*',
  );

/** What this agent takes part in besides handshakes over the bus; docs/agent.md says what each key means. */
export const handshakesSchema = z
  .strictObject({
    pathProbes: z.strictObject({ allow: z.array(allowed).max(64).default([]) }).prefault({}),
  })
  .prefault({});

/** With every default filled in. */
export type HandshakesConfig = z.infer<typeof handshakesSchema>;
