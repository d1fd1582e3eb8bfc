import {
  Token, aws_iam as iam, aws_lambda as lambda, aws_logs as logs, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { bindClosingSteps, bindSteps } from './bind-steps';
import { decideFunction } from './decide-function';
import { warnOfExpressTime } from './express-time';
import { LongestTimes, longestTimesOf } from './longest-times';
import { OrderFlow } from './order-flow';
import { OrderSagaProps } from './order-saga-props';
import { countOutcomes } from './outcome-metrics';
import { SagaStep } from './saga-step';
import { StateMachineRelease } from './state-machine-release';
import { checkBoundSteps, checkStepLists } from './step-checks';
import { OrderMetrics } from '../monitoring/order-metrics';
import { encryptMachine } from '../private/encrypted-machine';
import { fitted } from '../private/fitted';
import { grantStart } from '../private/grant-machine';
import { grantTable } from '../private/grant-table';
import { SagaHost } from '../private/saga-host';
import { grantTopicKey } from '../private/topic-key';
import { ValidationError } from '../private/validation-error';
import { vendedLogGroup } from '../private/vended-log-group';
import { IStepHost } from '../step-host';

/** Of CloudWatch. */
const LONGEST_NAMESPACE = 255;

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
   * The function that approves or declines an order that waits for a decision, when a step waits for one.
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

  /** The bound steps, for the recovery. @internal */
  public readonly _steps: SagaStep[];

  /** The names of the steps and closing steps. @internal */
  public readonly _stepNames: string[];

  /** What the steps were bound to. @internal */
  public readonly _host: IStepHost;

  /** Where the definition starts. @internal */
  public readonly _start: sfn.State;

  /** How long an execution may work, for the recovery. @internal */
  public readonly _longestTimes: LongestTimes;

  /** Whether its executions cannot be described, and cannot wait. @internal */
  public readonly _isExpress: boolean;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props properties of the saga
   */
  constructor(scope: Construct, id: string, props: OrderSagaProps) {
    super(scope, id);
    const { ordersTable, failureTopic, encryptionKey, closingSteps = [], stateMachineType = sfn.StateMachineType.STANDARD } = props;
    this.defaultCurrency = checkedCurrency(this, props.defaultCurrency ?? 'USD');
    this._isExpress = stateMachineType === sfn.StateMachineType.EXPRESS;
    checkPrefix(this, props.idempotencyPrefix);
    this._host = new SagaHost({ ...props, stateMachineType, defaultCurrency: this.defaultCurrency });

    checkStepLists(this, props.steps, closingSteps);
    const stepScope = new Construct(this, 'Steps');
    this._steps = bindSteps(stepScope, this._host, props.steps);
    const boundClosingSteps = bindClosingSteps(stepScope, this._host, closingSteps);
    this._stepNames = [...this._steps, ...boundClosingSteps].map(({ stepName }) => stepName);
    checkBoundSteps(this, this._host, this._steps, boundClosingSteps);

    const flow = new OrderFlow(this, 'Flow', {
      table: ordersTable,
      topic: failureTopic,
      steps: this._steps,
      closingSteps: boundClosingSteps,
      defaultCurrency: this.defaultCurrency,
      waits: !this._isExpress,
      alertRejections: props.alertRejections,
    });
    this._start = flow.start;
    this.logGroup = props.logGroup ?? vendedLogGroup(this, 'Logs', 'states', { encryptionKey });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(flow.start),
      stateMachineType,
      tracingEnabled: true,
      // The content of an order is personal data: the log shows the states, not their input and output.
      logs: { destination: this.logGroup, level: sfn.LogLevel.ALL, includeExecutionData: false },
    });
    encryptMachine(this.stateMachine, encryptionKey);
    this._longestTimes = longestTimesOf({
      steps: this._steps,
      tasks: new Map(flow.tasks.map(({ stepName, task }) => [stepName, task])),
      closingSteps: boundClosingSteps.map(({ stepName }) => stepName),
      compensations: flow.compensations,
    });
    if (this._isExpress) {
      warnOfExpressTime(this, flow.tasks);
    }
    grantTable(ordersTable, this.stateMachine, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantTopicKey(failureTopic, this.stateMachine);
    this.aliasArn = new StateMachineRelease(this, 'Release', this.stateMachine).aliasArn;
    this.decideFunction = decideFunction(this, this._host, this._steps, this.stateMachine);
    const metricNamespace = fitted(`OrderWorkflow/${this.node.path.replace(/[^\w.\-/#:]/g, '-')}`, LONGEST_NAMESPACE, this);
    this.metrics = new OrderMetrics({ metricNamespace, stateMachine: this.stateMachine });
    countOutcomes(this, { namespace: this.metrics.metricNamespace, logGroup: this.logGroup, stateMachine: this.stateMachine });
  }

  /**
   * Grants the principal permission to start orders.
   *
   * @param grantee the principal
   */
  public grantStartOrder(grantee: iam.IGrantable): iam.Grant {
    return grantStart(grantee, this.stateMachine.stateMachineArn, this._host.encryptionKey);
  }

  /**
   * Grants the principal permission to decide on orders that wait for it, by invoking `decideFunction`.
   *
   * @param grantee the principal
   */
  public grantDecide(grantee: iam.IGrantable): iam.Grant {
    if (!this.decideFunction) {
      throw new ValidationError('no step waits for a decision, so there is none to grant: add AwaitApproval to the steps', this);
    }
    return this.decideFunction.grantInvoke(grantee);
  }
}

function checkPrefix(scope: Construct, prefix: string | undefined): void {
  if (prefix !== undefined && !Token.isUnresolved(prefix) && !/^[\w.-]{1,64}$/.test(prefix)) {
    throw new ValidationError(`idempotencyPrefix is '${prefix}': give 1 to 64 letters, digits, '.', '_' or '-'`, scope);
  }
}

function checkedCurrency(scope: Construct, currency: string): string {
  if (!Token.isUnresolved(currency) && !/^[A-Z]{3}$/.test(currency)) {
    throw new ValidationError(`defaultCurrency is '${currency}': give an ISO 4217 code, such as EUR`, scope);
  }
  return currency;
}
