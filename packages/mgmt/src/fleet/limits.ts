import { z } from 'zod';

const perSecond = z.number().min(0.1).max(100_000);

/** How much mgmt takes from each cluster; docs/configuration.md says what each key means. */
export const limitsSchema = z
  .strictObject({
    reportsPerSecond: perSecond.default(20),
    issueRequestsPerSecond: perSecond.default(2),
    linkStatesPerSecond: perSecond.default(10),
    taskResultsPerSecond: perSecond.default(200),
    enrolmentsPerSecond: perSecond.default(1),
    enrolmentsPerSecondTogether: perSecond.default(50),
    bytesPerSecond: z.int().min(65_536).max(1_073_741_824).default(1_048_576),
  })
  .prefault({});

/** With every default filled in. */
export type Limits = z.infer<typeof limitsSchema>;
