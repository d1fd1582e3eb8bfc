import { checkTasks } from './definition-check';
import { compileMachine, Machine } from '../../asl';
import { JsonObject } from '../../json';
import { Resource } from '../resource';

/** How long an EXPRESS execution may run, whatever its definition says. */
const EXPRESS_SECONDS = 5 * 60;

export interface LiveMachine {
  readonly name: string;
  readonly arn: string;
  readonly express: boolean;
  readonly definition: string;
  readonly machine: Machine;
}

export function readMachine(resource: Resource): LiveMachine {
  const name = resource.name('StateMachineName');
  const definition = substitute(definitionText(resource), resource.get<JsonObject>('DefinitionSubstitutions') ?? {});
  const express = resource.get('StateMachineType') === 'EXPRESS';
  const compiled = compileMachine(definition, express ? 'EXPRESS' : 'STANDARD');
  checkTasks(resource, JSON.parse(definition) as JsonObject);
  const machine = express ? { ...compiled, timeoutSeconds: Math.min(compiled.timeoutSeconds ?? Infinity, EXPRESS_SECONDS) } : compiled;
  return { name, definition, machine, express, arn: resource.arn('states', `stateMachine:${name}`) };
}

function definitionText(resource: Resource): string {
  const text = resource.get<string>('DefinitionString');
  const definition = resource.get<JsonObject>('Definition');
  if (text === undefined && definition === undefined) {
    throw resource.refuse('DefinitionString', 'is missing', 'definitions are read from the template only');
  }
  return text ?? JSON.stringify(definition);
}

function substitute(definition: string, substitutions: JsonObject): string {
  return definition.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) =>
    (Object.hasOwn(substitutions, name) ? String(substitutions[name]) : whole));
}
