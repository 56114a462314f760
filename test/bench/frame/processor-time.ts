/** What one of so many acts takes of the processor, in milliseconds: whatever else the machine does plays no part. */
export function processorMsOf(count: number, act: () => unknown): number {
  const before = process.cpuUsage();
  for (let done = 0; done < count; done += 1) act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / count;
}
