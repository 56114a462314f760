import { activeSpan, inSpan, joinSpan } from '@reroot/shared/tracing';
import type { Bench, Figure } from './bench.ts';

const calls = 100_000;

/** Of the processor, so that whatever else the machine does plays no part. */
async function measureNs(what: string, count: number, limit: number | undefined, work: () => unknown): Promise<Figure> {
  for (let warm = 0; warm < count / 10; warm += 1) await work();
  const before = process.cpuUsage();
  for (let done = 0; done < count; done += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return { what, value: ((user + system) * 1_000) / count, unit: 'ns', ...(limit === undefined ? {} : { limit }) };
}

const nothing = async (): Promise<void> => undefined;
const bench: Bench = {
  about: 'what tracing costs while nobody has registered a tracer',
  measure: async () => [
    await measureNs('awaiting nothing, for comparison', calls, undefined, nothing),
    await measureNs('the same as a span that would join a trace', calls, 2_000, () => joinSpan('bench', {}, nothing)),
    await measureNs('the same as a span of its own, as each request to the API has one', calls, 10_000, () =>
      inSpan('bench', {}, nothing),
    ),
    await measureNs('looking whether a message that is sent belongs to a trace', calls, 1_000, activeSpan),
  ],
};
export default bench;
