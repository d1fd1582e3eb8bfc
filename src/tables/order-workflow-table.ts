import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { WatchList } from '../watch-list';

/** @internal */
export interface OrderWorkflowTableProps {
  /** The name that the monitoring shows; its path within the workflow if there is none. */
  readonly displayName?: string;
  readonly partitionKey: dynamodb.Attribute;
  readonly sortKey?: dynamodb.Attribute;
  /** The attribute with the time at which DynamoDB deletes an item. */
  readonly timeToLiveAttribute?: string;
  readonly stream?: dynamodb.StreamViewType;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A table with the defaults of the library: on-demand, encrypted, with point-in-time recovery, and retained.
 *
 * @internal
 */
export function orderWorkflowTable(scope: Construct, id: string, props: OrderWorkflowTableProps): dynamodb.Table {
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
  const table = new dynamodb.Table(scope, id, {
    partitionKey: props.partitionKey,
    sortKey: props.sortKey,
    timeToLiveAttribute: props.timeToLiveAttribute,
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    stream: props.stream,
    encryption: props.encryptionKey ? dynamodb.TableEncryption.CUSTOMER_MANAGED : dynamodb.TableEncryption.DEFAULT,
    encryptionKey: props.encryptionKey,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
    removalPolicy,
  });
  const watchList = WatchList.of(table);
  watchList.table(props.displayName ?? watchList._pathOf(table), table);
  return table;
}
