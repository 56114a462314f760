/** What the stand-in answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** A request that the stand-in serves, past its token. */
export interface StandInRequest {
  readonly operation: 'read' | 'list' | 'write' | 'delete';
  /** Below the engine's mount. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An engine or an auth method of the stand-in. */
export interface Engine {
  /** @returns undefined for a path that it does not have */
  answer(request: StandInRequest): Promise<Answer | undefined>;
}

export function data(value: unknown): Answer {
  return { status: 200, body: { request_id: 'stand-in', data: value, warnings: null, auth: null } };
}

export function auth(value: unknown): Answer {
  return { status: 200, body: { request_id: 'stand-in', data: null, warnings: null, auth: value } };
}

export const nothing: Answer = { status: 204 };

export function refusal(status: number, ...errors: readonly string[]): Answer {
  return { status, body: { errors } };
}

/** What goes wrong in an engine is put so. */
export function failure(message: string): Answer {
  return refusal(500, `1 error occurred:\n\t* ${message}\n\n`);
}

export const denied = refusal(403, '1 error occurred:\n\t* permission denied\n\n');

/** A text of the body; empty where there is none. */
export function textAt(body: StandInRequest['body'], key: string): string {
  const value = body[key];
  return typeof value === 'string' ? value : '';
}

/** A list of the body, which may come as text with commas. */
export function listAt(body: StandInRequest['body'], key: string): readonly string[] {
  const value = body[key];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value !== '' ? value.split(',') : [];
}

/** A duration of the body such as `30s`, `24h` or `60`; undefined where there is none. */
export function durationMsAt(body: StandInRequest['body'], key: string): number | undefined {
  const value = body[key];
  const parts = /^(\d+)([smh]?)$/.exec(typeof value === 'number' ? String(value) : textAt(body, key));
  if (parts === null) return undefined;
  return Number(parts[1]) * { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000 }[parts[2] as '' | 's' | 'm' | 'h'];
}
