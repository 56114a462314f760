import { describe, expect, it } from 'vitest';
import { type LogFields, logKeys } from './keys.ts';
import { createLogger, type Log, type LogLevel, silentLog } from './log.ts';

/** A logger and the objects that it wrote. */
function keep(level: LogLevel): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { log: createLogger({ level, name: 'mgmt', stream }), lines };
}

describe('the log', () => {
  it('is one JSON object a line, with level, time, name and message', () => {
    const { log, lines } = keep('info');
    log.info({ cluster: 'east', laggards: 1 }, 'something happened');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        name: 'mgmt',
        cluster: 'east',
        laggards: 1,
        msg: 'something happened',
      },
    ]);
  });

  it('leaves out what is less severe than its level', () => {
    const { log, lines } = keep('warn');
    log.debug({}, 'd');
    log.info({}, 'i');
    log.warn({}, 'w');
    log.error({}, 'e');
    expect(lines.map(({ msg }) => msg)).toEqual(['w', 'e']);
  });

  it.each(['caKey', 'privateKey', 'privateKeyPem', 'token', 'passphrase', 'password', 'authorization'])(
    'never writes a %s',
    (key) => {
      const { log, lines } = keep('debug');
      // None of this compiles without a word of force; it is what stands behind the types.
      const forced = (fields: object): LogFields => fields;
      const secret = { [key]: 's3cret', content: { [key]: 's3cret' } };
      log.info(forced({ [key]: 's3cret', secret, list: [{ [key]: 's3cret' }] }), 'm');
      log
        .child(forced({ [key]: 's3cret' }))
        .child(forced({ part: { [key]: 's3cret' } }))
        .info({}, 'm');
      expect(JSON.stringify(lines)).not.toContain('s3cret');
      expect(lines[0]).toMatchObject({ [key]: '[redacted]', secret: { content: { [key]: '[redacted]' } } });
    },
  );

  it('passes the fields of a child on to each of its lines', () => {
    const { log, lines } = keep('info');
    log.child({ mesh: 'demo' }).child({ cluster: 'east' }).info({ step: 'A' }, 'm');
    expect(lines).toEqual([expect.objectContaining({ mesh: 'demo', cluster: 'east', step: 'A' })]);
  });

  it('takes no key that is not among those of the file, nor one that is spread into a line, nor an object', () => {
    const stranger = { colour: 'red' };
    // @ts-expect-error no such key
    silentLog.info({ colour: 'red' }, 'm');
    // @ts-expect-error nor this way
    silentLog.info({ mesh: 'demo', ...stranger }, 'm');
    // @ts-expect-error nor for a child
    silentLog.child(stranger);
    // @ts-expect-error a value that cannot be searched for
    silentLog.info({ owner: { kind: 'Deployment' } }, 'm');
    expect(Object.keys(logKeys)).not.toContain('colour');
  });

  it('can be silent', () => {
    expect(silentLog.child({ mesh: 'demo' })).toBe(silentLog);
    const { log, lines } = keep('silent');
    log.error({}, 'nobody hears');
    expect(lines).toEqual([]);
  });
});
