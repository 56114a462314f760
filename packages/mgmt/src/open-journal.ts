import type { Lifecycle } from '@reroot/shared/lifecycle';
import { createFileSink, createStreamSink, followJournal } from './audit/index.ts';
import type { Ground } from './open-ground.ts';

/** Hands the journal on where the configuration asks for that. @throws RR_AUDIT_* */
export async function openJournal(
  { config, store, appended, log }: Pick<Ground, 'config' | 'store' | 'appended' | 'log'>,
  lifecycle: Lifecycle,
): Promise<void> {
  const target = config.audit.log;
  if (target === undefined) return;
  const sink = target === 'stdout' ? createStreamSink(process.stdout) : createFileSink(target);
  const journal = await followJournal({ store, sink, log });
  const unhook = appended.subscribe(() => journal.wake());
  lifecycle.add('audit.log', async () => {
    unhook();
    await journal.idle();
  });
}
