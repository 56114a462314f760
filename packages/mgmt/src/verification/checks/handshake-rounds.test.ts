import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { rootB } from '../../rotation/evidence-sample.ts';
import type { RotationRecord } from '../../rotation/index.ts';
import { attempt } from '../testing/attempt.ts';
import { sampleSubject, verifyingRecord } from '../testing/sample-subject.ts';
import { createScriptedConductor, plannedHandshake, type ScriptedConductor } from '../testing/scripted-conductor.ts';
import { checkHandshakes } from './check-handshakes.ts';
import { checkNegativeProof } from './check-negative-proof.ts';
import { checkPathProbes } from './check-path-probes.ts';

const clock = createFakeClock(1_000);
let conductor: ScriptedConductor;
beforeEach(() => {
  conductor = createScriptedConductor();
});

describe('the handshakes of a verification', () => {
  it('says so where fewer were made than the policy asks for', async () => {
    conductor.fewer = 'sampled, for all pairs would be too many';
    expect(await attempt(checkHandshakes(conductor), sampleSubject(), clock)).toMatchObject({
      outcome: 'passed',
      message: '2 of 2 handshakes were accepted; sampled, for all pairs would be too many',
      evidence: { fewer: 'sampled, for all pairs would be too many' },
    });
  });

  it('pass when all are accepted, and say how far they are', async () => {
    const progress: string[] = [];
    const result = await attempt(checkHandshakes(conductor), sampleSubject(), clock, { progress });
    expect(result).toMatchObject({
      outcome: 'passed',
      message: '2 of 2 handshakes were accepted',
      evidence: {
        counts: { planned: 2, asTheyShall: 2, otherwise: 0, unavailable: 0 },
        handshakes: [{ client: 'east', server: 'west', expects: 'accepted', outcome: 'accepted', alert: 48 }, {}],
      },
    });
    expect(progress).toEqual(['0 of 2']);
  });

  it('count a refusal when it has come three times in a row, and name who refuses', async () => {
    conductor.outcomes.set('east>west', 'refused');
    expect(await attempt(checkHandshakes(conductor), sampleSubject(), clock)).toMatchObject({
      outcome: 'failed',
      message: '1 of 2 handshakes did not come out as they shall',
      laggards: [{ cluster: 'west', reason: 'HandshakeRefused', message: 'handshake from east to west: it is refused' }],
    });
    expect(conductor.made.filter((id) => id === 'east>west')).toHaveLength(3);
    expect(conductor.made.filter((id) => id === 'west>east')).toHaveLength(1);
  });

  it('forgive two refusals', async () => {
    conductor.outcomes.set('east>west', ['refused', 'refused']);
    expect(await attempt(checkHandshakes(conductor), sampleSubject(), clock)).toMatchObject({ outcome: 'passed' });
  });

  it('are made again where they could not be made, and no others', async () => {
    conductor.outcomes.set('east>west', ['unavailable']);
    const check = checkHandshakes(conductor);
    expect(await attempt(check, sampleSubject(), clock)).toMatchObject({
      outcome: 'unavailable',
      message: '1 of 2 handshakes were accepted; 1 could not be made',
      laggards: [{ reason: 'HandshakeUnavailable' }],
    });
    expect(await attempt(check, sampleSubject(), clock)).toMatchObject({ outcome: 'passed' });
    expect(conductor.made).toEqual(['east>west', 'west>east', 'east>west']);
  });

  it('are not waited for of a cluster that has gone meanwhile', async () => {
    conductor.outcomes.set('east>west', 'unavailable').set('west>east', 'unavailable');
    const check = checkHandshakes(conductor);
    const subject = sampleSubject();
    expect(await attempt(check, subject, clock)).toMatchObject({ outcome: 'unavailable' });
    const later = { ...subject, snapshot: { ...subject.snapshot, clusters: ['east', 'north'] } };
    expect(await attempt(check, later, clock)).toMatchObject({ outcome: 'passed', message: '2 of 2 handshakes were accepted' });
  });

  it('are skipped where the policy says so', async () => {
    expect(await attempt(checkHandshakes(conductor), sampleSubject({ handshakes: 'off' }), clock)).toMatchObject({
      outcome: 'skipped',
    });
    expect(await attempt(checkPathProbes(conductor), sampleSubject(), clock)).toMatchObject({ outcome: 'skipped' });
    expect(conductor.made).toEqual([]);
  });

  it('go through the addresses of the policy', async () => {
    const pathProbes = [{ clusters: [], address: 'gateway:15443', serverName: 'gateway' }];
    expect(await attempt(checkPathProbes(conductor), sampleSubject({ pathProbes }), clock)).toMatchObject({ outcome: 'passed' });
    expect(conductor.made).toEqual(['east>gateway:15443', 'west>gateway:15443']);
  });
});

