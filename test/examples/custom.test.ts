import { Template } from '../../examples/definition';
import { templatesOf } from '../../examples/synth';

const templates = templatesOf('custom');
const resources = ({ Resources }: Template, type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** Where each of these says which key encrypts it. */
const KEY_OF: [type: string, key: (properties: any) => unknown][] = [
  ['AWS::DynamoDB::Table', ({ SSESpecification }) => SSESpecification?.KMSMasterKeyId],
  ['AWS::SQS::Queue', ({ KmsMasterKeyId }) => KmsMasterKeyId],
  ['AWS::SNS::Topic', ({ KmsMasterKeyId }) => KmsMasterKeyId],
  ['AWS::StepFunctions::StateMachine', ({ EncryptionConfiguration }) => EncryptionConfiguration?.KmsKeyId],
];

test.each(KEY_OF)('one existing key encrypts each %s', (type, keyOf) => {
  const shop = resources(templates.get('Shop')!, type);

  expect(shop).not.toEqual([]);
  for (const [id, { Properties }] of shop) {
    expect([id, keyOf(Properties)]).toEqual([id, { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }]);
  }
  for (const [id, { Properties }] of resources(templates.get('Tills')!, type)) {
    expect([id, keyOf(Properties)]).toEqual([id, { 'Fn::ImportValue': expect.stringMatching(/^Shop:ExportsOutputFnGetAttKey/) }]);
  }
});

test('so it does the logs of the workflow', () => {
  for (const template of templates.values()) {
    const logs = resources(template, 'AWS::Logs::LogGroup').filter(([id]) => id.startsWith('OrdersSagaLogs'));

    expect(logs.map(([, { Properties }]) => Properties.KmsKeyId)).toEqual([expect.anything()]);
  }
});

test('of what exists, no other is made', () => {
  const tables = resources(templates.get('Shop')!, 'AWS::DynamoDB::Table').map(([id]) => id);

  expect(tables.filter((id) => /^OrdersTables/.test(id))).toEqual([]);
  expect(resources(templates.get('Shop')!, 'AWS::Events::EventBus')).toHaveLength(1);
});
