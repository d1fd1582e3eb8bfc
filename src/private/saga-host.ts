import { RemovalPolicy, aws_dynamodb as dynamodb, aws_kms as kms, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfiguredFunction } from './configured-function';
import { FunctionSettings } from '../function-settings';
import { HostFunctionProps, IStepHost } from '../step-host';

/** @internal */
export interface SagaHostProps {
  readonly ordersTable: dynamodb.ITable;
  readonly productsTable: dynamodb.ITable;
  readonly stateMachineType: sfn.StateMachineType;
  readonly defaultCurrency: string;
  readonly idempotencyPrefix?: string;
  readonly functionSettings?: FunctionSettings;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * What a saga offers to its steps.
 *
 * @internal
 */
export class SagaHost implements IStepHost {
  public readonly ordersTable: dynamodb.ITable;
  public readonly productsTable: dynamodb.ITable;
  public readonly stateMachineType: sfn.StateMachineType;
  public readonly defaultCurrency: string;
  public readonly idempotencyPrefix: string;
  public readonly encryptionKey?: kms.IKey;
  public readonly removalPolicy: RemovalPolicy;
  private readonly functionSettings?: FunctionSettings;

  constructor(props: SagaHostProps) {
    this.ordersTable = props.ordersTable;
    this.productsTable = props.productsTable;
    this.stateMachineType = props.stateMachineType;
    this.defaultCurrency = props.defaultCurrency;
    this.idempotencyPrefix = props.idempotencyPrefix ?? props.ordersTable.tableName;
    this.encryptionKey = props.encryptionKey;
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.functionSettings = props.functionSettings;
  }

  public newFunction(scope: Construct, id: string, props: HostFunctionProps): lambda.Function {
    return new ConfiguredFunction(scope, id, { ...props, settings: this.functionSettings });
  }
}
