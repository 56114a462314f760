import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

const filled = z.string().min(1);
const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');

/** Where the store is; docs/store.md says what each choice means. */
export const storeConfigSchema = z
  .discriminatedUnion('kind', [
    /** A file in `dataDir`. */
    z.strictObject({ kind: z.literal('sqlite') }),
    /** Secrets of one namespace. */
    z.strictObject({
      kind: z.literal('kubernetes'),
      namespace: name,
      name: name.default('reroot'),
      kubeconfigFile: filled.optional(),
      context: filled.optional(),
    }),
  ])
  .default({ kind: 'sqlite' });

/** Where the store is. */
export type StoreConfig = z.infer<typeof storeConfigSchema>;
