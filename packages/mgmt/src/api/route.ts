import type { IncomingHttpHeaders } from 'node:http';
import { type OperationId, operations, type Permission, type Read } from '@reroot/shared/api-contract';
import { requireName } from '@reroot/shared/protocol';
import type { z } from 'zod';
import type { Described } from './access/gatekeeper.ts';
import type { Principal } from './access/principal.ts';

/** What a route reads of a request. */
export interface RouteRequest {
  readonly params: unknown;
  /** What stands behind the `?`: text by name; a name that stands there several times has a list. */
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: Pick<IncomingHttpHeaders, 'content-type' | 'if-match' | 'if-none-match'>;
  /** Who asks. `actorOf(principal, body.by)` is who is recorded. */
  readonly principal: Principal;
  /** The same, with everything that this one may do to a mesh. */
  readonly describeAsker: (mesh: string) => Promise<Described>;
}

/** One path and method of the API. */
export type Route = GuardedRoute | OpenRoute;

/** A route that asks who comes. */
export interface GuardedRoute {
  readonly id: OperationId;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly permission: Permission;
  readonly answer: (request: RouteRequest) => Promise<Answer>;
}

/** A probe: it carries no credentials, and its answer tells nothing but health. */
export interface OpenRoute {
  readonly id: OperationId;
  readonly method: 'GET';
  readonly url: string;
  readonly permission: 'open';
  readonly answer: () => Promise<Answer>;
}

/** Status and body: JSON, or a text where the operation has another media type. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Of the mesh that the body is about: the answer is given an ETag with it. */
  readonly revision?: number;
}

type Operations = typeof operations;
type OpenId = { [Id in OperationId]: Operations[Id]['permission'] extends 'open' ? Id : never }[OperationId];

/** What an operation may be answered with: a status of its table, and the body that goes with it. */
export type AnswerOf<Id extends OperationId> = AnswerIn<Operations[Id]['answers']>;

type AnswerIn<Answers> = {
  [Status in keyof Answers & number]: Answers[Status] extends { readonly schema: infer Schema extends z.ZodType }
    ? { readonly status: Status; readonly body: Read<Schema>; readonly revision?: number }
    : never;
}[keyof Answers & number];

/** The route of an operation. Its answers are held to the contract by their types: none is looked at once more while mgmt runs. */
export function route<Id extends Exclude<OperationId, OpenId>>(
  id: Id,
  answer: (request: RouteRequest) => Promise<AnswerOf<Id>>,
): GuardedRoute {
  const { method, path, permission } = operations[id];
  return { id, method, url: urlOf(path), permission, answer };
}

/** The same of one that is open to everybody. */
export function openRoute<Id extends OpenId>(id: Id, answer: () => Promise<AnswerOf<Id>>): OpenRoute {
  const { method, path, permission } = operations[id];
  return { id, method, url: urlOf(path), permission, answer };
}

/** An answer whose status is known to the types. */
export function reply<const Status extends number, Body>(
  status: Status,
  body: Body,
  revision?: number,
): { readonly status: Status; readonly body: Body; readonly revision?: number } {
  return { status, body, ...(revision === undefined ? {} : { revision }) };
}

/** As fastify writes parameters. */
export function urlOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** A part of the path; empty when there is none. */
export function paramOf({ params }: Pick<RouteRequest, 'params'>, name: string): string {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** The mesh that the path names. @throws RR_NAME_INVALID */
export function meshOf(request: Pick<RouteRequest, 'params'>): string {
  return requireName('mesh', paramOf(request, 'mesh'));
}

/** The cluster that the path names. @throws RR_NAME_INVALID */
export function clusterOf(request: Pick<RouteRequest, 'params'>): string {
  return requireName('cluster', paramOf(request, 'cluster'));
}
