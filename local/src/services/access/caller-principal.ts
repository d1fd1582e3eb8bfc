import { ContextValues, Principal } from '../../permissions';

/** In whose name a call is made, and what AWS says of it beside. */
export interface Identity {
  readonly principal: Principal;
  readonly context: ContextValues;
}

/** A role, as its function, its state machine or a service uses it. */
export function roleIdentity(roleArn: string, session: string): Identity {
  const [, , , , account, name] = roleArn.split(':');
  return {
    principal: { arn: roleArn, account, sessionArn: `arn:aws:sts::${account}:assumed-role/${name.slice(name.lastIndexOf('/') + 1)}/${sessionName(session)}` },
    context: { 'aws:PrincipalArn': roleArn, 'aws:PrincipalAccount': account, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalIsAWSService': 'false' },
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function sessionName(text: string): string {
  return text.replace(/[^\w+=,.@-]/g, '-');
}

/** A service that calls in its own name, for a resource of an account. */
export function serviceIdentity(service: string, sourceArn: string): Identity {
  return {
    principal: { service },
    context: {
      'aws:SourceArn': sourceArn,
      'aws:SourceAccount': sourceArn.split(':')[4],
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service,
    },
  };
}

export function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

/** The account itself: who deploys and tests, and may do what no policy denies. */
export function accountIdentity(account: string): Identity {
  const root = rootArn(account);
  return {
    principal: { arn: root, account },
    context: { 'aws:PrincipalArn': root, 'aws:PrincipalAccount': account, 'aws:PrincipalType': 'Account', 'aws:PrincipalIsAWSService': 'false' },
  };
}
