/**
 * Attributes of a workflow that is made elsewhere; each has its value in an attribute of the workflow.
 *
 * Set those that are needed: what needs another one throws and names it.
 */
export interface OrderProcessingWorkflowAttributes {
  /**
   * The name of the workflow: `workflow.workflowName`.
   */
  readonly workflowName: string;

  /**
   * The CloudWatch namespace of the workflow's own metrics: `workflow.metrics.metricNamespace`.
   *
   * @default - `metrics` throws
   */
  readonly metricNamespace?: string;

  /**
   * The ARN of the state machine: `workflow.stateMachine.stateMachineArn`.
   *
   * @default - `stateMachine`, `metrics` and `grantStartOrder` throw
   */
  readonly stateMachineArn?: string;

  /**
   * The ARN of the alias to start executions with: `workflow.aliasArn`.
   *
   * @default - `aliasArn` throws
   */
  readonly aliasArn?: string;

  /**
   * The name of the table of the orders: `workflow.ordersTable.tableName`.
   *
   * @default - `ordersTable` and `grantReadOrders` throw
   */
  readonly ordersTableName?: string;

  /**
   * The name of the table of the products: `workflow.productsTable.tableName`.
   *
   * @default - `productsTable` throws
   */
  readonly productsTableName?: string;

  /**
   * The ARN of the SNS topic that receives failure notifications: `workflow.failureTopic.topicArn`.
   *
   * @default - `failureTopic` throws
   */
  readonly failureTopicArn?: string;

  /**
   * The ARN of the event bus: `workflow.eventBus.eventBusArn`.
   *
   * @default - `eventBus` and `onStatusChanged` throw
   */
  readonly eventBusArn?: string;

  /**
   * The ARN of the function that decides on orders: `workflow.decideFunction.functionArn`.
   *
   * @default - `decideFunction` and `grantDecide` throw
   */
  readonly decideFunctionArn?: string;

  /**
   * The ARN of the function that repairs orders: `workflow.repairFunction.functionArn`.
   *
   * @default - `repairFunction` and `grantRepair` throw
   */
  readonly repairFunctionArn?: string;

  /**
   * The ARN of the workflow's `encryptionKey`, if it has one: grants then cover it.
   *
   * @default - the workflow has no `encryptionKey`
   */
  readonly encryptionKeyArn?: string;
}
