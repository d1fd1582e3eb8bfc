import { CreatedResource } from './stack-scope';
import { StackTemplate, TemplateResource } from './template';

/**
 * What has no effect on how a workflow runs on one machine: observation, names, networks and the bookkeeping of deployments.
 * They are made in name only, so that references to them resolve.
 */
const WITHOUT_EFFECT = [
  /^AWS::IAM::(?!Role$|Policy$|RolePolicy$|ManagedPolicy$)/,
  /^AWS::Logs::(?!LogGroup$)/,
  /^AWS::CloudWatch::(?!Alarm$)/,
  /^AWS::KMS::(?!Key$|Alias$)/,
  /^AWS::CDK::/,
  /^AWS::XRay::/,
  /^AWS::ResourceGroups::/,
  /^AWS::ServiceCatalogAppRegistry::/,
  /^AWS::CloudFormation::WaitConditionHandle$/,
  /^AWS::Lambda::(CodeSigningConfig|LayerVersion|LayerVersionPermission)$/,
  /^AWS::SecretsManager::SecretTargetAttachment$/,
  /^AWS::ApiGatewayV2::(ApiMapping|DomainName|Model)$/,
  /^AWS::Route53::/,
  /^AWS::CertificateManager::/,
  /^AWS::Events::Archive$/,
  /^AWS::SES::ConfigurationSet$/,
  /^AWS::EC2::/,
  /^AWS::ApplicationAutoScaling::/,
  /^Custom::LogRetention$/,
];

export function isWithoutEffect(type: string): boolean {
  return WITHOUT_EFFECT.some((pattern) => pattern.test(type));
}

/** A name and an ARN in the form of the type's own, for those who refer to it. */
export function createInName(stack: StackTemplate, logicalId: string, { Type }: TemplateResource): CreatedResource {
  const [, service, kind] = Type.split('::');
  const name = `${stack.name}-${logicalId}`;
  const place = `${stack.region}:${stack.account}`;
  const arn = `arn:aws:${(service ?? 'local').toLowerCase()}:${place}:${(kind ?? 'resource').toLowerCase()}/${name}`;
  return {
    ref: name,
    attributes: { Arn: arn, Id: name, Name: name, KeyId: logicalId, RoleId: logicalId, UniqueId: logicalId, GroupId: name, VpcId: name },
  };
}
