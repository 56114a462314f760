/** Plain NATS clients, each of which answers whatever it is told: the least that telling a fleet, and hearing it, can take. */
import { connect } from 'nats';
import type { BareOrder } from './bare-fan-out.ts';

const together = 32;

async function openAll({ url, from, to, answerBytes }: BareOrder): Promise<void> {
  const answer = new Uint8Array(answerBytes).fill(7);
  let next = from;
  const open = async (): Promise<void> => {
    while (next < to) {
      const subject = `told.${next}`;
      next += 1;
      const connection = await connect({ servers: [url], timeout: 60_000 });
      connection.subscribe(subject, { callback: () => connection.publish('heard', answer) });
      await connection.flush();
    }
  };
  await Promise.all(Array.from({ length: together }, open));
}

process.once('message', (order) => {
  openAll(order as BareOrder).then(
    () => process.send?.('open'),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.once('disconnect', () => process.exit());
