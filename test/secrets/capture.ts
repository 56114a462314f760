import { createHash } from 'node:crypto';

/** By which way something was said. */
export type Channel = 'output' | 'answer' | 'stream' | 'process';

/** Something that a program said. */
export interface Said {
  readonly channel: Channel;
  /** What said it: a command line, a request, a process. */
  readonly place: string;
  readonly bytes: Buffer;
}

/** Keeps what programs say, the same only once. */
export interface Capture {
  add(channel: Channel, place: string, text: string | Uint8Array): void;
  all(channel: Channel): readonly Said[];
}

/** Holds nothing yet. */
export function createCapture(): Capture {
  const said = new Map<string, Said>();
  return {
    add: (channel, place, text) => {
      const bytes = Buffer.from(text as string);
      const digest = createHash('sha256').update(bytes).digest('base64');
      said.set(`${channel} ${place} ${digest}`, { channel, place, bytes });
    },
    all: (channel) => [...said.values()].filter((each) => each.channel === channel),
  };
}
