import { describe, expect, it } from 'vitest';
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
    log.info({ cluster: 'east', tally: { reached: 1 } }, 'something happened');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        name: 'mgmt',
        cluster: 'east',
        tally: { reached: 1 },
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
      log.info({ [key]: 's3cret', secret: { [key]: 's3cret', content: { [key]: 's3cret' } }, list: [{ [key]: 's3cret' }] }, 'm');
      log
        .child({ [key]: 's3cret' })
        .child({ part: { [key]: 's3cret' } })
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

  it('can be silent', () => {
    expect(silentLog.child({ a: 1 })).toBe(silentLog);
    const { log, lines } = keep('silent');
    log.error({}, 'nobody hears');
    expect(lines).toEqual([]);
  });
});
