import {
  RemovalPolicy, Token, aws_dynamodb as dynamodb, aws_iam as iam, aws_kms as kms,
  aws_lambda as lambda, aws_logs as logs, aws_sns as sns, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { warnOfExpressTime } from './express-time';
import { SagaGraph } from './saga-graph';
import { SagaStep } from './saga-step';
import { StateMachineRelease } from './state-machine-release';
import { checkBoundSteps, checkStepList } from './step-checks';
import { STATE_NAMES } from '../contract/state-names';
import { FunctionSettings } from '../function-settings';
import { OrderMetrics } from '../monitoring/order-metrics';
import { grantTable } from '../private/grant-table';
import { OrderFunction } from '../private/order-function';
import { orderLogGroup } from '../private/order-log-group';
import { topicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';
import { IOrderStep } from '../steps/order-step';

/**
 * The saga of a list of steps.
 */
export interface OrderSagaProps {
  /**
   * The steps, in their order.
   */
  readonly steps: IOrderStep[];

  /**
   * The table of the orders.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The table of the products and their stock.
   */
  readonly productsTable: dynamodb.ITable;

  /**
   * The topic to which failures are told.
   */
  readonly failureTopic: sns.ITopic;

  /**
   * Whether orders that are rejected or cancelled are told to the topic too.
   *
   * @default false
   */
  readonly alertRejections?: boolean;

  /**
   * The type of the state machine.
   *
   * EXPRESS is cheaper and faster; it cannot wait for people, and an order must end within five minutes.
   *
   * @default StateMachineType.STANDARD
   */
  readonly stateMachineType?: sfn.StateMachineType;

  /**
   * The currency of an order that names none.
   *
   * @default USD
   */
  readonly defaultCurrency?: string;

  /**
   * How to tune the functions.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts the execution history and what the steps make, and the topic and tables if they share it.
   *
   * @default - the keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to tables that steps make when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The log group of the state machine.
   *
   * @default - a new group, kept for a month
   */
  readonly logGroup?: logs.ILogGroup;
}

/**
 * A state machine that runs an order through its steps, and undoes them in reverse when one of them ends it.
 */
export class OrderSaga extends Construct {
  /**
   * The state machine.
   */
  public readonly stateMachine: sfn.StateMachine;

  /**
   * The ARN of the alias to start executions with: it points to the newest published version.
   */
  public readonly aliasArn: string;

  /**
   * The log group of the state machine.
   */
  public readonly logGroup: logs.ILogGroup;

  /**
   * The function that answers an order which waits for a decision, when a step waits for one.
   */
  public readonly decideFunction?: lambda.IFunction;

  /**
   * The currency of an order that names none.
   */
  public readonly defaultCurrency: string;

  /**
   * The CloudWatch metrics of the orders.
   */
  public readonly metrics: OrderMetrics;

  /** The bound steps, for whatever else has to undo orders. @internal */
  public readonly _steps: SagaStep[];

  /** Where the definition starts. @internal */
  public readonly _start: sfn.State;

  /** Whether nobody can ask about its executions, and none of them can wait. @internal */
  public readonly _isExpress: boolean;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props the steps and what they share
   */
  constructor(scope: Construct, id: string, props: OrderSagaProps) {
    super(scope, id);
    this.defaultCurrency = checkedCurrency(this, props.defaultCurrency ?? 'USD');
    checkStepList(this, props.steps);
    const steps = this.bindSteps(props);
    checkBoundSteps(this, steps);
    this._steps = steps;
    this._isExpress = props.stateMachineType === sfn.StateMachineType.EXPRESS;

    const graph = new SagaGraph(this, 'Graph', {
      table: props.ordersTable,
      topic: props.failureTopic,
      steps,
      defaultCurrency: this.defaultCurrency,
      waits: !this._isExpress,
      alertRejections: props.alertRejections,
    });
    this._start = graph.start;
    this.logGroup = props.logGroup ?? orderLogGroup(this, 'Logs', { encryptionKey: props.encryptionKey });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(graph.start),
      stateMachineType: props.stateMachineType ?? sfn.StateMachineType.STANDARD,
      tracingEnabled: true,
      // What an order holds is the customer's business: the log tells where it is, not what is in it.
      logs: { destination: this.logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
      encryptionConfiguration: props.encryptionKey && new sfn.CustomerManagedEncryptionConfiguration(props.encryptionKey),
    });
    if (props.stateMachineType === sfn.StateMachineType.EXPRESS) {
      warnOfExpressTime(this, steps);
    }
    grantTable(props.ordersTable, this.stateMachine, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    topicKey(props.failureTopic)?.grantEncryptDecrypt(this.stateMachine);
    // What the CDK grants asks for the machine's name, which a machine without a name of its own does not have yet.
    props.encryptionKey?.grantEncryptDecrypt(this.stateMachine);
    this.aliasArn = new StateMachineRelease(this, 'Release', this.stateMachine).aliasArn;
    this.decideFunction = this.makeDecideFunction(props, steps);
    this.metrics = new OrderMetrics({ namespace: `OrderWorkflow/${this.node.path.replace(/[^\w.\-/#:]/g, '-')}`, stateMachine: this.stateMachine });
    this.countEnding('OrdersRejected', STATE_NAMES.ORDER_REJECTED);
    this.countEnding('OrdersDuplicate', STATE_NAMES.DUPLICATE_ORDER);
  }

  /**
   * Lets somebody start orders.
   *
   * @param grantee who
   */
  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['states:StartExecution'],
      resourceArns: [this.stateMachine.stateMachineArn, this.aliasArn],
    });
  }

  /**
   * Lets somebody decide about orders that wait for it, by calling `decideFunction`.
   *
   * @param grantee who
   */
  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    if (!this.decideFunction) {
      throw new ValidationError('no step waits for a decision, so there is none to grant: add AwaitApproval to the steps', this);
    }
    return this.decideFunction.grantInvoke(grantee);
  }

  private bindSteps(props: OrderSagaProps): SagaStep[] {
    const scope = new Construct(this, 'Steps');
    const bound: SagaStep[] = [];
    for (const step of props.steps) {
      const undoBefore = bound[bound.length - 1]?.undoFrom;
      const config = step.bind(new Construct(scope, step.stepName), {
        ordersTable: props.ordersTable,
        productsTable: props.productsTable,
        stateMachineType: props.stateMachineType ?? sfn.StateMachineType.STANDARD,
        defaultCurrency: this.defaultCurrency,
        functionSettings: props.functionSettings,
        encryptionKey: props.encryptionKey,
        removalPolicy: props.removalPolicy,
        undoFrom: undoBefore,
      });
      bound.push({ step, config, undoBefore, undoFrom: config.compensation ? step.stepName : undoBefore });
    }
    return bound;
  }

  private makeDecideFunction(props: OrderSagaProps, steps: SagaStep[]): lambda.IFunction | undefined {
    if (!steps.some(({ config }) => config.waitingStatus)) {
      return undefined;
    }
    const decide = new OrderFunction(this, 'DecideFunction', {
      displayName: 'Decide order',
      bundle: 'steps/decide-approval',
      description: 'Answers an order that waits for a decision',
      settings: props.functionSettings,
      environment: { ORDERS_TABLE: props.ordersTable.tableName },
    });
    grantTable(props.ordersTable, decide, 'dynamodb:GetItem');
    this.stateMachine.grantTaskResponse(decide);
    // The answer becomes part of the execution's history.
    props.encryptionKey?.grantEncryptDecrypt(decide);
    return decide;
  }

  /** A log group can be shared, so only the executions of this machine count. */
  private countEnding(metricName: string, stateName: string): void {
    new logs.MetricFilter(this, metricName, {
      logGroup: this.logGroup,
      metricNamespace: this.metrics.namespace,
      metricName,
      // Without it there is no metric before the first, and nothing to reckon with.
      defaultValue: 0,
      filterPattern: logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.type', '=', 'SucceedStateEntered'),
        logs.FilterPattern.stringValue('$.details.name', '=', stateName),
        logs.FilterPattern.stringValue('$.execution_arn', '=', `*:${this.stateMachine.stateMachineName}:*`),
      ),
    });
  }
}

function checkedCurrency(scope: Construct, currency: string): string {
  if (!Token.isUnresolved(currency) && !/^[A-Z]{3}$/.test(currency)) {
    throw new ValidationError(`defaultCurrency is '${currency}': give a code of ISO 4217, such as EUR`, scope);
  }
  return currency;
}
