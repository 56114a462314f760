import { printableSchema } from '../printable.ts';
import { nameSchema } from '../request-parts.ts';

/** What stands in paths, by its name there. */
export const pathParameters = {
  mesh: nameSchema.describe('Name of a mesh.'),
  cluster: nameSchema.describe('Name of a cluster.'),
  from: nameSchema.describe('The cluster that shows its leaves.'),
  to: nameSchema.describe('The cluster that verifies them.'),
  rotation: printableSchema(100).describe('Id of a rotation.'),
  webhook: nameSchema.describe('Name of a webhook.'),
  proof: printableSchema(100).describe('Id of a proof.'),
} as const;
