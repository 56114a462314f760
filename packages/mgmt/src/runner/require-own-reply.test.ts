import { subjects } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { requireOwnReply } from './require-own-reply.ts';

const issue = subjects.issue('demo', 'east');

describe('an answer', () => {
  it.each([
    ['to the inbox of the cluster', issue, 'reroot.v1.demo.east.inbox.X1.1'],
    ['to one who enrols', subjects.enrol('demo', 'east'), 'reroot.v1.demo.east.enrol-inbox.X1.1'],
    ['to an agent of the version before', issue, '_INBOX.X1.1'],
    ['that nobody wants', issue, undefined],
  ])('%s is given', (_, subject, replyTo) => {
    expect(() => requireOwnReply({ subject, ...(replyTo === undefined ? {} : { replyTo }) })).not.toThrow();
  });

  it.each([
    subjects.terms('demo', 'west'),
    subjects.trust('demo', 'west'),
    subjects.trust('demo', 'east'),
    'reroot.v1.demo.west.inbox.X1.1',
    'reroot.v1.demo.east.inboxes.X1.1',
    'reroot.v1.demo.east.enrol-inbox.X1.1',
    'reroot.v1.other.east.inbox.X1.1',
    '$SYS.REQ.SERVER.PING',
  ])('is not given on %s, whoever asks for it there', (replyTo) => {
    expect(() => requireOwnReply({ subject: issue, replyTo })).toThrow(
      expect.objectContaining({ code: 'RR_PROTOCOL_WRONG_SUBJECT' }),
    );
  });
});
