import type { z } from 'zod';
import type { ErrorCode } from '../../errors/index.ts';

/** What a request needs: docs/api-access.md says which role has it. */
export type Permission = 'read' | 'operate' | 'approve' | 'administer';

/** One method of one path: what it takes, what it answers, and how it refuses. The API, its document and its tests are made of these. */
export interface Operation {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With `{name}` for its parameters, each one of `pathParameters`. */
  readonly path: string;
  readonly tag: 'meshes' | 'rotations' | 'evidence' | 'proofs' | 'clusters' | 'server';
  /** Half a sentence. */
  readonly summary: string;
  readonly description?: string;
  /** `open`: asked by whoever comes. */
  readonly permission: Permission | 'open';
  /**
   * `leader`: where there are several replicas, the leader answers, whichever is asked. That is what changes something, and what the leader
   * alone knows; the rest is answered by the replica that is asked.
   */
  readonly answeredBy?: 'leader';
  /** What may stand behind the `?`; nothing may when it is left out. */
  readonly query?: z.ZodObject;
  readonly request?: RequestBody;
  /** Answers with an `ETag`; a GET heeds `If-None-Match`, anything else `If-Match`. */
  readonly tagged?: true;
  /**
   * Of a POST whose `Idempotency-Key` was sent before. The first answer is given again when it is left out; `anew`: it changes nothing,
   * and is done as if there were no key; `refused`: its answer holds secrets, and is never kept.
   */
  readonly repeated?: 'anew' | 'refused';
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerBody>>;
  /** What it may be refused with, besides what every operation of its kind may be. */
  readonly errors: readonly ErrorCode[];
}

/** What a request carries. */
export interface RequestBody {
  readonly schema: z.ZodType;
  /** Media types that are read; JSON alone when it is left out. */
  readonly types?: readonly string[];
}

/** What an answer carries. */
export interface AnswerBody {
  readonly description: string;
  /** JSON of this form; a text when `type` is given. */
  readonly schema: z.ZodType;
  /** Media type; JSON when it is left out. */
  readonly type?: string;
}
