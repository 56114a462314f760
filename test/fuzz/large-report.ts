import { encodeMessage, kindLimits, type limits as Limits, type Message } from '@reroot/shared/protocol';
import type { LargeInput } from './target.ts';

/** A field of bytes that no version knows (number 1000), empty: two bytes of tag, and a length. */
const unknownField = Buffer.from([0xc2, 0x3e, 0x00]);

/** Reports of up to 8 MiB: all that a large cluster says, and all that one may write who only wants to cost time. */
export function largeReports(report: Extract<Message, { kind: 'report' }>, limits: typeof Limits): readonly LargeInput[] {
  const { bytes } = kindLimits.report;
  return [
    { what: 'a report of the largest cluster', make: () => encodeMessage(largest(report, limits)) },
    { what: 'unknown fields', make: () => Buffer.alloc(bytes - (bytes % unknownField.length), unknownField) },
    { what: 'noise', make: () => Buffer.alloc(bytes, 0x0a) },
  ];
}

function largest({ body }: Extract<Message, { kind: 'report' }>, limits: typeof Limits): Message {
  const [namespace] = body.namespaces ?? [];
  const [workload] = body.workloads ?? [];
  if (namespace === undefined || workload === undefined) throw new Error('the sample has no namespace or no workload');
  const certificate = Buffer.alloc(1_900, 0x30);
  return {
    kind: 'report',
    body: {
      ...body,
      certificates: Array.from({ length: limits.certificates }, () => certificate),
      namespaces: Array.from({ length: 5_000 }, (_, index) => ({ ...namespace, namespace: `namespace-${index}` })),
      workloads: Array.from({ length: 10_000 }, (_, index) => ({ ...workload, namespace: `namespace-${index}` })),
    },
  };
}
