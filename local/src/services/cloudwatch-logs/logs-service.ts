import { Operation, ResourceType, Service } from '../service';

/** CloudWatch Logs: log groups have names and ARNs; what is logged is printed, and not kept. */
export class LogsService implements Service {
  public readonly name = 'logs';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Logs::LogGroup': {
      used: ['LogGroupName'],
      ignored: ['DataProtectionPolicy', 'DeletionProtectionEnabled', 'FieldIndexPolicies', 'KmsKeyId', 'LogGroupClass', 'ResourcePolicyDocument', 'RetentionInDays', 'Tags'],
      create: (resource) => {
        const name = resource.name('LogGroupName');
        return { ref: name, attributes: { Arn: `${resource.arn('logs', `log-group:${name}`)}:*` } };
      },
    },
  };
}
