import { activeSpan, inSpan, joinSpan } from '@reroot/shared/tracing';
import { atMost, defineBench, type Result } from './frame/bench.ts';
import { repeat } from './frame/sample.ts';

/** Of the processor, so that whatever else the machine does plays no part. */
async function measureNs(calls: number, work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / calls;
}

const nothing = async (): Promise<void> => undefined;
const works: readonly { readonly metric: string; readonly limitNs?: number; readonly work: () => unknown }[] = [
  { metric: 'awaiting nothing, for comparison', work: nothing },
  { metric: 'the same as a span that would join a trace', limitNs: 2_000, work: () => joinSpan('bench', {}, nothing) },
  {
    metric: 'the same as a span of its own, as each request to the API has one',
    limitNs: 10_000,
    work: () => inSpan('bench', {}, nothing),
  },
  { metric: 'looking whether a message that is sent belongs to a trace', limitNs: 1_000, work: activeSpan },
];

export default defineBench({
  about: 'what tracing costs while nobody has registered a tracer, of the processor for each call',
  params: { calls: 100_000, repeats: 5 },
  takes: { calls: { to: 10_000_000 } },
  measure: async ({ calls, repeats }, { signal }) => {
    const results: Result[] = [];
    for (const { metric, limitNs, work } of works) {
      const value = await repeat(() => measureNs(calls, work), { repeats, signal });
      results.push({ metric, unit: 'ns', value, ...(limitNs === undefined ? {} : { limit: atMost(limitNs) }) });
    }
    return results;
  },
});
