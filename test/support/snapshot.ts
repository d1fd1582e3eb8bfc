import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname } from 'path';

/** What a stack's template holds, as far as a snapshot shows it. */
export interface SnapshotTemplate {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties?: any } };
  readonly Outputs?: unknown;
}

/** A part of a snapshot: its heading, which is its name, and its text. */
export interface Section {
  readonly heading: string;
  readonly text: string;
}

/** `npm run test:update` sets it. */
const UPDATE = process.env.UPDATE_SNAPSHOTS === 'true';

const PREFACE = [
  'Written by `npm run test:update`: never edit it.',
  'A logical id that changes replaces a resource of a user.',
].join('\n');
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';

/**
 * The sections of an app's snapshot: the logical ids and types of each stack come first, so that a diff begins with an id that
 * changed; then each state machine, and each template.
 */
export function sectionsOf(templates: ReadonlyMap<string, SnapshotTemplate>): Section[] {
  const stacks = [...templates];
  return [
    ...stacks.map(([stack, template]) => ({ heading: `Logical ids of ${stack}`, text: logicalIds(template) })),
    ...stateMachineSections(templates),
    ...stacks.map(([stack, template]) => ({ heading: `Template of ${stack}`, text: pretty(stable(stack, template)) })),
  ];
}

/** The sections of the state machines alone. */
export function stateMachineSections(templates: ReadonlyMap<string, SnapshotTemplate>): Section[] {
  return [...templates].flatMap(([stack, { Resources }]) => Object.entries(Resources)
    .filter(([, { Type }]) => Type === STATE_MACHINE)
    .map(([id, { Properties }]) => ({ heading: stateMachine(stack, id), text: pretty(definitionOf(Properties.DefinitionString)) })));
}

const stateMachine = (stack: string, id: string) => `State machine ${id} of ${stack}`;

/** The section of this heading in a snapshot's file, or nothing. */
export function sectionIn(file: string, heading: string): string | undefined {
  if (!existsSync(file)) {
    throw new Error(`there is no snapshot ${basename(file)}: write it with npm run test:update`);
  }
  const start = `\n## ${heading}\n\n`;
  const [, rest] = `${readFileSync(file, 'utf8')}\n`.split(start);
  return rest?.split('\n\n## ')[0].trimEnd();
}

/** Writes a snapshot where that is asked for; otherwise its file stays as it is. */
export function updateSnapshot(file: string, sections: Section[]): void {
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, [PREFACE, ...sections.map(({ heading, text }) => `## ${heading}\n\n${text}`)].join('\n\n') + '\n');
  }
}

/** A table of all resources, sorted by their ids. */
function logicalIds({ Resources }: SnapshotTemplate): string {
  const resources = Object.entries(Resources).map(([id, { Type }]) => [id, Type]).sort(([a], [b]) => a < b ? -1 : 1);
  const width = Math.max(...resources.map(([id]) => id.length));
  return resources.map(([id, type]) => `${id.padEnd(width)}  ${type}`).join('\n');
}

/** A template without what changes from one build to the next, the hashes of bundles, and without what has a section of its own. */
function stable(stack: string, { Resources, Outputs }: SnapshotTemplate): unknown {
  const template = JSON.parse(JSON.stringify({ Resources, Outputs }).replace(/[0-9a-f]{64}/g, '<hash>'));
  for (const [id, { Type, Properties }] of Object.entries<any>(template.Resources)) {
    if (Type === STATE_MACHINE) {
      Properties.DefinitionString = `<see "${stateMachine(stack, id)}">`;
    }
  }
  return template;
}

/** A definition, with references as Fn::Sub writes them. */
function definitionOf(text: any): unknown {
  return JSON.parse(typeof text === 'string' ? text : text['Fn::Join'][1].map(partOf).join(''));
}

function partOf(part: any): string {
  return typeof part === 'string' ? part : `\${${part.Ref ?? part['Fn::GetAtt']?.join('.') ?? Object.keys(part)[0]}}`;
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
