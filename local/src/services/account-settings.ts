import { Resource } from './resource';
import { PolicyDocument } from '../permissions';

/** What an account has before the stack is created: by default it is a new one, with nothing. */
export interface AccountOptions {
  /** Whether API Gateway has a role with which it writes logs. @default false */
  readonly apiGatewayLogRole?: boolean;
  /** How much of the account's policy for log delivery is in use, in characters. @default 0 */
  readonly logPolicyCharacters?: number;
  /** Managed policies that exist beside the app, such as a boundary for all roles, by ARN or by name. @default - none */
  readonly policies?: Readonly<Record<string, PolicyDocument>>;
}

/** Log groups of this prefix are covered by one statement of the policy for log delivery. */
const COVERED = ':log-group:/aws/vendedlogs/';
const LOG_POLICY_CHARACTERS = 5_120;
/** Quotation marks and a comma. */
const SEPARATORS = 3;

/** The settings of the account that creation looks at and changes. */
export class AccountSettings {
  public apiGatewayLogRole: boolean;
  public readonly policies: Readonly<Record<string, PolicyDocument>>;
  private logPolicyCharacters: number;

  constructor({ apiGatewayLogRole = false, logPolicyCharacters = 0, policies = {} }: AccountOptions) {
    this.policies = policies;
    this.apiGatewayLogRole = apiGatewayLogRole;
    this.logPolicyCharacters = logPolicyCharacters;
  }

  /**
   * Lets a service of AWS deliver logs of a resource to a log group; refuses the resource if the account's policy has no room for one more.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
   */
  public admitLogDelivery(resource: Resource, property: string, logGroupArn: string): void {
    this.logPolicyCharacters += logGroupArn.includes(COVERED) ? 0 : logGroupArn.length + SEPARATORS;
    if (this.logPolicyCharacters > LOG_POLICY_CHARACTERS) {
      throw resource.refuse(
        property,
        'is refused: Cannot enable logging. Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > 5120',
        'give the log group a name that begins with /aws/vendedlogs/',
      );
    }
  }
}