describe('the negative proof', () => {
  /** At the last step: the row in force trusts the new root alone. */
  const last: RotationRecord = { ...verifyingRecord(), step: 'DELETING_OLD_ROOT' };
  const planned = [plannedHandshake('east', 'west', 'refused'), plannedHandshake('east', 'west')];

  it('is asked for when the old root is gone, and not before or on the way back', async () => {
    conductor.negative = { kind: 'planned', handshakes: planned, left: [] };
    conductor.outcomes.set('east>west!', 'refused');
    for (const record of [verifyingRecord(), { ...last, direction: 'back' as const }]) {
      expect(await attempt(checkNegativeProof(conductor), sampleSubject({}, { record }), clock)).toMatchObject({
        outcome: 'skipped',
      });
    }
    expect(last.rotation?.target).toBe(rootB.fingerprint);
    expect(await attempt(checkNegativeProof(conductor), sampleSubject({}, { record: last }), clock)).toMatchObject({
      outcome: 'passed',
      message: '2 of 2 handshakes were refused or accepted as they shall',
    });
  });

  it('fails where a leaf of the old root is accepted', async () => {
    conductor.negative = { kind: 'planned', handshakes: planned, left: [] };
    expect(await attempt(checkNegativeProof(conductor), sampleSubject({}, { record: last }), clock)).toMatchObject({
      outcome: 'failed',
      laggards: [{ cluster: 'west', reason: 'OldRootTrusted' }],
    });
  });

  it('fails where the control is refused: what refuses everything proves nothing', async () => {
    conductor.negative = { kind: 'planned', handshakes: planned, left: [] };
    conductor.outcomes.set('east>west!', 'refused').set('east>west', 'refused');
    expect(await attempt(checkNegativeProof(conductor), sampleSubject({}, { record: last }), clock)).toMatchObject({
      outcome: 'failed',
    });
  });

  it('is impossible as well where that turns out only when it is made', async () => {
    conductor.negative = { kind: 'planned', handshakes: planned, left: [] };
    conductor.outcomes.set('east>west!', 'impossible');
    const look = (negativeProof: 'where-possible' | 'required') =>
      attempt(checkNegativeProof(conductor), sampleSubject({ negativeProof }, { record: last }), clock);
    expect(await look('where-possible')).toMatchObject({ outcome: 'impossible', message: 'it is impossible' });
    expect(await look('required')).toMatchObject({ outcome: 'failed' });
  });

  it('is asked for of the roots that adopted clusters came with, and says of which it is impossible', async () => {
    const { rotation } = last;
    const adoption = { ...rotation!, old: rotation!.target, alsoOld: [rotation!.old] };
    const record: RotationRecord = { ...last, rotation: adoption };
    conductor.negative = { kind: 'planned', handshakes: planned, left: ['nobody here has the key of root x'] };
    conductor.outcomes.set('east>west!', 'refused');
    const look = (negativeProof: 'where-possible' | 'required') =>
      attempt(checkNegativeProof(conductor), sampleSubject({ negativeProof }, { record }), clock);
    expect(await look('where-possible')).toMatchObject({
      outcome: 'impossible',
      message: '2 of 2 handshakes were refused or accepted as they shall; nobody here has the key of root x',
    });
    expect(await look('required')).toMatchObject({ outcome: 'failed' });
  });

  it('waits for what can be made, whatever cannot', async () => {
    conductor.negative = { kind: 'planned', handshakes: planned, left: [] };
    conductor.outcomes.set('east>west!', 'impossible').set('east>west', 'unavailable');
    expect(await attempt(checkNegativeProof(conductor), sampleSubject({}, { record: last }), clock)).toMatchObject({
      outcome: 'unavailable',
    });
  });

  it('that is impossible fails only where it is required', async () => {
    const look = (negativeProof: 'where-possible' | 'required' | 'off') =>
      attempt(checkNegativeProof(conductor), sampleSubject({ negativeProof }, { record: last }), clock);
    expect(await look('where-possible')).toMatchObject({
      outcome: 'impossible',
      message: 'the key of the old root is destroyed',
    });
    expect(await look('required')).toMatchObject({ outcome: 'failed' });
    expect(await look('off')).toMatchObject({ outcome: 'skipped' });
  });
});
