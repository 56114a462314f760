import { z } from 'zod';
import { clusterNames } from './cluster-names.ts';
import { crdNotes } from './crd-notes.ts';
import { durationBetween } from './duration.ts';
import { atMostOne, empty, exactlyOne } from './proto-json.ts';
import { isTimeZone } from './time-zone.ts';
import { verificationMethodSchema } from './verification-schema.ts';

/** CertificateRotationPolicy and what it holds. Durations come out in milliseconds. */

const size = atMostOne('maxClusters', 'maxPercent');

const wavesSchema = z
  .strictObject({
    canaries: clusterNames(0, 100).optional().describe('These clusters are given each step first, as a wave of their own.'),
    maxClusters: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(10_000, 'must be at most 10000')
      .optional()
      .describe('How many clusters each later wave has at most; all at once when this and `maxPercent` are left out.'),
    maxPercent: z
      .int('must be a whole number, 1 to 100')
      .min(1, 'must be 1 to 100, in percent')
      .max(100, 'must be 1 to 100, in percent')
      .optional()
      .describe('The same as a share of all clusters, rounded up.'),
    soak: durationBetween('0s', '90d', {
      description: 'How long a wave must have been proven without a break before the next one begins.',
      default: '0s',
    }).optional(),
    onFailure: z
      .enum(['ON_FAILURE_UNSPECIFIED', 'ON_FAILURE_STOP', 'ON_FAILURE_CONTINUE'])
      .optional()
      .meta({ description: 'What a wave that runs into `stepTimeout` means.', default: 'ON_FAILURE_STOP' }),
  })
  .refine(size.holds, 'takes maxClusters or maxPercent, not both')
  .meta({ id: 'WavePolicy', description: 'Which clusters are given a step when.', ...size.schema });

const stepTimeoutSchema = z
  .strictObject({
    after: durationBetween('1s', '365d', { description: 'How long a wave may take to be proven.' }),
    then: z
      .enum(['THEN_UNSPECIFIED', 'THEN_HOLD', 'THEN_ROLLBACK'])
      .optional()
      .meta({ description: 'What becomes of the rotation then.', default: 'THEN_HOLD' }),
  })
  .meta({ id: 'StepTimeout', description: 'How long a step may take; for ever when left out.' });

const action = exactlyOne('wait', 'excludeAfter');

const silentClustersSchema = z
  .strictObject({
    wait: empty.optional().describe('The rotation waits for a cluster that does not report.'),
    excludeAfter: durationBetween('1m', '365d', {
      description: 'After such a silence the rotation goes on without the cluster.',
    }).optional(),
  })
  .refine(action.holds, 'takes one of wait, excludeAfter')
  .meta({
    ...{ id: 'SilentClusterPolicy', description: 'What becomes of a cluster that does not report; `wait` when left out.' },
    ...action.schema,
  });

const maintenanceWindowSchema = z
  .strictObject({
    cron: z
      .string()
      .max(256)
      .regex(/^\s*\S+(?:\s+\S+){4}\s*$/, 'must have five fields: minute, hour, day of month, month, day of week')
      .meta({
        description: 'When it opens: minute, hour, day of month, month, day of week.',
        examples: ['0 9 * * MON-THU', '30 2 1,15 * *'],
      }),
    duration: durationBetween('1m', '7d', { description: 'How long it stays open, in hours that pass.' }),
    timeZone: z
      .string()
      .refine((name) => name === '' || isTimeZone(name), 'must be a time zone of the IANA database, such as Europe/Berlin or UTC')
      .optional()
      .meta({ description: 'Zone of the IANA database that `cron` is read in.', default: 'UTC', examples: ['Europe/Berlin'] }),
  })
  .meta({ id: 'MaintenanceWindow', description: 'A time in which a step, or a wave of one, may begin.' });

const approvalsSchema = z
  .strictObject({
    fourEyes: z
      .boolean()
      .optional()
      .meta({ description: 'Whoever started a rotation cannot let its steps pass.', default: false }),
    expireAfter: durationBetween('1m', '30d', {
      description: 'An approval or verdict that has not led to the next step by then is void.',
      default: '24h',
    }).optional(),
  })
  .meta({ id: 'ApprovalPolicy', description: 'What an approval counts for.' });

