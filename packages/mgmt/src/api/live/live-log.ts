import type { Clock } from '@reroot/shared/clock';
import type { RerootError } from '@reroot/shared/errors';
import { errorFields, type Log, type LogFields } from '@reroot/shared/log';
import { createSeldom } from '../../fleet/index.ts';
import type { Principal } from '../access/principal.ts';
import { networkOf } from '../access/remote-network.ts';
import type { CloseCode } from './close-code.ts';

/** What of the live stream goes to the log. */
export interface LiveLog {
  /** A handshake was answered with an error. */
  refused(error: RerootError, address: string): void;
  /** A connection was ended because of an error. */
  sentAway(error: RerootError, closeCode: CloseCode, principal: Principal, address: string): void;
  noState(error: unknown): void;
  full(clients: number): void;
}

/** How often the same goes to the log of one address: others must not fill it. */
const sayEveryMs = 10_000;

/** Has said nothing yet. */
export function createLiveLog(clock: Clock, log: Log): LiveLog {
  const seldom = createSeldom(sayEveryMs, clock);
  const say = (key: string, write: (more: Pick<LogFields, 'heldBack'>) => void): void => {
    const heldBack = seldom.pass(key);
    if (heldBack !== undefined) write(heldBack === 0 ? {} : { heldBack });
  };
  return {
    refused: (error, address) => {
      say(`refused ${error.code} ${networkOf(address)}`, (more) => {
        const fields = { ...errorFields(error), address, ...more };
        // What is full is no fault of mgmt's.
        if (error.entry.status >= 500 && error.code !== 'RR_LIVE_FULL')
          log.error(fields, 'a client of the live stream could not be let in');
        else log.warn(fields, 'a client of the live stream was refused');
      });
    },
    sentAway: (error, closeCode, { name, via }, address) => {
      say(`sent away ${error.code} ${via} ${name} ${networkOf(address)}`, (more) => {
        log.info(
          { by: name, via, address, closeCode, ...errorFields(error), ...more },
          'a client of the live stream was sent away',
        );
      });
    },
    noState: (error) => {
      say('no state', (more) => log.error({ ...errorFields(error), ...more }, 'the live stream has no state to show'));
    },
    full: (clients) => {
      say('full', (more) => log.warn({ clients, ...more }, 'the live stream is full'));
    },
  };
}
