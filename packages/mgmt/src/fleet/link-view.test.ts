import { describe, expect, it } from 'vitest';
import type { LinkAccess } from '../rotation/index.ts';
import { answerOf } from '../rotation/testing/sample-link.ts';
import { timingOf } from './link-timing.ts';
import { createLinkView, type LinkView } from './link-view.ts';

describe('the times of a question and its answer', () => {
  it.each([
    ['the same clock', { askedAtMs: 1_000, heardAtMs: 1_010, answeredAtMs: 1_015, receivedAtMs: 1_025 }, 20, 0],
    [
      'a clock that is a minute ahead',
      { askedAtMs: 1_000, heardAtMs: 61_010, answeredAtMs: 61_010, receivedAtMs: 1_020 },
      20,
      60_000,
    ],
    ['a clock that is behind', { askedAtMs: 9_000, heardAtMs: 4_010, answeredAtMs: 4_030, receivedAtMs: 9_040 }, 20, -5_000],
    ['one way slower than the other', { askedAtMs: 0, heardAtMs: 100, answeredAtMs: 100, receivedAtMs: 100 }, 100, 50],
    ['a clock that steps meanwhile', { askedAtMs: 1_000, heardAtMs: 1_010, answeredAtMs: 9_010, receivedAtMs: 1_020 }, 0, 4_000],
  ])('are read as NTP reads them: %s', (_, exchange, roundTripMs, clockOffsetMs) => {
    expect(timingOf(exchange)).toEqual({ roundTripMs, clockOffsetMs });
  });
});

describe('the view of the links', () => {
  const stateOf = (heardSequence: number, heardAtMs: number) => answerOf(0, { state: { heardSequence, heardAtMs } }).state;
  const view = (access: LinkAccess = { kind: 'granted' }): LinkView => createLinkView(() => access);
  const hear = (links: LinkView, sequence: number, atMs = 100) =>
    links.heard('demo', 'east', { state: stateOf(sequence, atMs), answeredAtMs: atMs, receivedAtMs: atMs });

  it('knows how an agent has answered, and when', () => {
    const links = view();
    links.asked('demo', 'east', 7, 40);
    expect(hear(links, 7)).toBe('answer');
    expect(links.find('demo', 'east')).toMatchObject({ heardAtMs: 100, timing: { roundTripMs: 60, clockOffsetMs: 30 } });
    expect(links.find('demo', 'west')).toBeUndefined();
    expect(links.linksOf('demo').get('east')).toEqual({ access: { kind: 'granted' }, answer: links.find('demo', 'east') });
    expect(links.linksOf('other').get('east')?.answer).toBeUndefined();
  });

  it('takes nothing in before the first answer to terms of its own: it may be played back from before', () => {
    const links = view();
    expect(hear(links, 7)).toBe('unasked');
    links.asked('demo', 'east', 8, 40);
    expect([hear(links, 7), hear(links, 0)]).toEqual(['unasked', 'unasked']);
    expect(links.find('demo', 'east')).toBeUndefined();
  });

  it('hears later what an agent says by itself, and keeps what was measured', () => {
    const links = view();
    links.asked('demo', 'east', 7, 40);
    hear(links, 7);
    expect(hear(links, 0, 900)).toBe('unasked');
    expect(links.find('demo', 'east')).toMatchObject({ heardAtMs: 900, timing: { roundTripMs: 60 } });
  });

  it('keeps the age of what was asked and heard when the clock was set back', () => {
    const links = view();
    links.asked('demo', 'east', 7, 5_040);
    hear(links, 7, 5_100);
    links.asked('demo', 'east', 8, 5_200);
    links.setBack(5_000, 210);
    expect(links.find('demo', 'east')?.heardAtMs).toBe(100);
    hear(links, 8, 230);
    expect(links.find('demo', 'east')).toMatchObject({ heardAtMs: 230, timing: { roundTripMs: 30 } });
    // What came between the step and its being noticed was heard by the new clock.
    links.setBack(10, 200);
    expect(links.find('demo', 'east')?.heardAtMs).toBe(200);
  });

  it('takes a report for a sign of life, but not of one that has answered nothing yet', () => {
    const links = view();
    links.spoke('demo', 'east', 50);
    links.asked('demo', 'east', 7, 40);
    links.spoke('demo', 'east', 60);
    expect(links.find('demo', 'east')).toBeUndefined();
    hear(links, 7);
    const answer = links.find('demo', 'east');
    links.spoke('demo', 'east', 900);
    expect(links.find('demo', 'east')).toEqual({ ...answer, heardAtMs: 900 });
    expect(links.linksOf('demo').get('east')?.answer?.heardAtMs).toBe(900);
  });

  it('knows who has answered the newest question, whatever else was said', () => {
    const links = view();
    expect(links.hasAnswered('demo', 'east')).toBe(false);
    links.asked('demo', 'east', 7, 40);
    expect(links.hasAnswered('demo', 'east')).toBe(false);
    hear(links, 7);
    hear(links, 0, 900);
    expect(links.hasAnswered('demo', 'east')).toBe(true);
    links.asked('demo', 'east', 8, 950);
    hear(links, 7, 960);
    expect(links.hasAnswered('demo', 'east')).toBe(false);
    hear(links, 8, 970);
    expect(links.hasAnswered('demo', 'east')).toBe(true);
  });

  it('remembers the last eight questions', () => {
    const links = view();
    for (let sequence = 1; sequence <= 9; sequence += 1) links.asked('demo', 'east', sequence, sequence);
    expect([hear(links, 1), hear(links, 2)]).toEqual(['unasked', 'answer']);
  });

  it('keeps no long texts, and no reason that is not the form of a code', () => {
    const links = view();
    links.asked('demo', 'east', 7, 40);
    const refusals = [
      { reason: 'RR_TRUST_STALE', count: 2 },
      { reason: 'RR_OF_A_NEWER_VERSION', count: 1 },
      { reason: '__proto__', count: 1 },
      { reason: `RR_${'X'.repeat(4_000)}`, count: 1 },
    ];
    const state = { ...stateOf(7, 100), agentVersion: 'v'.repeat(4_000), refusals };
    links.heard('demo', 'east', { state, answeredAtMs: 100, receivedAtMs: 100 });
    expect(links.find('demo', 'east')?.state).toMatchObject({ agentVersion: 'v'.repeat(40), refusals: refusals.slice(0, 2) });
  });

  it('forgets a cluster, and gives a mesh the same object always', () => {
    const links = view({ kind: 'revoked', by: 'ann', why: 'w' });
    const before = links.linksOf('demo');
    links.asked('demo', 'east', 7, 40);
    hear(links, 7);
    links.forget('demo', 'east');
    expect(hear(links, 7)).toBe('unasked');
    expect(links.linksOf('demo')).toBe(before);
    expect(before.get('east')).toEqual({ access: { kind: 'revoked', by: 'ann', why: 'w' }, answer: undefined });
  });
});
