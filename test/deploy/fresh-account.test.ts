import { DeployedTemplate, Resource, allTemplates } from '../support/all-templates';

/** The resources of a template to which something applies, by their logical ids. */
const idsOf = ({ template: { Resources } }: DeployedTemplate, applies: (resource: Resource) => boolean) =>
  Object.entries(Resources).filter(([, resource]) => applies(resource)).map(([id]) => id);

/** A rule of a new account, and what would break it. */
const REFUSED: [rule: string, breaks: (template: DeployedTemplate) => string[]][] = [
  // "CloudWatch Logs role ARN must be set in account settings to enable logging": https://github.com/anomalyco/sst/issues/1556
  ['has no role for the logs of WebSocket APIs', (deployed) => {
    const webSockets = idsOf(deployed, ({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Api' && Properties.ProtocolType === 'WEBSOCKET');
    return idsOf(deployed, ({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Stage' && webSockets.includes(Properties.ApiId.Ref)
      && (Properties.AccessLogSettings || JSON.stringify(Properties).includes('LoggingLevel')));
  }],
  // A setting of the whole account, which goes with the stack that made it: https://github.com/aws/aws-cdk/issues/33977
  ['has settings that no stack of ours makes', (deployed) => idsOf(deployed, ({ Type }) => Type === 'AWS::ApiGateway::Account')],
  // "decreases account's UnreservedConcurrentExecution below its minimum value": https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  ['runs few functions at once, of which none can be reserved', (deployed) => idsOf(deployed, ({ Type, Properties }) =>
    Type === 'AWS::Lambda::Function' && Properties.ReservedConcurrentExecutions !== undefined || JSON.stringify(Properties ?? {}).includes('ProvisionedConcurren'))],
  // "prefix your CloudWatch Logs log group names with /aws/vendedlogs/": https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
  ['has a resource policy for logs that is soon full', (deployed) => {
    const delivered = new Set(idsOf(deployed, ({ Type }) => ['AWS::StepFunctions::StateMachine', 'AWS::ApiGatewayV2::Stage'].includes(Type))
      .flatMap((id) => [...JSON.stringify(deployed.template.Resources[id].Properties).matchAll(/"(?:LogGroupArn|DestinationArn)":\{"Fn::GetAtt":\["(\w+)"/g)])
      .map(([, id]) => id));
    return idsOf(deployed, ({ Type, Properties }) => Type === 'AWS::Logs::LogGroup'
      && !JSON.stringify(Properties.LogGroupName ?? '').includes('"/aws/vendedlogs/')).filter((id) => delivered.has(id));
  }],
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  ['has functions of at most 3,008 MB', (deployed) => idsOf(deployed, ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.MemorySize > 3_008)],
];

describe('a new account', () => {
  const templates = allTemplates();

  test('can be given the apps of the tests, the examples and the code of the documents', () => {
    expect(templates.length).toBeGreaterThan(20);
  });

  test.each(REFUSED)('%s: so it refuses none of them', (_rule, breaks) => {
    expect(templates.flatMap((deployed) => breaks(deployed).map((id) => `${deployed.name}: ${id}`))).toEqual([]);
  });
});
