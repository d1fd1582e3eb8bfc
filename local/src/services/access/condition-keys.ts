/**
 * The condition keys whose value, or absence, is known for every call that runs here. A key that is not listed and that AWS may
 * send along would be taken as missing: a policy that needs one is refused.
 * Global keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * Those of services, and the actions that send them: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'aws': [
    'PrincipalAccount', 'PrincipalArn', 'PrincipalIsAWSService', 'PrincipalServiceName', 'PrincipalType', 'RequestedRegion', 'ResourceAccount',
    'SecureTransport', 'SourceAccount', 'SourceArn',
    // Calls that carry tags send them: no other does.
    'RequestTag/*', 'TagKeys',
    // Sent for users, for those whom an identity provider vouches for, and for instances of EC2.
    'username', 'FederatedProvider', 'Ec2InstanceSourceVpc', 'Ec2InstanceSourcePrivateIPv4',
  ],
  'dynamodb': [],
  'events': ['source', 'detail-type'],
  'execute-api': [],
  'iam': ['PassedToService', 'AWSServiceName', 'PermissionsBoundary', 'PolicyARN'],
  'kms': [
    'CallerAccount', 'ResourceAliases', 'ViaService',
    'EncryptionContext:aws:sns:topicArn', 'EncryptionContext:aws:sqs:arn', 'EncryptionContext:aws:states:stateMachineArn', 'EncryptionContext:SecretARN',
    // Of activities, log groups and log deliveries, and event buses, none of which decrypts anything here.
    'EncryptionContext:aws:states:activityArn', 'EncryptionContext:aws:logs:arn', 'EncryptionContext:SourceArn', 'EncryptionContext:aws:events:event-bus:arn',
    // Sent with CreateGrant.
    'GrantConstraintType', 'GrantIsForAWSResource', 'GrantOperations', 'GranteePrincipal',
  ],
  // Sent with calls to function URLs, by Alexa, and with calls that change a function.
  'lambda': ['CodeSigningConfigArn', 'EventSourceToken', 'FunctionArn', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl', 'Layer', 'Principal'],
  'scheduler': [],
  'secretsmanager': ['SecretId', 'VersionStage'],
  'ses': ['FromAddress'],
  // Sent with Subscribe.
  'sns': ['Endpoint', 'Protocol'],
  'sqs': [],
  // Sent with InvokeHTTPEndpoint.
  'states': ['HTTPEndpoint', 'HTTPMethod'],
  'sts': ['ExternalId', 'SourceIdentity', 'TransitiveTagKeys'],
};

/** The services whose calls are decided. */
export const DECIDED_SERVICES: readonly string[] = Object.keys(KNOWN).filter((service) => service !== 'aws');

/** Whether a key's value, or absence, is known. Keys of services that do not run here are never sent with calls of those that do. */
export function isKnownKey(key: string): boolean {
  const [, service, name] = /^([^:]*):?(.*)$/s.exec(key.toLowerCase())!;
  return KNOWN[service]?.some((known) => isSame(known.toLowerCase(), name)) ?? true;
}

/** A name that ends in a star is known with whatever follows it. */
function isSame(known: string, name: string): boolean {
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : known === name;
}
