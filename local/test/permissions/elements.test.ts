import { allow, role, statements, StatementDocument, TABLE } from './statements';
import { ContextValues, decide, readPolicy } from '../../src/permissions';

/** Pages of https://docs.aws.amazon.com/IAM/latest/UserGuide/. */
const ACTION = 'reference_policies_elements_action.html';
const NOT_ACTION = 'reference_policies_elements_notaction.html';
const RESOURCE = 'reference_policies_elements_resource.html';
const NOT_RESOURCE = 'reference_policies_elements_notresource.html';
const VARIABLES = 'reference_policies_variables.html';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:orders';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:reserve';

describe.each<[string, StatementDocument, string, string, boolean, string]>([
  ['an action', { Action: 'dynamodb:GetItem' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['an action in another case', { Action: 'DYNAMODB:getitem' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['one of several actions', { Action: ['sqs:*', 'dynamodb:Get*'] }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['every action', { Action: '*' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['every action of every service', { Action: '*:*' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['every action of the service', { Action: 'dynamodb:*' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['a star at the end', { Action: 'dynamodb:Get*' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['a star in the middle', { Action: 'dynamodb:*tIt*' }, 'dynamodb:BatchGetItem', TABLE, true, ACTION],
  ['a star that stands for nothing', { Action: 'dynamodb:GetItem*' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['a question mark, which is one character', { Action: 'dynamodb:?etItem' }, 'dynamodb:GetItem', TABLE, true, ACTION],
  ['a question mark, which is not several', { Action: 'dynamodb:?etItem' }, 'dynamodb:BatchGetItem', TABLE, false, ACTION],
  ['an action of another service', { Action: 'dynamodb:*' }, 'sqs:SendMessage', QUEUE, false, ACTION],
  ['NotAction of another action', { Action: undefined, NotAction: 'dynamodb:Put*' }, 'dynamodb:GetItem', TABLE, true, NOT_ACTION],
  ['NotAction of the action', { Action: undefined, NotAction: ['sqs:*', 'dynamodb:GET*'] }, 'dynamodb:GetItem', TABLE, false, NOT_ACTION],
  ['the resource', {}, 'dynamodb:GetItem', TABLE, true, RESOURCE],
  ['an index of the table', {}, 'dynamodb:Query', `${TABLE}/index/open`, false, RESOURCE],
  ['a star after the table', { Resource: [TABLE, `${TABLE}/index/*`] }, 'dynamodb:Query', `${TABLE}/index/open`, true, RESOURCE],
  ['a resource in another case', { Resource: TABLE.toUpperCase().replace('ARN', 'arn') }, 'dynamodb:GetItem', TABLE, false, RESOURCE],
  ['a star that passes slashes', { Resource: 'arn:aws:dynamodb:us-east-1:123456789012:*' }, 'dynamodb:Query', `${TABLE}/index/open`, true, RESOURCE],
  ['a star for a region and one for an account', { Resource: 'arn:aws:dynamodb:*:*:table/Orders' }, 'dynamodb:GetItem', TABLE, true, RESOURCE],
  ['a star in a region', { Resource: 'arn:aws:dynamodb:us-*1:123456789012:table/Orders' }, 'dynamodb:GetItem', TABLE, true, RESOURCE],
  ['a question mark in a region', { Resource: 'arn:aws:dynamodb:us-????-1:*:table/Orders' }, 'dynamodb:GetItem', TABLE, true, RESOURCE],
  ['a star within a segment, which passes no colon', { Resource: 'arn:aws:dynamodb:us-*1:table/Orders' }, 'dynamodb:GetItem', TABLE, false, RESOURCE],
  ['a star at the end of a segment, which passes colons', { Resource: 'arn:aws:dynamodb:*:table/Orders' }, 'dynamodb:GetItem', TABLE, true, RESOURCE],
  ['a question mark in place of a colon', { Resource: 'arn:aws:dynamodb:us-east-1?123456789012:table/*' }, 'dynamodb:GetItem', TABLE, false, RESOURCE],
  ['all of a service', { Resource: 'arn:aws:sqs:*' }, 'dynamodb:GetItem', QUEUE, true, RESOURCE],
  ['a version of a function', { Resource: `${FUNCTION}:*` }, 'lambda:InvokeFunction', `${FUNCTION}:live`, true, RESOURCE],
  ['the function without its version', { Resource: FUNCTION }, 'lambda:InvokeFunction', `${FUNCTION}:live`, false, RESOURCE],
  ['a star in a name that has colons', { Resource: FUNCTION.replace('reserve', '*e:live') }, 'lambda:InvokeFunction', `${FUNCTION}:live`, true, RESOURCE],
  ['an ARN where the service knows no resources', {}, 'dynamodb:ListTables', '*', false, RESOURCE],
  ['a star where the service knows no resources', { Resource: '*' }, 'dynamodb:ListTables', '*', true, RESOURCE],
  ['NotResource of another table', { Resource: undefined, NotResource: `${TABLE}2` }, 'dynamodb:GetItem', TABLE, true, NOT_RESOURCE],
  ['NotResource of the table', { Resource: undefined, NotResource: [`${TABLE}2`, TABLE] }, 'dynamodb:GetItem', TABLE, false, NOT_RESOURCE],
])('%s', (_, statement, action, resource, expected, page) => {
  it(`is ${expected ? 'allowed' : 'denied'} (${page})`, () => {
    const identity = statements(allow({ Action: ['dynamodb:*', 'lambda:*'], ...statement }));
    expect(decide({ principal: role, action, resource }, { identity }).allowed).toBe(expected);
  });
});

describe('a variable', () => {
  const resource = (elements: StatementDocument, context: ContextValues, Version = '2012-10-17') => decide(
    { principal: role, action: 's3:GetObject', resource: 'arn:aws:s3:::shop/ann*', context },
    { identity: readPolicy('test', { Version, Statement: [{ Effect: 'Allow', Action: 's3:*', ...elements }] }) },
  ).allowed;
  const OWN = 'arn:aws:s3:::shop/${aws:username}';

  it.each<[string, StatementDocument, ContextValues, boolean]>([
    ['stands for a value of the call', { Resource: OWN }, { 'aws:username': 'ann*' }, true],
    ['stands for a key in any case', { Resource: OWN.replace('{aws:', '{AWS:') }, { 'aws:UserName': 'ann*' }, true],
    ['brings no wildcards', { Resource: OWN }, { 'aws:username': '*' }, false],
    ['can stand beside wildcards', { Resource: `${OWN}*` }, { 'aws:username': 'ann' }, true],
    ['without a value makes nothing match', { Resource: OWN }, {}, false],
    ['without a value makes nothing match, of which NotResource takes all', { NotResource: OWN }, {}, true],
    ['with several values has none', { Resource: OWN }, { 'aws:username': ['ann*', 'bob'] }, false],
    ['without a value stands for its default', { Resource: "arn:aws:s3:::shop/${aws:username, 'ann*'}" }, {}, true],
    ['with a value does not stand for its default', { Resource: "arn:aws:s3:::shop/${aws:username, 'ann*'}" }, { 'aws:username': 'bob' }, false],
    ['can be a character that is no wildcard', { Resource: 'arn:aws:s3:::shop/ann${*}' }, {}, true],
    ['can be a character that does not stand for others', { Resource: 'arn:aws:s3:::shop/${*}' }, {}, false],
    ['can be a question mark', { Resource: 'arn:aws:s3:::shop/ann${?}' }, {}, false],
  ])(`%s (${VARIABLES})`, (_, elements, context, expected) => {
    expect(resource(elements, context)).toBe(expected);
  });

  it('is plain text in a policy of the older version', () => {
    expect(resource({ Resource: OWN }, { 'aws:username': 'ann*' }, '2008-10-17')).toBe(false);
    expect(resource({ Resource: "arn:aws:s3:::shop/${aws:username, 'ann*'}" }, {}, '2008-10-17')).toBe(false);
  });
});
