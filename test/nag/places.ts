import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { IConstruct } from 'constructs';
import * as library from '../../src';

const OURS = Object.values(library).filter((exported): exported is any => typeof exported === 'function');

/** Whether an app made it itself, beside the constructs of the library. */
export function isExisting(resource: CfnResource): boolean {
  return !resource.node.scopes.some((scope) => OURS.some((ours) => scope instanceof ours));
}

/** The construct of this class in which a resource stands. */
export function around<T>(type: abstract new (...args: any[]) => T, resource: IConstruct): T | undefined {
  return resource.node.scopes.find((scope): scope is IConstruct & T => scope instanceof type);
}

/** Whether the library warns of what the app asked for here. */
export function isWarnedOf(id: string, resource: CfnResource): boolean {
  return resource.node.scopes.flatMap(({ node }) => node.metadata).some(({ type, data }) =>
    type === ArtifactMetadataEntryType.WARN && String(data).includes(`cdk-order-workflow:${id}`));
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The actions that a policy allows on everything. */
export function actionsOnAll(policy: CfnResource): string[] {
  const { Statement } = Stack.of(policy).resolve((policy as iam.CfnPolicy).policyDocument) as { Statement: Statement[] };
  return Statement.filter(({ Resource }) => [Resource].flat().includes('*')).flatMap(({ Action }) => Action);
}

const ASYNCHRONOUS = ['events.amazonaws.com', 'sns.amazonaws.com'];

/** Whether a function has a caller that waits for no answer: a rule, a topic or a schedule. */
export function isCalledAsynchronously(fn: CfnResource): boolean {
  return referring(fn, lambda.CfnPermission, ({ functionName, principal }) => ASYNCHRONOUS.includes(principal) && functionName)
    || referring(fn, CfnSchedule, ({ target }) => (target as CfnSchedule.TargetProperty).arn);
}

/** Whether what a function fails at goes somewhere when it is called asynchronously. */
export function hasFailureDestination(fn: CfnResource): boolean {
  return referring(fn, lambda.CfnEventInvokeConfig, ({ functionName, destinationConfig }) =>
    (destinationConfig as lambda.CfnEventInvokeConfig.DestinationConfigProperty | undefined)?.onFailure && functionName);
}

function referring<T extends CfnResource>(fn: CfnResource, type: abstract new (...args: any[]) => T, reference: (resource: T) => unknown): boolean {
  const stack = Stack.of(fn);
  return stack.node.findAll().some((other) => other instanceof type
    && JSON.stringify(stack.resolve(reference(other)) ?? '').includes(`"${stack.resolve(fn.logicalId)}"`));
}
