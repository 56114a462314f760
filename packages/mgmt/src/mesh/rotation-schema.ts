import { z } from 'zod';
import { automaticVerificationSchema } from './automatic-verification.ts';
import { clusterNames } from './cluster-names.ts';
import { durationBetween } from './duration.ts';
import { findCronProblem, isTimeZone } from './maintenance-window.ts';
import { atMostOne, empty, exactlyOne } from './proto-json.ts';

/** CertificateRotationPolicy and what it holds. Durations come out in milliseconds. */

const verificationSchema = z
  .strictObject({ none: empty.optional(), manual: empty.optional(), automatic: automaticVerificationSchema.optional() })
  .refine(exactlyOne('none', 'manual', 'automatic'), 'takes one of none, manual, automatic');

const wavesSchema = z
  .strictObject({
    canaries: clusterNames(0, 100).optional(),
    maxClusters: z.int('must be a whole number').min(1, 'must be at least 1').max(10_000, 'must be at most 10000').optional(),
    maxPercent: z
      .int('must be a whole number, 1 to 100')
      .min(1, 'must be 1 to 100, in percent')
      .max(100, 'must be 1 to 100, in percent')
      .optional(),
    soak: durationBetween('0s', '90d').optional(),
    onFailure: z.enum(['ON_FAILURE_UNSPECIFIED', 'ON_FAILURE_STOP', 'ON_FAILURE_CONTINUE']).optional(),
  })
  .refine(atMostOne('maxClusters', 'maxPercent'), 'takes maxClusters or maxPercent, not both');

const stepTimeoutSchema = z.strictObject({
  after: durationBetween('1s', '365d'),
  then: z.enum(['THEN_UNSPECIFIED', 'THEN_HOLD', 'THEN_ROLLBACK']).optional(),
});

const silentClustersSchema = z
  .strictObject({ wait: empty.optional(), excludeAfter: durationBetween('1m', '365d').optional() })
  .refine(exactlyOne('wait', 'excludeAfter'), 'takes one of wait, excludeAfter');

const maintenanceWindowSchema = z.strictObject({
  cron: z
    .string()
    .max(256)
    .superRefine((cron, context) => {
      const problem = findCronProblem(cron);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    }),
  duration: durationBetween('1m', '7d'),
  timeZone: z
    .string()
    .refine((name) => name === '' || isTimeZone(name), 'must be a time zone of the IANA database, such as Europe/Berlin or UTC')
    .optional(),
});

const approvalsSchema = z.strictObject({
  fourEyes: z.boolean().optional(),
  expireAfter: durationBetween('1m', '30d').optional(),
});

const restart = z.enum(['RESTART_UNSPECIFIED', 'RESTART_NEVER', 'RESTART_NEEDED', 'RESTART_ALWAYS']);

/** What makes sense for istiod need not for workloads: they take roots while they run. */
const workloadRestart = restart.transform((asked, context) => {
  if (asked !== 'RESTART_ALWAYS') return asked;
  const message =
    'must be RESTART_NEVER or RESTART_NEEDED: each step would restart every workload of the mesh, and those that are pushed ' +
    'new roots gain nothing by it';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** What a rotation in an emergency may restart at the most. */
const emergencyRestart = restart.transform((asked, context) => {
  if (asked !== 'RESTART_ALWAYS') return asked;
  const message = 'must be RESTART_NEVER or RESTART_NEEDED: an emergency restarts nothing that has loaded the row already';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const emergencySchema = z.strictObject({
  restarts: emergencyRestart.optional(),
  workloadRestarts: emergencyRestart.optional(),
});

export const certificateRotationSchema = z.strictObject({
  strategy: z.enum(['MULTI_ROOT', 'NONE']).optional(),
  verification: verificationSchema.optional(),
  waves: wavesSchema.optional(),
  stepTimeout: stepTimeoutSchema.optional(),
  silentClusters: silentClustersSchema.optional(),
  maintenanceWindows: z.array(maintenanceWindowSchema).max(20, 'must be at most 20 windows').optional(),
  requiredEvidence: z
    .enum(['EVIDENCE_UNSPECIFIED', 'EVIDENCE_WRITTEN', 'EVIDENCE_LOADED', 'EVIDENCE_PUBLISHED', 'EVIDENCE_HELD'])
    .optional(),
  restarts: restart.optional(),
  workloadRestarts: workloadRestart.optional(),
  drift: z.enum(['DRIFT_UNSPECIFIED', 'DRIFT_REAPPLY', 'DRIFT_REPORT']).optional(),
  minimumOverlap: durationBetween('0s', '90d').optional(),
  minimumRootValidity: durationBetween('0s', '36500d').optional(),
  approvals: approvalsSchema.optional(),
  rootKeyRetention: durationBetween('0s', '3650d').optional(),
  emergency: emergencySchema.optional(),
});
export type CertificateRotation = z.infer<typeof certificateRotationSchema>;
