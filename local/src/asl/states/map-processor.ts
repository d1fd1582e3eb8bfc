import { runDistributed } from './map-distributed';
import { IterationKind, MapRunRequest, runIterations } from './map-iterations';
import { Json } from '../../json';
import { CompileWorkflow } from '../compile-workflow';
import { Fields } from '../fields';
import { Payload } from '../payload';
import { runWorkflow } from '../run-workflow';
import { Scope } from '../scope';
import { Workflow } from '../state';
import { innerScope } from '../variables';
import { Visit } from '../visit';

interface Processor {
  readonly distributed: boolean;
  run(request: MapRunRequest): Promise<Json[]>;
}

/** The fields by which a distributed map reads and writes objects of other services. */
const NOT_SUPPORTED = ['ItemReader', 'ResultWriter'];

export function compileProcessor(fields: Fields, compileWorkflow: CompileWorkflow): Processor {
  for (const name of NOT_SUPPORTED) {
    if (fields.has(name)) {
      throw fields.error(name, 'is not supported by the local cloud; give the items by Items or ItemsPath and take the results as the output');
    }
  }
  fields.allowOneOf('ItemProcessor', 'Iterator');
  const name = fields.has('Iterator') ? 'Iterator' : 'ItemProcessor';
  const processor = fields.within(name, fields.requiredObject(name));
  const workflow = compileWorkflow(processor, ['ProcessorConfig']);
  const label = labelOf(fields);
  if (isDistributed(processor)) {
    return { distributed: true, run: (request) => distributedRun(request, workflow, label) };
  }
  return { distributed: false, run: (request) => inlineRun(request, workflow) };
}

async function inlineRun(request: MapRunRequest, workflow: Workflow): Promise<Json[]> {
  const results = await runIterations(request, inlineKind(request.visit, workflow));
  request.visit.scope.recordAside('MapStateSucceeded');
  return results;
}

/** The state goes on from where the map run began: nothing of its end is followed. */
async function distributedRun(request: MapRunRequest, workflow: Workflow, label: string | undefined): Promise<Json[]> {
  const { scope } = request.visit;
  const results = await runDistributed(request, workflow, label);
  const begun = scope.trail.last;
  scope.record('MapRunSucceeded');
  scope.record('MapStateSucceeded');
  scope.trail.last = begun;
  return results;
}

function isDistributed(processor: Fields): boolean {
  const config = processor.within('ProcessorConfig', processor.object('ProcessorConfig') ?? {});
  config.allowOnly(['Mode', 'ExecutionType']);
  const mode = config.string('Mode') ?? 'INLINE';
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    throw config.error('Mode', `must be INLINE or DISTRIBUTED but is '${mode}'`);
  }
  if (mode === 'DISTRIBUTED') {
    const type = config.requiredString('ExecutionType');
    if (type !== 'STANDARD' && type !== 'EXPRESS') {
      throw config.error('ExecutionType', `must be STANDARD or EXPRESS but is '${type}'`);
    }
  }
  return mode === 'DISTRIBUTED';
}

/** The characters that no name in Step Functions may have. */
const NOT_IN_A_NAME = /[\s?*<>{}[\]"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

function labelOf(fields: Fields): string | undefined {
  const label = fields.string('Label');
  if (label !== undefined && (label === '' || label.length > 40 || NOT_IN_A_NAME.test(label))) {
    throw fields.error('Label', `must be a name of 1 to 40 characters, without spaces and special characters, but is ${JSON.stringify(label)}`);
  }
  return label;
}

function inlineKind(visit: Visit, workflow: Workflow): IterationKind {
  const name = visit.state.name;
  /** What the next iteration follows: the last state of one that ended, not the event that says so. */
  let after = visit.scope.trail.last;
  const ends = (scope: Scope) => {
    after = Math.max(after, scope.trail.last);
  };
  return {
    open: ({ item }) =>
      visit.scope.open({
        variables: innerScope(visit.scope.variables),
        mapItem: item,
        cutShort: (scope, cause) => scope.recordAside('MapIterationAborted', { name, index: item.Index }, cause),
      }),
    started({ item }, scope) {
      scope.trail.last = after;
      scope.record('MapIterationStarted', { name, index: item.Index });
    },
    succeeded({ item }, scope) {
      ends(scope);
      scope.record('MapIterationSucceeded', { name, index: item.Index });
    },
    failed({ item }, scope) {
      ends(scope);
      scope.recordAside('MapIterationFailed', { name, index: item.Index });
    },
    async run(scope, input) {
      // All iterations that begin at this moment record it before any of them enters a state.
      await undefined;
      return (await runWorkflow(workflow, visit.run, scope, new Payload(input))).value;
    },
  };
}
