import { z } from 'zod';
import type { Permission } from './operations/operation.ts';
import type { Read } from './read.ts';
import { timestampSchema } from './vocabulary.ts';

const permissionSchema: z.ZodEnum<{ [Key in Permission]: Key }> = z
  .enum(['read', 'operate', 'approve', 'administer'])
  .meta({ id: 'Permission', description: 'What a request needs: docs/api-access.md says which role has it.' });

export const accessStatusSchema = z
  .object({
    name: z.string(),
    via: z
      .enum(['loopback', 'shared-token', 'token', 'oidc', 'kubernetes', 'certificate'])
      .meta({ description: 'By what that one is known.' }),
    actor: z.enum(['known', 'said']).meta({ description: '`said`: the credentials name nobody, and each act says who acts.' }),
    permissions: z.array(permissionSchema),
    expiresAt: timestampSchema.meta({ description: 'When what was shown stops being good.' }).exactOptional(),
  })
  .meta({ id: 'AccessStatus', description: 'Who asks, and what that one may do to a mesh.' });
export type AccessStatus = Read<typeof accessStatusSchema>;
