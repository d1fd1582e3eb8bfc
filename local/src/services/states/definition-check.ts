import { DefinedTask, definedTasks } from './definition-tasks';
import { isRecognized, readResource } from './integration';
import { readParameters } from './parameters';
import { JsonObject } from '../../json';
import { nearestName } from '../../models';
import { Resource } from '../resource';

/** Refuses a definition whose tasks Step Functions would not accept, or which the local cloud cannot do. */
export function checkTasks(resource: Resource, definition: JsonObject): void {
  const tasks = definedTasks(definition);
  for (const task of tasks) {
    refuseUnrecognized(resource, task);
  }
  const impossible = tasks.filter((task) => readResource(task.resource) === undefined).map((task) => task.resource);
  if (impossible.length > 0) {
    throw resource.refuse('DefinitionString', `calls ${impossible.join(', ')}, which the local cloud cannot do`, 'call a function instead');
  }
  for (const task of tasks) {
    checkParameters(resource, task);
  }
}

/**
 * `test_invalid_integration` in tests/aws/services/stepfunctions/v2/services/test_dynamodb_task_service.snapshot.json of
 * https://github.com/localstack/localstack; for the SDK integration: https://github.com/aws/aws-cdk/pull/27635.
 */
function refuseUnrecognized(resource: Resource, { place, resource: target }: DefinedTask): void {
  if (!isRecognized(target)) {
    throw schemaError(resource, `The resource provided ${target} is not recognized. The value is not a valid resource ARN, `
      + `or the resource is not available in this region. at ${place}/Resource`, 'correct the action or the integration pattern');
  }
}

/** Names of fields are known even where values are computed. What AWS reports at run time only is reported here, too. */
function checkParameters(resource: Resource, { place, resource: target, parameters }: DefinedTask): void {
  const integration = readResource(target);
  if (!parameters || integration === undefined || integration === 'function') {
    return;
  }
  const [problem] = readParameters(integration, parameters.value, true).problems;
  if (problem) {
    const { name, known } = problem.field ?? {};
    const nearest = name === undefined ? undefined : nearestName(name, known!);
    throw schemaError(resource, `${problem.text} at ${place}/${parameters.field}`,
      nearest ? `write ${nearest}` : `correct ${parameters.field}; fields of AWS services begin with a capital letter here`);
  }
}

function schemaError(resource: Resource, problem: string, remedy: string) {
  return resource.refuse('DefinitionString', `is refused: SCHEMA_VALIDATION_FAILED: ${problem}`, remedy);
}
