/**
 * Ends what a launcher leaves behind when it is killed. It reads `+PID` and `-PID` lines from its stdin, which the
 * kernel closes when the launcher is gone, whatever ended it; then it kills every process that is still on the list and
 * removes the directory that its argument names.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [directory] = process.argv.slice(2);
const pids = new Set<number>();

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) pids.add(pid);
  else pids.delete(pid);
}
for (const pid of pids) {
  try {
    // The whole group that it leads: what it has started itself must go too.
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
if (directory !== undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
