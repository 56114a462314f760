import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isName, requireName } from './name.ts';
import { enrolInboxPrefix, inboxPrefix, parseSubject, subjects, type Topic } from './subject.ts';

const topics: readonly Topic[] = ['trust', 'report', 'issue', 'enrol', 'renew', 'terms', 'link', 'task', 'result'];
const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

describe('a subject', () => {
  it('says its mesh, cluster and topic', () => {
    expect(subjects.trust('demo', 'cluster-1')).toBe('reroot.v1.demo.cluster-1.trust');
    fc.assert(
      fc.property(name, name, fc.constantFrom(...topics), (mesh, cluster, topic) => {
        expect(parseSubject(subjects[topic](mesh, cluster))).toEqual({ mesh, cluster, topic });
      }),
    );
  });

  it.each([
    '',
    'reroot.v1.demo.c.trust.more',
    'reroot.v1.demo.c.other',
    'reroot.v2.demo.c.trust',
    'reroot.v1.*.c.trust',
    '_INBOX.x',
    'reroot.v1.demo.c.inbox.x',
    'reroot.v1.demo.c.inbox',
    'reroot.v1.demo.c.enrol-inbox.x',
    'reroot.v1.demo.c.*',
    'reroot.v1.demo.c.>',
    'reroot.v1.demo.c.toString',
  ])('is not %j', (subject) => {
    expect(() => parseSubject(subject)).toThrow(expect.objectContaining({ code: 'RR_PROTOCOL_WRONG_SUBJECT' }) as Error);
  });

  it.each(['a.b', '*', '>', 'a b', ''])('is never made of %j, which NATS would read as more than a name', (wild) => {
    expect(() => subjects.report(wild, 'c')).toThrow(/^mesh ".*" is not a DNS-1123 label$/);
    expect(() => subjects.report('m', wild)).toThrow(/^cluster ".*" is not a DNS-1123 label$/);
  });
});

describe('the subjects of answers', () => {
  it('are of one cluster, and those of an agent that has not enrolled are other ones', () => {
    expect(inboxPrefix('demo', 'east')).toBe('reroot.v1.demo.east.inbox');
    expect(enrolInboxPrefix('demo', 'east')).toBe('reroot.v1.demo.east.enrol-inbox');
    expect(subjects.allInboxes()).toBe('reroot.v1.*.*.inbox.>');
    expect(subjects.allEnrolInboxes()).toBe('reroot.v1.*.*.enrol-inbox.>');
  });

  it.each(['a.b', '*', '>', 'a b', ''])('are never made of %j', (wild) => {
    for (const prefixOf of [inboxPrefix, enrolInboxPrefix]) {
      expect(() => prefixOf(wild, 'c')).toThrow(/^mesh ".*" is not a DNS-1123 label$/);
      expect(() => prefixOf('m', wild)).toThrow(/^cluster ".*" is not a DNS-1123 label$/);
    }
  });
});

describe('all subjects of a topic', () => {
  it('are of every mesh and every cluster, and of that topic alone', () => {
    expect(topics.map((topic) => subjects.all(topic))).toEqual(topics.map((topic) => `reroot.v1.*.*.${topic}`));
  });
});

describe('a name', () => {
  it('is a DNS-1123 label', () => {
    expect(['a', '0', 'a-b', 'a'.repeat(63)].filter((text) => !isName(text))).toEqual([]);
    expect(['', '-a', 'a-', 'A', 'ä', 'a_b', 'a\n', 'a'.repeat(64)].filter(isName)).toEqual([]);
    expect(requireName('cluster', 'east')).toBe('east');
  });
});
