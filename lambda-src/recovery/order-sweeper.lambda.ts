import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { executionIn } from './ended-execution';
import { Executions } from './executions';
import { FailureTopic } from './failure-topic';
import { longestTimes, machinesOfEnvironment } from './longest-times';
import { recoverInterrupted } from './recover-interrupted';
import type { Recovery } from './recover-order';
import { recoveryMachineAt } from './recovery-machine';
import { sweep } from './sweep';
import { Database } from '../dynamodb/database';
import { documentClient } from '../dynamodb/documents';
import { count, setting } from '../environment';
import { printLine } from '../metrics';
import { Orders } from '../order/orders';
import { REQUEST_TIMEOUTS } from '../request-timeouts';
import { StateMachine } from '../step-functions/state-machine';
import { realTiming } from '../timing';

const workflows = new SFNClient({ requestHandler: REQUEST_TIMEOUTS });
const recovery: Recovery = {
  orders: new Orders(new Database(documentClient(), realTiming), setting('ORDERS_TABLE')),
  executions: new Executions(workflows, Date.now, machinesOfEnvironment()),
  workflow: new StateMachine(workflows, setting('STATE_MACHINE_ARN')),
  recoveries: recoveryMachineAt(setting('RECOVERY_MACHINE_ARN'), workflows),
  topic: new FailureTopic(new SNSClient({ requestHandler: REQUEST_TIMEOUTS }), setting('FAILURE_TOPIC_ARN'), Date.now),
  longest: longestTimes(),
  now: Date.now,
  random: Math.random,
};
const settings = {
  recovery,
  overdueSeconds: count('OVERDUE_SECONDS'),
  metricNamespace: setting('METRIC_NAMESPACE'),
  workflow: setting('WORKFLOW'),
  print: printLine,
};

/** Recovers the order of an execution that was interrupted, if the event reports one, or else sweeps the overdue orders. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  const ended = executionIn(event);
  await (ended ? recoverInterrupted(settings, ended) : sweep({ ...settings, timeLeft: () => context.getRemainingTimeInMillis() }));
};
