import { z } from 'zod';
import type { Read } from './read.ts';
import { laggardSchema, stepSchema, timestampSchema, verdictSchema } from './vocabulary.ts';

export const trustStateSchema = z
  .enum(['green', 'red', 'unknown'])
  .meta({ id: 'TrustState', description: 'Whether every live leaf of one cluster is accepted by every live bundle of another.' });
export type TrustState = Read<typeof trustStateSchema>;

export const trustCountsSchema = z.record(trustStateSchema, z.int()).meta({
  id: 'TrustCounts',
  description: 'How many ordered pairs of members there are of each state; a cluster with itself is one.',
});
export type TrustCounts = Read<typeof trustCountsSchema>;

export const trustClassStatusSchema = z
  .object({
    clusters: z.array(z.string()).describe('Members, by name.'),
    others: z.array(z.string()).describe('Clusters that do not count, excluded ones or returning.'),
    leaves: z
      .array(z.array(z.string()))
      .describe('Of each live leaf chain, the roots that it verifies under; none for a chain under no root.'),
    bundles: z.array(z.array(z.string())).describe('The roots of each live bundle.'),
    leavesKnown: z.enum(['all', 'not-all']),
    bundlesKnown: z.enum(['all', 'not-all']),
  })
  .meta({ id: 'TrustClassStatus', description: 'Clusters that no peer can tell apart.' });
export type TrustClassStatus = Read<typeof trustClassStatusSchema>;

export const projectedMatrixSchema = z
  .object({
    step: stepSchema,
    roots: z.array(z.string()),
    signer: z.string(),
    counts: trustCountsSchema,
    cells: z.array(z.string()).exactOptional().describe('As those of the matrix, by the same classes.'),
    losses: z.array(laggardSchema).describe('Places that would lose somebody, the first ones.'),
    lossCount: z.int(),
  })
  .meta({ id: 'ProjectedMatrix', description: 'The matrix while a row is put in force, given what is known today.' });
export type ProjectedMatrix = Read<typeof projectedMatrixSchema>;

export const trustMatrixSchema = z
  .object({
    mesh: z.string(),
    takenAt: timestampSchema,
    gate: z.enum(['asked', 'given-up']).describe('Whether it holds a rotation up where it is not green.'),
    counts: trustCountsSchema.describe('Of members alone.'),
    classes: z.array(trustClassStatusSchema).describe('The largest first.'),
    cells: z
      .array(z.string())
      .exactOptional()
      .describe(
        'One text for each class that shows leaves, one letter in it for each class that verifies them: g, r or u. Left out with more than 1,000 classes.',
      ),
    refusals: verdictSchema
      .exactOptional()
      .describe('What keeps it from being green, the first ones explained; absent where nothing does.'),
    next: projectedMatrixSchema
      .exactOptional()
      .describe('What it will be while the next row is put in force; absent where none is to come.'),
  })
  .meta({ id: 'TrustMatrix', description: 'Who would accept whom.' });
export type TrustMatrix = Read<typeof trustMatrixSchema>;

export const trustLeafSchema = z
  .object({
    signer: z
      .string()
      .exactOptional()
      .describe('Fingerprint of the certificate that signs; absent where a root signs by itself.'),
    roots: z.array(z.string()).describe('The roots that it verifies under.'),
    places: z.array(z.string()).describe('Where it is shown.'),
  })
  .meta({ id: 'TrustLeaf', description: 'A live leaf chain.' });
export type TrustLeaf = Read<typeof trustLeafSchema>;

export const trustBundleSchema = z
  .object({
    sha256: z.string().describe('SHA-256 of its exact bytes.'),
    roots: z.array(z.string()),
    places: z.array(z.string()),
  })
  .meta({ id: 'TrustBundle', description: 'A live bundle.' });
export type TrustBundle = Read<typeof trustBundleSchema>;

export const trustPairSchema = z
  .object({
    mesh: z.string(),
    from: z.string().describe('The cluster that shows its leaves.'),
    to: z.string().describe('The one that verifies them.'),
    state: trustStateSchema,
    reason: z.string().describe('Stable CamelCase code.'),
    message: z.string(),
    leaf: trustLeafSchema
      .exactOptional()
      .describe('The chain that is refused, or an example of one that is accepted; absent where none is known.'),
    bundle: trustBundleSchema.exactOptional(),
    unknown: z.array(z.string()).describe('What is not known, as sentences.'),
  })
  .meta({ id: 'TrustPair', description: 'Why one cluster accepts the leaves of another, or does not.' });
export type TrustPair = Read<typeof trustPairSchema>;
