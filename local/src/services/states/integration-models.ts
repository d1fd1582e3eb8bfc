import { MODEL as STATES } from './model.generated';
import { ServiceModel } from '../../models';
import { MODEL as DYNAMODB } from '../dynamodb/model.generated';
import { MODEL as EVENTS } from '../events/model.generated';
import { MODEL as LAMBDA } from '../lambda/model.generated';
import { MODEL as SCHEDULER } from '../scheduler/model.generated';
import { MODEL as SECRETS } from '../secrets/model.generated';
import { MODEL as SES } from '../ses/model.generated';
import { MODEL as SNS } from '../sns/model.generated';
import { MODEL as SQS } from '../sqs/model.generated';

/** The models of the services that states call, by the services' names here. */
export const INTEGRATION_MODELS: Readonly<Record<string, ServiceModel>> = {
  dynamodb: DYNAMODB,
  events: EVENTS,
  lambda: LAMBDA,
  scheduler: SCHEDULER,
  secretsmanager: SECRETS,
  ses: SES,
  sns: SNS,
  sqs: SQS,
  states: STATES,
};
