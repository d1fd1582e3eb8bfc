import { Duration, RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * What has the tables of a workflow.
 */
export interface IHasOrderTables {
  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  readonly productsTable: dynamodb.ITable;
}

/**
 * What a workflow offers to the steps that are bound to it.
 */
export interface IStepHost extends IHasOrderTables {
  /**
   * The type of the state machine that the step becomes a part of.
   */
  readonly stateMachineType: sfn.StateMachineType;

  /**
   * The currency of an order that names none.
   */
  readonly defaultCurrency: string;

  /**
   * What the idempotency keys of steps begin with, so that no other workflow has the same keys.
   */
  readonly idempotencyPrefix: string;

  /**
   * The key that encrypts what the step makes.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to a table or queue that the step makes when its stack is deleted.
   */
  readonly removalPolicy: RemovalPolicy;

  /**
   * Makes a Lambda function with the settings of the workflow: architecture, memory, VPC, tracing, logs and more.
   *
   * @param scope the parent of the function
   * @param id the id of the function within the parent
   * @param props properties of the function
   */
  newFunction(scope: Construct, id: string, props: HostFunctionProps): lambda.Function;
}

/**
 * Properties for a function that a part of the workflow makes.
 */
export interface HostFunctionProps {
  /**
   * The code of the function.
   */
  readonly code: lambda.Code;

  /**
   * The handler within the code.
   *
   * @default index.handler
   */
  readonly handler?: string;

  /**
   * The runtime.
   *
   * @default - the runtime of the workflow's `FunctionSettings`
   */
  readonly runtime?: lambda.Runtime;

  /**
   * The description of the function.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The name that the monitoring shows.
   *
   * @default - the path of the function within the workflow
   */
  readonly displayName?: string;

  /**
   * How long the function may run.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * Environment variables, in addition to those of the workflow's `FunctionSettings`.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}
