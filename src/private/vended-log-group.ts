import { Aws, Stack, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderLogGroupProps, orderLogGroup } from './order-log-group';

/** The limit of CloudWatch Logs is 512 characters, and the name of a stack has at most 128. */
const LONGEST_PATH = 300;

/**
 * A log group that an AWS service delivers its logs to.
 *
 * The delivery adds each group to the account's resource policy for logs, which has room for 5,120 characters, unless the group's name begins
 * with `/aws/vendedlogs/`. So it has a name of its own, as nothing else does: the stack, the path in it, and a hash by which paths
 * that look alike differ.
 *
 * @internal
 */
export function vendedLogGroup(scope: Construct, id: string, service: string, props: OrderLogGroupProps = {}): logs.LogGroup {
  const { node } = scope;
  const { path: stackPath } = Stack.of(scope).node;
  const path = `${node.path.slice(stackPath.length)}/${id}`.replace(/^\//, '').replace(/[^\w.#-]+/g, '-').slice(-LONGEST_PATH);
  return orderLogGroup(scope, id, { ...props, logGroupName: `/aws/vendedlogs/${service}/${Aws.STACK_NAME}/${path}-${node.addr.slice(-8)}` });
}
