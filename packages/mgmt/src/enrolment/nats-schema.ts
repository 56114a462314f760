import { z } from 'zod';

const path = z.string().min(1);
const servers = z.array(z.string().min(1)).min(1);

/** Each agent gets credentials of its own: those of a URL would be the same for all, in every join file. */
const serverOfAgents = z
  .string()
  .min(1)
  .refine((server) => !server.includes('@'), 'must hold no credentials: agents get theirs by their join files');

/** `nats.users`: lets mgmt make users of NATS for agents, and shut them out. */
const usersSchema = z.strictObject({
  /** Public key of the account that mgmt and the agents meet in. */
  account: z.string().regex(/^A[A-Z2-7]{55}$/, 'must be the public key of a NATS account, A…'),
  /** A signing key of that account. */
  signingKeyFile: path,
  /** How long the JWT of an agent is good. It is replaced when half of that has passed. */
  jwtLifetimeDays: z.int().min(1).max(3650).default(90),
  /** Without it a user that is revoked stays connected until its JWT expires. */
  revocation: z.strictObject({ operatorSigningKeyFile: path, systemCredentialsFile: path }).optional(),
});

/** `nats` of mgmt's configuration; docs/configuration.md says what each key means. */
export const natsSchema = z.strictObject({
  servers,
  caFile: path.optional(),
  /** A `.creds` file. */
  credentialsFile: path.optional(),
  /** Whether servers that are no loopback addresses may be spoken to without TLS. */
  plaintext: z.enum(['refused', 'allowed']).default('refused'),
  users: usersSchema.optional(),
  /** How agents reach NATS, where that is not how mgmt does. */
  agents: z.strictObject({ servers: z.array(serverOfAgents).min(1).optional(), caFile: path.optional() }).prefault({}),
});

/** A checked configuration of NATS. */
export type NatsConfig = z.infer<typeof natsSchema>;
