import { NeedTable } from './access/need';
import { Resource } from './resource';
import { CreatedResource } from '../assembly';
import { Json, JsonObject } from '../json';
import { ServiceModel } from '../models';

/** One AWS service on this machine: it creates resources and performs the calls of its API. */
export interface Service {
  /** The name that requests to it are signed for. */
  readonly name: string;
  readonly types: Readonly<Record<string, ResourceType>>;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What its operations accept; without it everything. */
  readonly model?: ServiceModel;
  /** What permissions its operations need; without it they need none. */
  readonly needs?: NeedTable;
  /** How its operations are reached, if it speaks REST. */
  readonly routes?: readonly Route[];
  close?(): Promise<void> | void;
}

/** How resources of one type are made. A property that is in neither list is refused by name. */
export interface ResourceType {
  readonly used: readonly string[];
  /** Properties that change nothing about how things run on one machine. */
  readonly ignored: readonly string[];
  create(resource: Resource): CreatedResource | Promise<CreatedResource>;
}

export type Operation = (input: JsonObject, call: ServiceCall) => Json | Promise<Json>;

/** A call to a service as everything in the local cloud makes it: handlers, states, and services among each other. */
export interface ServiceCall {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller: Caller;
}

export interface Caller {
  readonly kind: 'function' | 'state' | 'service' | 'outside';
  /** The function's, state's or service's name. */
  readonly name: string;
  readonly executionArn?: string;
  /** The call is made over plain HTTP; everything here stands for a call over TLS otherwise. */
  readonly withoutTls?: boolean;
  /** In whose name a service calls; without it the call is a service's own affair, which needs no permission. */
  readonly as?: { readonly role: string } | { readonly service: string; readonly sourceArn: string };
}

/** An operation's place in a REST API: `{name}` in the path becomes a member of its input. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  /** The body is one member of the input, as text, instead of JSON with the members. */
  readonly bodyAs?: string;
  /** From header names in lower case to members of the input. */
  readonly headers?: Readonly<Record<string, string>>;
  /** From names in the query to members of the input, where they differ. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answer?: (output: JsonObject) => RestAnswer;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
