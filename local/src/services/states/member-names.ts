import { Integration } from './integration';

/** The names under which states write a member of a service's input; the first is the usual one. */
export function namesInStates(member: string, family: Integration['family']): string[] {
  const pascal = member[0].toUpperCase() + member.slice(1);
  return family === 'sdk' ? [pascal, javaName(member)] : [pascal];
}

/**
 * The SDK integration has the names of the AWS SDK for Java 2: a BOOL of DynamoDB is a Bool in its results.
 * https://github.com/aws/aws-sdk-js/issues/4294. That parameters may have the names of the API, too, is assumed.
 */
function javaName(member: string): string {
  const words = member.replace(/([a-z])(?=[A-Z][a-zA-Z0-9])/g, '$1 ').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').replace(/([0-9])([a-zA-Z])/g, '$1 $2');
  const name = words.split(' ').map((word) => word[0].toUpperCase() + word.slice(1).toLowerCase()).join('');
  return name === 'Null' ? 'Nul' : name;
}
