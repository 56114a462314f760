import { z } from 'zod';

/** A server that answered. */
export interface AnsweringServer {
  /** N…, chosen anew at each start. */
  readonly id: string;
  readonly name: string;
}

/** What one server says to an account's new JWT. */
export interface UpdateAnswer extends AnsweringServer {
  /** Why it did not take it. */
  readonly problem: string | undefined;
}

const text = z.string().max(4096);
const serverSchema = z.looseObject({ id: text, name: text });
const updateSchema = z.looseObject({
  server: serverSchema,
  error: z.looseObject({ description: text.default('no reason given') }).optional(),
});

/** Which servers said who they are; an answer that cannot be read is passed over. Each server counts once. */
export function readServers(answers: readonly Uint8Array[]): readonly AnsweringServer[] {
  return once(answers.flatMap((answer) => serverSchema.safeParse(jsonOf(answer)).data ?? []));
}

/** What the servers say to an update; one whose answer cannot be read counts as silent. */
export function readUpdateAnswers(answers: readonly Uint8Array[]): readonly UpdateAnswer[] {
  const read = answers.flatMap((answer) => updateSchema.safeParse(jsonOf(answer)).data ?? []);
  return once(read.map(({ server, error }) => ({ id: server.id, name: server.name, problem: error?.description })));
}

function once<T extends AnsweringServer>(answers: readonly T[]): readonly T[] {
  return [...new Map(answers.map((answer) => [answer.id, answer])).values()];
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
