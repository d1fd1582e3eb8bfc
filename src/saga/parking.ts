import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { STATE_NAMES } from '../contract/state-names';
import { Endings } from './endings';
import { failureOf, jsonata, literal } from '../jsonata/expressions';
import { failureNotice } from './failure-notice';
import { parkOrder } from '../order-row/on-hold-writes';
import { Repair } from './repair';
import { catchAny, holds } from './states';
import { AlertKind } from '../alerting/alert-kind';

/** @internal */
export interface ParkingProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly endings: Endings;
  /** What people can do about it, where the state machine can wait for them. */
  readonly repair?: Repair;
}

/**
 * Where an order stands that could not be undone: people are told, and say whether to try again or that it is in order.
 *
 * A state machine that waits costs nothing while it does. Where it cannot, the recovery goes on with what people say.
 *
 * @internal
 */
export class Parking extends Construct {
  /** Tells people, and parks. */
  public readonly start: sfn.State;

  constructor(scope: Construct, id: string, { table, topic, endings, repair }: ParkingProps) {
    super(scope, id);
    const tell = failureNotice(this, 'Tell', {
      topic,
      stateName: STATE_NAMES.PUBLISH_FAILED_COMPENSATION,
      kind: literal(AlertKind.COMPENSATION_FAILED),
      failure: '$saga.attention[0]',
      steps: '$saga.attention.step',
      outputs: '$saga.order',
      assign: { saga: jsonata("$merge([$saga, {'holdPublished': true}])") },
    });
    const park = parkOrder(this, { table, waits: !!repair });
    tell.next(park);
    catchAny(tell, park, { saga: "$merge([$saga, {'holdPublished': false}])", outputs: '$saga.order' });
    catchAny(park, endings.stuck, { outputs: '$saga.order' });
    park.next(repair ? this.whatWasSaid(repair) : endings.stuck);
    for (const write of repair ? [repair.resume, repair.resolve] : []) {
      // What a person said was not written: they are told again, and asked again.
      catchAny(write, tell, { saga: `$merge([$saga, {'attention': [${failureOf('RepairOrder')}]}])`, outputs: '$saga.order' });
    }
    this.start = tell;
  }

  private whatWasSaid(repair: Repair): sfn.Choice {
    return sfn.Choice.jsonata(this, 'WhatWasSaid', { stateName: 'Retry or resolved?' })
      .when(holds("$states.input.action = 'resolved'"), repair.resolve)
      .otherwise(repair.resume);
  }
}
