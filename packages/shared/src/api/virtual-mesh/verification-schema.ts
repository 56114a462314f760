import { z } from 'zod';
import { nameSchema } from '../request-parts.ts';
import { clusterNames } from './cluster-names.ts';
import { crdNotes } from './crd-notes.ts';
import { durationBetween } from './duration.ts';
import { empty, exactlyOne } from './proto-json.ts';

/** CertificateRotationVerificationMethod and what it holds. Durations come out in milliseconds. */

const number = z.number('must be a number');

const httpUrl = z
  .string()
  .max(2_000)
  .refine(isPlainHttpUrl, 'must be an http or https address without credentials, query or fragment')
  .meta({
    description: 'An http or https address without credentials, query or fragment, which the configuration of mgmt allows.',
    examples: ['https://checks.example.org/mesh'],
  });

const pathProbeSchema = z
  .strictObject({
    clusters: clusterNames(0, 1_000).optional().describe('Whose agents make it; those of every cluster when left out.'),
    address: z
      .string()
      .max(300)
      .regex(/^(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):\d{1,5}$/, addressRule())
      .refine(hasPort, addressRule())
      .meta({ description: 'Host and port, such as those of an east-west gateway.', examples: ['gateway.east.example:15443'] }),
    serverName: z
      .string()
      .regex(/^[\w.*-]{0,253}$/, 'must be a name to ask for in TLS (SNI)')
      .optional()
      .describe('Name to ask for in TLS (SNI); the host of `address` when left out.'),
  })
  .meta({ id: 'VerificationPathProbe', description: 'A TLS connection that agents make through a real address.' });

const webhookSchema = z
  .strictObject({
    url: httpUrl,
    timeout: durationBetween('1s', '1m', { description: 'How long one answer may take.', default: '10s' }).optional(),
  })
  .meta({ id: 'WebhookCheck', description: 'Is told of the step by POST, and answers pass or fail.' });

const limit = exactlyOne('max', 'baseline');

const prometheusSchema = z
  .strictObject({
    url: httpUrl.describe('Address of Prometheus, above /api/v1/query.'),
    query: z
      .string()
      .min(1, 'must not be empty')
      .max(4_000, 'must be at most 4000 characters')
      .describe('PromQL that gives one number.'),
    max: number.optional().describe('The highest value that passes.'),
    baseline: z
      .strictObject({
        ratio: number.gt(0, 'must be above 0').describe('How many times the value at the start of the rotation passes.'),
        tolerance: number
          .min(0, 'must be 0 or more')
          .optional()
          .meta({ description: 'How much more than that passes.', default: 0 }),
      })
      .optional()
      .describe('A limit that is made of the value at the start of the rotation.'),
    for: durationBetween('0s', '1d', { description: 'For how long the value must keep the limit.', default: '0s' }).optional(),
    noData: z
      .enum(['NO_DATA_UNSPECIFIED', 'NO_DATA_FAIL', 'NO_DATA_PASS'])
      .optional()
      .meta({ description: 'What a query that gives no number means.', default: 'NO_DATA_FAIL' }),
  })
  .refine(limit.holds, 'takes one of max, baseline')
  .meta({ id: 'PrometheusCheck', description: 'A query, and the limit that its value must keep.', ...limit.schema });

const check = exactlyOne('webhook', 'prometheus');

const externalCheckSchema = z
  .strictObject({
    name: nameSchema.describe('Names the check in verdicts.'),
    webhook: webhookSchema.optional(),
    prometheus: prometheusSchema.optional(),
  })
  .refine(check.holds, 'takes one of webhook, prometheus')
  .meta({ id: 'ExternalCheck', description: 'What another system is asked.', ...check.schema });

/** What an operator writes below `verification.automatic`. */
const automaticVerificationSchema = z
  .strictObject({
    soak: durationBetween('0s', '7d', {
      description: 'How long everything must stay in order after all checks have passed.',
      default: '0s',
    }).optional(),
    timeout: durationBetween('10s', '7d', { description: 'How long the checks may take to pass.', default: '10m' }).optional(),
    onFailure: z
      .enum(['ON_FAILURE_UNSPECIFIED', 'ON_FAILURE_HOLD', 'ON_FAILURE_ROLLBACK'])
      .optional()
      .meta({ description: 'What becomes of a step that is not verified.', default: 'ON_FAILURE_HOLD' }),
    handshakes: z
      .enum(['HANDSHAKES_UNSPECIFIED', 'HANDSHAKES_SAMPLED', 'HANDSHAKES_ALL_PAIRS', 'HANDSHAKES_OFF'])
      .optional()
      .meta({ description: "Which clusters' agents shake hands with one another.", default: 'HANDSHAKES_SAMPLED' }),
    negativeProof: z
      .enum(['NEGATIVE_PROOF_UNSPECIFIED', 'NEGATIVE_PROOF_WHERE_POSSIBLE', 'NEGATIVE_PROOF_REQUIRED', 'NEGATIVE_PROOF_OFF'])
      .optional()
      .meta({
        description: 'Whether clusters must prove, after DELETING_OLD_ROOT, that they refuse a leaf of the old root.',
        default: 'NEGATIVE_PROOF_WHERE_POSSIBLE',
      }),
    pathProbes: z
      .array(pathProbeSchema)
      .max(20, 'must be at most 20 probes')
      .optional()
      .describe('TLS connections that agents make through real addresses.'),
    checks: z
      .array(externalCheckSchema)
      .max(20, 'must be at most 20 checks')
      .refine((checks) => new Set(checks.map(({ name }) => name)).size === checks.length, 'must have names of their own')
      .optional()
      .describe('What other systems are asked.'),
  })
  .meta({ id: 'AutomaticVerification', description: 'mgmt verifies each step by itself: docs/verification.md.' })
  .register(crdNotes, {
    rules: [
      {
        rule: "!(has(self.handshakes) && self.handshakes == 'HANDSHAKES_OFF' && has(self.negativeProof) && self.negativeProof == 'NEGATIVE_PROOF_REQUIRED')",
        message: 'cannot be NEGATIVE_PROOF_REQUIRED with HANDSHAKES_OFF: it is proven by handshakes that are refused',
        fieldPath: '.negativeProof',
      },
    ],
  });
export type AutomaticVerification = z.infer<typeof automaticVerificationSchema>;

const method = exactlyOne('none', 'manual', 'automatic');

/** CertificateRotationVerificationMethod. */
export const verificationMethodSchema = z
  .strictObject({
    none: empty.optional().describe('Steps follow one another as soon as the evidence is complete.'),
    manual: empty.optional().describe('Each step waits for a person.'),
    automatic: automaticVerificationSchema.optional(),
  })
  .refine(method.holds, 'takes one of none, manual, automatic')
  .meta({
    ...{ id: 'CertificateRotationVerificationMethod', description: 'Who lets each step pass.' },
    ...method.schema,
  });

function addressRule(): string {
  return 'must be host:port, such as gateway.east.example:15443';
}

function hasPort(address: string): boolean {
  const port = Number(/\d+$/.exec(address)?.[0]);
  return port >= 1 && port <= 65_535;
}

function isPlainHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
