import { IResource, Resource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Whether a resource of this app is made in another stack than a construct is. @internal */
export function isInAnotherStack(resource: IResource, scope: IConstruct): boolean {
  return Resource.isOwnedResource(resource) && Stack.of(resource) !== Stack.of(scope);
}

/** Whether the stack of a construct is already deployed after that of another. @internal */
export function dependsOn(dependent: IConstruct, dependency: IConstruct): boolean {
  return Stack.of(dependent).dependencies.includes(Stack.of(dependency));
}
