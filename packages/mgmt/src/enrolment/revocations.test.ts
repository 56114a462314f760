import { RerootError } from '@reroot/shared/errors';
import type { AccountUpdater } from '@reroot/shared/nats-auth';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { recordLog } from '../testing/recorded-log.ts';
import { createRevocations, type Revocations } from './revocations.ts';

let clock: ReturnType<typeof createFakeClock>;
let stopping: AbortController;
let log: ReturnType<typeof recordLog>;
let users: Map<string, number>;
/** What NATS was told, call by call. */
let told: string[][];
/** Whether NATS takes it. */
let health: 'well' | 'down';

beforeEach(() => {
  clock = createFakeClock(0);
  stopping = new AbortController();
  log = recordLog();
  users = new Map([['UA', 1]]);
  told = [];
  health = 'well';
});

const updater: AccountUpdater = {
  revoke: async (revoked) => {
    told.push([...revoked.keys()]);
    await Promise.resolve();
    if (health === 'down') throw new RerootError('RR_NATS_ACCOUNT_STALE', 'server two did not answer');
    return 'jwt';
  },
  addSigningKey: async () => 'jwt',
  dropSigningKey: async () => 'jwt',
  settle: async () => 'jwt',
};

const make = (right: 'may-revoke' | 'may-not' = 'may-revoke'): Revocations =>
  createRevocations({
    updater: right === 'may-revoke' ? updater : undefined,
    users: () => users,
    clock,
    random: () => 1,
    log,
    signal: stopping.signal,
  });

describe('revocations', () => {
  it('tell NATS of everybody who is revoked, each time', async () => {
    const revocations = make();
    revocations.push();
    await revocations.idle();
    users.set('UB', 2);
    clock.advance(1_000);
    revocations.push();
    expect(revocations.isPending()).toBe(true);
    await revocations.idle();
    expect(told).toEqual([['UA'], ['UA', 'UB']]);
    expect(revocations.isPending()).toBe(false);
  });

  it('tell of nobody before anybody is revoked, and where mgmt has no right to', async () => {
    users.clear();
    const idle = make();
    idle.push();
    users.set('UA', 1);
    const powerless = make('may-not');
    powerless.push();
    for (const each of [idle, powerless]) {
      expect(each.isPending()).toBe(false);
      await each.idle();
    }
    expect(told).toEqual([]);
  });

  it('are tried again until every server has them, and are pending as long as that takes', async () => {
    health = 'down';
    const revocations = make();
    revocations.push();
    await waitFor(() => log.find({ code: 'RR_NATS_ACCOUNT_STALE', level: 'warn' }), { timeoutMs: 2_000, what: 'a first try' });
    expect(revocations.isPending()).toBe(true);
    users.set('UB', 2);
    revocations.push();
    health = 'well';
    await waitFor(
      () => {
        clock.advance(60_000);
        return !revocations.isPending();
      },
      { timeoutMs: 2_000, what: 'a later try' },
    );
    expect(told.at(-1)).toEqual(['UA', 'UB']);
  });

  it('that come while others are told are told together, a second after them', async () => {
    const revocations = make();
    revocations.push();
    for (const user of ['UB', 'UC']) {
      users.set(user, 2);
      revocations.push();
    }
    await waitFor(() => told.length === 1, { timeoutMs: 2_000, what: 'a first word' });
    clock.advance(999);
    await new Promise(setImmediate);
    expect(told).toEqual([['UA']]);
    await waitFor(
      () => {
        clock.advance(1);
        return !revocations.isPending();
      },
      { timeoutMs: 2_000, what: 'a second word' },
    );
    await revocations.idle();
    expect(told).toEqual([['UA'], ['UA', 'UB', 'UC']]);
  });

  it('end with mgmt, which tells them at its next start', async () => {
    health = 'down';
    const revocations = make();
    revocations.push();
    await waitFor(() => told.length > 0, { timeoutMs: 2_000, what: 'a first try' });
    stopping.abort(new Error('mgmt stops'));
    await revocations.idle();
    expect(revocations.isPending()).toBe(true);
  });
});
