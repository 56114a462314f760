import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');
const path = z.string().min(1);
const objectName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a name of Kubernetes');

/** Where the agent keeps what it is once it has joined. */
const stateSchema = z
  .strictObject({
    dir: path.optional(),
    secret: z.strictObject({ namespace: objectName, name: objectName }).optional(),
  })
  .refine(({ dir, secret }) => (dir === undefined) !== (secret === undefined), 'must have one of dir and secret');

/**
 * The part of an agent's configuration that is about its link to mgmt: `join`, or everything else of it. docs/agent.md says
 * what each key means.
 */
export const linkConfigShape = {
  mesh: name.optional(),
  cluster: name.optional(),
  nats: z
    .strictObject({
      servers: z.array(z.string().min(1)).min(1),
      caFile: path.optional(),
      credentialsFile: path.optional(),
      plaintext: z.enum(['refused', 'allowed']).default('refused'),
    })
    .optional(),
  identity: z.strictObject({ privateKeyFile: path }).optional(),
  mgmt: z.strictObject({ publicKeys: z.array(z.string().min(1)).min(1) }).optional(),
  join: z.strictObject({ file: path, state: stateSchema }).optional(),
};

type Written = z.infer<z.ZodObject<typeof linkConfigShape>>;
type Configured = { readonly [Key in Exclude<keyof Written, 'join'>]-?: NonNullable<Written[Key]> };

/** How the agent comes to its link: it is told everything, or joins with a file. */
export type LinkConfig =
  | ({ readonly kind: 'configured' } & Configured)
  | ({ readonly kind: 'join' } & NonNullable<Written['join']>);

/** What the configuration says, when it says it in one of the two ways; what is too much or too little becomes an issue. */
export function chooseLinkConfig({ join, ...told }: Written, context: z.RefinementCtx): LinkConfig {
  const { mesh, cluster, nats, identity, mgmt } = told;
  if (join !== undefined) {
    const tooMuch = keys.filter((key) => told[key] !== undefined);
    for (const key of tooMuch) addIssue(context, key, 'must be left out beside join: the join file says it');
    return { kind: 'join', ...join };
  }
  if (mesh !== undefined && cluster !== undefined && nats !== undefined && identity !== undefined && mgmt !== undefined)
    return { kind: 'configured', mesh, cluster, nats, identity, mgmt };
  const [first = 'mesh', ...others] = keys.filter((key) => told[key] === undefined);
  const besides =
    others.length === 0 ? 'or join in the place of all of them' : `and ${others.join(', ')}, or join in their place`;
  addIssue(context, first, `must be given, ${besides}`);
  return z.NEVER;
}

const keys = ['mesh', 'cluster', 'nats', 'identity', 'mgmt'] as const;

function addIssue(context: z.RefinementCtx, key: string, message: string): void {
  context.addIssue({ code: 'custom', path: [key], message });
}
