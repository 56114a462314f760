import { describe, expect, it } from 'vitest';
import { decodeMessage } from './codec.ts';
import { openMessage } from './envelope.ts';
import { reroot } from './generated/reroot.js';
import { keyringOf } from './identity.ts';
import { kindLimits } from './limits.ts';
import { subjects } from './subject.ts';

/** No message may keep its receiver longer. */
const hangMs = 50;
/** The first look compiles, and each may have to clear up after others: the quickest one is what reading takes. */
const looks = 5;

const { bytes: most, fields } = kindLimits.report;

/** The same few bytes again and again, as many as a report may have. */
function fill(...pattern: readonly number[]): Uint8Array {
  return Buffer.alloc(most - (most % pattern.length), Buffer.from(pattern));
}

/** A field of bytes with its length, which then says what it likes. */
function lengthDelimited(number: number, content: Uint8Array): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(content.length)]), content]);
}

const large = most - 16;
const certificate = 0x32;
const replica = 0x42;
const agentVersion = 4;
const unknownLevels = 13;

describe('a body that is made to keep its reader busy', () => {
  it.each<[string, Uint8Array, string]>([
    ['empty certificates', fill(certificate, 0), `more than ${fields} fields`],
    ['empty parts', fill(replica, 0), `more than ${fields} fields`],
    ['unknown numbers', fill(0xf8, 0x3f, 0x01), `more than ${fields} fields`],
    ['unknown groups, one after the other', fill(0xfb, 0x3f, 0xfc, 0x3f), `more than ${fields} fields`],
    ['groups within groups', fill(0xfb, 0x3f), 'max depth exceeded'],
    ['groups within groups under the number of a field', fill(0x0b), 'max depth exceeded'],
    ['groups that another one ends', Buffer.from([0xfb, 0x3f, 0xf4, 0x3f]), 'invalid end group tag'],
    ['the end of a group that has not begun', Buffer.from([0xfc, 0x3f]), 'invalid wire type 4'],
    ['a packed list', lengthDelimited(unknownLevels, Buffer.alloc(large, 1)), `more than ${fields} fields`],
    ['a long text', lengthDelimited(agentVersion, Buffer.alloc(large, 'a')), `a text has ${large} bytes; 65536 are allowed`],
    ['an endless number', fill(0x80), 'invalid tag encoding'],
    ['an endless number of an unknown field', Buffer.concat([Buffer.from([0xf8, 0x3f]), Buffer.alloc(large, 0x80)]), 'index out'],
    ['a field without a number', Buffer.from([0x00, 0x01]), 'field number 0'],
    ['a length of 2^31 - 1', Buffer.from([certificate, 0xff, 0xff, 0xff, 0xff, 0x07]), 'index out of range'],
    ['a length of 2^32 - 1', Buffer.from([certificate, 0xff, 0xff, 0xff, 0xff, 0x0f]), 'invalid length encoding'],
    ['an unknown field of 2^31 - 1 bytes', Buffer.from([0xfa, 0x3f, 0xff, 0xff, 0xff, 0xff, 0x07]), 'index out of range'],
    ['a part that is longer than the whole', Buffer.from([replica, 0x7f, 0x0a]), 'index out of range'],
    ['a text that is not UTF-8', lengthDelimited(agentVersion, Buffer.from([0xc3, 0x28])), 'utf-8'],
  ])('of %s is refused at once', (_, body, expected) => {
    const [message, ms] = refusalOf(() => decodeMessage('report', body));
    expect(message).toMatch(/^RR_PROTOCOL_MALFORMED report cannot be read as protobuf: /);
    expect(message).toContain(expected);
    expect(ms).toBeLessThan(hangMs);
  });

  it('of as many fields as there may be is read', () => {
    const generation = Buffer.alloc(2 * fields, Buffer.from([0x10, 0x07]));
    expect(decodeMessage('report', generation)).toMatchObject({ body: { appliedGeneration: 7 } });
    expect(() => decodeMessage('report', Buffer.concat([generation, Buffer.from([0x10, 0x07])]))).toThrow(/more than/);
  });
});

describe('an envelope that is made to keep its reader busy', () => {
  const subject = subjects.report('demo', 'east');
  const open = (payload: Uint8Array) => () => openMessage({ subject, payload, keyring: keyringOf([]), expect: 'report' });

  it.each<[string, Uint8Array, string]>([
    ['fields', fill(0xf8, 0x3f, 0x01), 'more than 100 fields'],
    ['bodies', fill(0x4a, 0x00), 'more than 100 fields'],
    ['groups within groups', fill(0xfb, 0x3f), 'more than 100 fields'],
    ['a long name', lengthDelimited(3, Buffer.alloc(large, 'a')), 'are allowed'],
  ])('with %s is refused at once, and without any key', (_, payload, expected) => {
    const [message, ms] = refusalOf(open(payload));
    expect(message).toMatch(/^RR_PROTOCOL_MALFORMED envelope cannot be read as protobuf: /);
    expect(message).toContain(expected);
    expect(ms).toBeLessThan(hangMs);
  });

  it('may be 4 KiB larger than a body of the kind that is expected, not more', () => {
    const [message] = refusalOf(open(new Uint8Array(most + 4_097)));
    expect(message).toBe(`RR_PROTOCOL_MALFORMED envelope has ${most + 4_097} bytes; ${most + 4_096} are allowed for report`);
    const body = { body: new Uint8Array(most + 4_000) };
    expect(refusalOf(open(reroot.v1.Envelope.encode(body).finish()))[0]).toContain('envelope.key_id is ""');
  });
});

/** Code and message of what is thrown, and the time of this thread that it takes: others use the machine too. */
function refusalOf(read: () => unknown): [message: string, ms: number] {
  let [quickestMs, message] = [Number.POSITIVE_INFINITY, 'accepted'];
  for (let look = 0; look < looks; look += 1) {
    const before = process.threadCpuUsage();
    try {
      read();
    } catch (error) {
      const { code, message: found } = error as { code: string; message: string };
      message = `${code} ${found}`;
    }
    const { user, system } = process.threadCpuUsage(before);
    quickestMs = Math.min(quickestMs, (user + system) / 1_000);
  }
  return [message, quickestMs];
}
