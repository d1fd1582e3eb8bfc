import fc from 'fast-check';
import { Json, isJsonObject } from '../../src/json';
import { ServiceModel } from '../../src/models';
import { Integration, readResource } from '../../src/services/states/integration';
import { INTEGRATION_MODELS } from '../../src/services/states/integration-models';
import { namesInStates } from '../../src/services/states/member-names';
import { readParameters } from '../../src/services/states/parameters';
import { arbitraryInput } from '../models/arbitrary-input';

const integration = (resource: string) => readResource(`arn:aws:states:::${resource}`) as Integration;

/** An input with the names that states write; `which` of several. */
function inStates(shapes: ServiceModel['shapes'], name: string, value: Json, family: Integration['family'], which: number): Json {
  const shape = shapes[name];
  const part = (type: string, item: Json) => inStates(shapes, type, item, family, which);
  if (shape.type === 'list') {
    return (value as Json[]).map((item) => part(shape.member, item));
  }
  if (isJsonObject(value) && shape.type === 'structure') {
    const nameOf = (member: string) => namesInStates(member, family).at(which)!;
    return Object.fromEntries(Object.entries(value).map(([member, item]) => [nameOf(member), part(shape.members[member], item)]));
  }
  return isJsonObject(value) && shape.type === 'map'
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, part(shape.value, item)]))
    : value;
}

const SDK_SERVICES = { dynamodb: 'dynamodb', eventbridge: 'events', scheduler: 'scheduler', secretsmanager: 'secretsmanager', sesv2: 'ses', sfn: 'states', sns: 'sns', sqs: 'sqs' };
const SDK_ACTIONS = Object.entries(SDK_SERVICES).flatMap(([name, service]) =>
  Object.keys(INTEGRATION_MODELS[service].operations).map((operation) => `aws-sdk:${name}:${operation[0].toLowerCase()}${operation.slice(1)}`));
const OPTIMIZED_ACTIONS = ['dynamodb:getItem', 'dynamodb:putItem', 'dynamodb:updateItem', 'dynamodb:deleteItem', 'events:putEvents', 'lambda:invoke', 'sns:publish', 'sqs:sendMessage', 'states:startExecution'];

test.each([...SDK_ACTIONS, ...OPTIMIZED_ACTIONS])('parameters of %s in the form of its input become that input', (resource) => {
  const { service, operation, family } = integration(resource);
  const { shapes, operations } = INTEGRATION_MODELS[service];
  const { input: shape } = operations[operation];
  fc.assert(fc.property(arbitraryInput(shapes, shape), fc.constantFrom(0, -1), (input, which) => {
    expect(readParameters(integration(resource), inStates(shapes, shape, input, family, which), true)).toEqual({ input, problems: [] });
  }), { seed: 1, numRuns: 10 });
});

test.each<[string, string, Json, Json]>([
  ['a time as text', 'events:putEvents', { Entries: [{ Time: '2026-01-01T00:00:00Z' }] }, { Entries: [{ Time: 1_767_225_600 }] }],
  ['a number as text', 'sqs:sendMessage', { DelaySeconds: '5' }, { DelaySeconds: 5 }],
  ['a text as an object', 'sns:publish', { Message: { a: [1] } }, { Message: '{"a":[1]}' }],
  ['a text as a list', 'states:startExecution', { Input: [1] }, { input: '[1]' }],
  ['null', 'sqs:sendMessage', { MessageBody: null }, { MessageBody: null }],
])('parameters may have %s', (_what, resource, parameters, input) => {
  expect(readParameters(integration(resource), parameters)).toEqual({ input, problems: [] });
});
