import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Endings } from './endings';
import { failureOf } from '../jsonata/expressions';
import { Parking } from './parking';
import { Repair } from './repair';
import { SagaStep } from './saga-step';
import { asOneState, catchAny, catchRefusal, holds } from './states';
import { finishUndo, recordUndo } from '../order-row/undo-writes';

/** @internal */
export interface UndoChainProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  readonly endings: Endings;
  /** Whether the state machine can wait for people. */
  readonly waits: boolean;
  /** Where to go when the row is not as the chain has left it: look, and undo again what stands. */
  readonly lookUp: sfn.State;
}

/**
 * The compensations, once and in reverse: who enters at a step runs through those of all earlier steps.
 *
 * One that fails for good does not stop the others; the order then waits for a person.
 *
 * @internal
 */
export class UndoChain extends Construct {
  /** Where everything that was begun has been undone. */
  public readonly end: sfn.State;
  /** What people can do about an order that could not be undone, where the state machine can wait for them. */
  public readonly repair?: Repair;
  private readonly parking: Parking;
  private readonly entries = new Map<string, sfn.State>();

  constructor(scope: Construct, id: string, private readonly props: UndoChainProps) {
    super(scope, id);
    this.repair = props.waits ? new Repair(this, 'Repair', props) : undefined;
    this.parking = new Parking(this, 'Parking', { ...props, repair: this.repair });
    this.end = this.makeEnd();
    props.steps.filter(({ config }) => config.compensation).reduce((after, step) => this.addUndo(step, after), this.end);
  }

  /** The steps that can be undone, the last one first. */
  public get steps(): string[] {
    return [...this.entries.keys()].reverse();
  }

  /** Where to go on when a person says that what could not be undone can be now. */
  public retryFrom(entrance: sfn.State): void {
    this.repair?.resume.next(entrance);
  }

  /** The state that undoes this step and all before it. */
  public entry(stepName?: string): sfn.State {
    return this.entries.get(stepName ?? '') ?? this.end;
  }

  private addUndo({ step: { stepName }, config }: SagaStep, after: sfn.State): sfn.State {
    const scope = new Construct(this, stepName);
    const stateName = `Undo ${stepName}`;
    const undo = asOneState(scope, stateName, config.compensation!.bind(scope, { stepName, stateName }));
    const record = recordUndo(scope, this.props.table, stepName);
    catchAny(undo, after, { saga: attention(stepName), outputs: '$saga.order' });
    undo.next(record);
    catchRefusal(record, this.props.lookUp, { outputs: '$saga.order' });
    catchAny(record, after, { saga: attention(stepName), outputs: '$saga.order' });
    record.next(after);
    this.entries.set(stepName, undo);
    return undo;
  }

  private makeEnd(): sfn.State {
    const { table, endings, lookUp } = this.props;
    const finish = finishUndo(this, table);
    const ended = sfn.Choice.jsonata(this, 'Ended', { stateName: 'All undone?' })
      .when(holds('$exists($saga.attention)'), this.parking.start);
    if (this.repair) {
      ended.when(holds('$exists($saga.repaired)'), this.repair.told);
    }
    ended.when(holds('$exists($saga.failure)'), endings.failed).otherwise(endings.rejected);
    catchRefusal(finish, lookUp, { outputs: '$saga.order' });
    catchAny(finish, endings.unreachable, { outputs: '$saga.order' });
    finish.next(ended);
    return finish;
  }
}

/** One more thing that a person has to look at. */
function attention(step: string): string {
  return `$merge([$saga, {'attention': [$saga.attention, ${failureOf(step)}]}])`;
}
