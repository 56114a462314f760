import { generateIdentity } from '@reroot/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterRecord, Invitation } from '../store/index.ts';
import {
  askForChange,
  enrol,
  heardBy,
  heardUnder,
  inviteAgain,
  newCluster,
  rename,
  renew,
  revoke,
  type ShownKeys,
} from './cluster-life.ts';
import { keyIdOf, keysOf, usersOf } from './record-keys.ts';

const keys = Array.from({ length: 5 }, () => {
  const { publicKeyPem } = generateIdentity();
  return { publicKeyPem, keyId: keyIdOf(publicKeyPem) };
});

type Step =
  | { readonly act: 'enrol'; readonly key: number; readonly token: number; readonly proof: boolean }
  | { readonly act: 'renew'; readonly key: number; readonly sequence: 'next' | 'replayed' }
  | { readonly act: 'hear'; readonly key: number }
  | { readonly act: 'invite' | 'ask' | 'revoke' | 'rename' | 'move' };

const key = fc.nat({ max: keys.length - 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant('enrol' as const), key, token: fc.nat({ max: 6 }), proof: fc.boolean() }),
  fc.record({ act: fc.constant('renew' as const), key, sequence: fc.constantFrom('next' as const, 'replayed' as const) }),
  fc.record({ act: fc.constant('hear' as const), key }),
  fc.record({ act: fc.constantFrom('invite', 'ask', 'ask', 'revoke', 'rename', 'move') }),
);

/** What must hold of a whole life, remembered beside it. */
interface World {
  record: ClusterRecord;
  nowMs: number;
  invitations: number;
  readonly enrolledBy: Map<string, Set<string>>;
}

/** Agents make a new NATS user with each new key. */
const shownOf = ({ record, nowMs }: World, number: number, askedSequence: number): ShownKeys => ({
  ...{ publicKeyPem: keys[number]?.publicKeyPem ?? '', natsUser: `U${number}-${nowMs}`, natsJwtExpiresAtMs: nowMs + 50 },
  ...{ underName: record.formerName ?? record.name, askedSequence },
});

function invitationOf(world: World): Invitation {
  world.invitations += 1;
  const number = world.invitations;
  return {
    tokenId: `token-${number}`,
    key: 'ab'.repeat(32),
    expiresAtMs: world.nowMs + 500,
    natsUser: `UJOIN${number}`,
    mgmtKeys: [],
  };
}

function take(world: World, step: Step): ClusterRecord {
  const { record, nowMs } = world;
  const act = { by: 'ann', why: 'a test', nowMs };
  switch (step.act) {
    case 'enrol': {
      const shown = shownOf(world, step.key, nowMs);
      const taken = enrol(record, { ...shown, tokenId: `token-${step.token}`, provenBy: () => step.proof }, nowMs);
      const by = world.enrolledBy.get(`token-${step.token}`) ?? new Set();
      world.enrolledBy.set(`token-${step.token}`, by.add(shown.publicKeyPem));
      return taken;
    }
    case 'renew':
      return renew(record, shownOf(world, step.key, step.sequence === 'next' ? nowMs : 0), nowMs);
    case 'hear':
      return heardBy(record, keys[step.key]?.keyId ?? '', nowMs);
    case 'invite':
      return inviteAgain(record, { mesh: record.mesh, invitation: invitationOf(world) }, act);
    case 'ask':
      return askForChange(record);
    case 'revoke':
      return revoke(record, act);
    case 'rename':
      return rename(record, `name-${nowMs}`, nowMs);
    case 'move':
      return heardUnder(record, record.name);
  }
}

/** Lets the steps happen that are not refused; `look` sees each. */
function live(steps: readonly Step[], look: (before: ClusterRecord, world: World, step: Step) => void): void {
  const world: World = { record: undefined!, nowMs: 1, invitations: 0, enrolledBy: new Map() };
  world.record = newCluster('east', 'demo', invitationOf(world), { by: 'ann', why: 'a test', nowMs: 1 });
  for (const step of steps) {
    world.nowMs += 1;
    const before = world.record;
    try {
      world.record = take(world, step);
    } catch {
      continue;
    }
    look(before, world, step);
  }
}

const lives = fc.array(anyStep, { maxLength: 60 });
const runs = { numRuns: 400 };

describe('whatever happens to a cluster in whatever order', () => {
  it('at most two keys are accepted, and none of a cluster that is revoked', () => {
    fc.assert(
      fc.property(lives, (steps) =>
        live(steps, (_, { record }) => {
          expect(keysOf(record).length).toBeLessThanOrEqual(record.revoked === undefined ? 2 : 0);
        }),
      ),
      runs,
    );
  });

  it('a key that was superseded or revoked opens again only by a join file that is proven, or when it is asked for anew', () => {
    fc.assert(
      fc.property(lives, (steps) =>
        live(steps, (before, { record }, step) => {
          const opened = keysOf(record).filter((pem) => !keysOf(before).includes(pem));
          if (opened.length === 0) return;
          expect(opened).toHaveLength(1);
          if (step.act === 'enrol') expect(step.proof).toBe(true);
          else expect(step).toMatchObject({ act: 'renew' });
          // Keys that replace others which nobody was heard by yet are of a later request.
          const replaced = step.act === 'renew' ? before.nextAgent : undefined;
          if (replaced !== undefined) expect(record.nextAgent?.askedSequence).toBeGreaterThan(replaced.askedSequence);
          if (step.act === 'renew') expect(before.agent?.epoch).toBeLessThan(before.epoch);
        }),
      ),
      runs,
    );
  });

  it('a join file enrols one key', () => {
    fc.assert(
      fc.property(lives, (steps) =>
        live(steps, (_, { enrolledBy }) => {
          for (const by of enrolledBy.values()) expect(by.size).toBe(1);
        }),
      ),
      runs,
    );
  });

  it('the epoch only grows, nobody is let into NATS again who was shut out, and who is let in no more is shut out', () => {
    fc.assert(
      fc.property(lives, (steps) =>
        live(steps, (before, { record }) => {
          const [shutBefore, shut] = [before, record].map(({ revokedUsers }) => revokedUsers.map(({ natsUser }) => natsUser));
          expect(record.epoch).toBeGreaterThanOrEqual(before.epoch);
          expect(shut?.slice(0, shutBefore?.length)).toEqual(shutBefore);
          expect(usersOf(record).filter((user) => shut?.includes(user))).toEqual([]);
          expect(shut).toEqual(expect.arrayContaining(usersOf(before).filter((user) => !usersOf(record).includes(user))));
        }),
      ),
      runs,
    );
  });
});