const restart = z.enum(['RESTART_UNSPECIFIED', 'RESTART_NEVER', 'RESTART_NEEDED', 'RESTART_ALWAYS']);

/** A restart of any kind but the one that takes what has loaded the row already. */
function restartWhereNeeded(why: string) {
  return restart
    .transform((asked, context) => {
      if (asked !== 'RESTART_ALWAYS') return asked;
      context.addIssue({ code: 'custom', message: `must be RESTART_NEVER or RESTART_NEEDED: ${why}` });
      return z.NEVER;
    })
    .meta({ not: { const: 'RESTART_ALWAYS' } });
}

/** What makes sense for istiod need not for workloads: they take roots while they run. */
const workloadRestart = restartWhereNeeded(
  'each step would restart every workload of the mesh, and those that are pushed new roots gain nothing by it',
);

/** What a rotation in an emergency may restart at the most. */
const emergencyRestart = restartWhereNeeded('an emergency restarts nothing that has loaded the row already');

const emergencySchema = z
  .strictObject({
    restarts: emergencyRestart
      .optional()
      .meta({ description: 'The most that it may restart of istiod.', default: 'RESTART_NEEDED' }),
    workloadRestarts: emergencyRestart
      .optional()
      .meta({ description: 'The most that it may restart of workloads.', default: 'RESTART_NEEDED' }),
  })
  .meta({ id: 'EmergencyPolicy', description: 'What a rotation in an emergency may do: docs/emergency.md.' });

export const certificateRotationSchema = z
  .strictObject({
    strategy: z
      .enum(['MULTI_ROOT', 'NONE'])
      .optional()
      .meta({ description: 'With NONE the root is replaced at once, and traffic can fail meanwhile.', default: 'MULTI_ROOT' }),
    verification: verificationMethodSchema.optional().meta({ default: { manual: {} } }),
    waves: wavesSchema.optional(),
    stepTimeout: stepTimeoutSchema.optional(),
    silentClusters: silentClustersSchema.optional().meta({ default: { wait: {} } }),
    maintenanceWindows: z
      .array(maintenanceWindowSchema)
      .max(20, 'must be at most 20 windows')
      .optional()
      .describe('When steps may begin; at any time when left out.'),
    requiredEvidence: z
      .enum(['EVIDENCE_UNSPECIFIED', 'EVIDENCE_WRITTEN', 'EVIDENCE_LOADED', 'EVIDENCE_PUBLISHED', 'EVIDENCE_HELD'])
      .optional()
      .meta({ description: 'The level that must be proven, with those before it.', default: 'EVIDENCE_HELD' }),
    restarts: restart
      .optional()
      .meta({ description: 'Whether agents restart istiod, one replica at a time.', default: 'RESTART_NEVER' }),
    workloadRestarts: workloadRestart
      .optional()
      .meta({ description: 'Whether agents restart workloads, by rolling restarts.', default: 'RESTART_NEVER' }),
    drift: z.enum(['DRIFT_UNSPECIFIED', 'DRIFT_REAPPLY', 'DRIFT_REPORT']).optional().meta({
      description: 'What becomes of a `cacerts` Secret that somebody else changes while no rotation is under way.',
      default: 'DRIFT_REAPPLY',
    }),
    minimumOverlap: durationBetween('0s', '90d', {
      description: 'How long a row that trusts both roots must have been proven everywhere before the next one begins.',
      default: '0s',
    }).optional(),
    minimumRootValidity: durationBetween('0s', '36500d', {
      description: 'How much of its life a new root must have before it.',
      default: '0s',
    }).optional(),
    approvals: approvalsSchema.optional(),
    rootKeyRetention: durationBetween('0s', '3650d', {
      description: 'How long the private key of a root is kept once no step can need it.',
      default: '7d',
    }).optional(),
    emergency: emergencySchema.optional(),
  })
  .meta({ id: 'CertificateRotationPolicy', description: 'How rotations go.' })
  .register(crdNotes, {
    rules: [
      {
        rule: '!(has(self.approvals) && has(self.approvals.fourEyes) && self.approvals.fourEyes && has(self.verification) && !has(self.verification.manual))',
        message: 'has no meaning without verification manual: nobody approves then',
        fieldPath: '.approvals.fourEyes',
      },
    ],
  });
export type CertificateRotation = z.infer<typeof certificateRotationSchema>;
