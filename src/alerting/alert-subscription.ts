import { Lazy, Names, Resource, Stack, aws_sns as sns, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { Filter, attributeFilter, filterProblem, filterUnion } from './filter-union';
import { IOrderWorkflow } from '../order-workflow';
import { isInAnotherStack } from '../private/across-stacks';
import { referencedIn } from '../private/fifo';
import { ValidationError } from '../private/validation-error';

/** What an alert target wants of its subscription. @internal */
export interface AlertSubscriptionProps {
  readonly target: Construct;
  readonly workflow: IOrderWorkflow;
  readonly config: sns.TopicSubscriptionConfig;
  /** The filter on the body, unless the subscription has one of its own. */
  readonly filter?: Filter;
  /** Makes the dead-letter queue, if the subscription does not have one yet. */
  readonly newDeadLetterQueue: () => sqs.IQueue;
}

/** The subscriptions of an app, by topic and endpoint. */
const subscriptionsOf = new WeakMap<IConstruct, Map<string, AlertSubscription>>();

/** What is not compared: filters are combined, and the rest is about where the subscription is made. */
const NOT_COMPARED: ReadonlySet<string> = new Set<keyof sns.TopicSubscriptionConfig>([
  'deadLetterQueue', 'endpoint', 'filterPolicy', 'filterPolicyWithMessageBody', 'subscriberId', 'subscriberScope', 'subscriptionDependency',
]);

/**
 * The subscription of an endpoint to the failure topic. SNS has one for each endpoint, so targets that share an endpoint share it.
 *
 * Its construct id comes from the endpoint: with another one, CloudFormation would subscribe the endpoint a second time before it deletes
 * the first subscription, and SNS refuses that.
 *
 * @internal
 */
export class AlertSubscription {
  /** Subscribes the endpoint, or adds a target to its subscription. */
  public static of(props: AlertSubscriptionProps): AlertSubscription {
    const { target, workflow: { failureTopic }, config: { endpoint } } = props;
    const known = subscriptionsOf.get(target.node.root) ?? new Map<string, AlertSubscription>();
    subscriptionsOf.set(target.node.root, known);
    const key = JSON.stringify([failureTopic.topicArn, endpoint]);
    const shared = known.get(key);
    if (shared) {
      shared.add(props);
      return shared;
    }
    const made = new AlertSubscription(props);
    known.set(key, made);
    return made;
  }

  public readonly deadLetterQueue: sqs.IQueue;
  private readonly filters: (Filter | undefined)[] = [];

  private constructor(private readonly first: AlertSubscriptionProps) {
    const { target, workflow, config } = first;
    const { failureTopic: topic } = workflow;
    this.deadLetterQueue = config.deadLetterQueue ?? first.newDeadLetterQueue();
    const { subscriberScope, subscriberId, subscriptionDependency, filterPolicy, ...rest } = config;
    const scope = new Construct(subscriptionsScope(workflow), endpointId(workflow, config));
    const made = new sns.Subscription(scopeOfSubscription(scope, topic, subscriberScope), 'Subscription', {
      ...rest, topic, deadLetterQueue: this.deadLetterQueue,
    });
    if (subscriptionDependency) {
      made.node.addDependency(subscriptionDependency);
    }
    if (!rest.filterPolicyWithMessageBody) {
      this.filters.push(filterOf(first));
      const resource = made.node.defaultChild as sns.CfnSubscription;
      resource.filterPolicy = Lazy.any({ produce: () => filterUnion(this.filters) });
      resource.filterPolicyScope = Lazy.string({ produce: () => filterPolicy || !filterUnion(this.filters) ? undefined : 'MessageBody' });
      target.node.addValidation({ validate: () => this.problems() });
    }
  }

  private add(props: AlertSubscriptionProps): void {
    const { target, workflow, config } = props;
    const { first } = this;
    const refuse = (what: string, remedy: string): never => {
      const [one, other] = [target, first.target].map(({ node }) => node.path);
      throw new ValidationError(`${one} and ${other} have one endpoint, for which SNS has one subscription, ${what}: ${remedy}`, target);
    };
    if (workflow.node.path !== first.workflow.node.path) {
      refuse('and are of two workflows with one failureTopic',
        'leave one of them out, as the topic has the alerts of both workflows, or give each workflow a failureTopic of its own');
    }
    if ([config, first.config].some(({ filterPolicy, filterPolicyWithMessageBody }) => filterPolicy ?? filterPolicyWithMessageBody)) {
      refuse('and one has a filter policy of its own, which cannot be combined with another filter', 'use kinds and steps, or another endpoint');
    }
    const [own, its] = [config.deadLetterQueue, first.config.deadLetterQueue];
    if (own?.queueArn !== its?.queueArn) {
      refuse('and different dead-letter queues', 'give both the same, or leave both out');
    }
    const setting = differingSetting(first.config, config);
    if (setting) {
      refuse(`and different settings of ${setting}`, 'give both the same');
    }
    this.filters.push(filterOf(props));
  }

  private problems(): string[] {
    const problem = filterProblem(filterUnion(this.filters));
    return problem ? [`the filters for the endpoint of ${this.first.target.node.path} have ${problem}: list fewer kinds or steps, or leave them out`] : [];
  }
}

function filterOf({ config, filter }: AlertSubscriptionProps): Filter | undefined {
  return config.filterPolicy ? attributeFilter(config.filterPolicy) : filter;
}

/** The first setting in which two subscriptions differ. */
function differingSetting(one: sns.TopicSubscriptionConfig, other: sns.TopicSubscriptionConfig): string | undefined {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !NOT_COMPARED.has(name));
  const valueOf = (config: object, name: string) => JSON.stringify((config as { [name: string]: unknown })[name]);
  return names.find((name) => valueOf(one, name) !== valueOf(other, name));
}

function subscriptionsScope(workflow: IOrderWorkflow): Construct {
  const id = 'AlertSubscriptions';
  return workflow.node.tryFindChild(id) as Construct | undefined ?? new Construct(workflow as unknown as Construct, id);
}

/** From the construct of the endpoint, or from its text. */
function endpointId(workflow: IOrderWorkflow, { protocol, endpoint }: sns.TopicSubscriptionConfig): string {
  const text = referencedIn(endpoint)?.node.path ?? JSON.stringify(Stack.of(workflow).resolve(endpoint));
  const path = text.startsWith(`${workflow.node.path}/`) ? text.slice(workflow.node.path.length + 1) : text;
  return `${protocol} ${path}`.replace(/[^A-Za-z0-9@.:_-]+/g, '-');
}

/**
 * What subscribes from another stack permits the topic, so that its stack depends on this one: the subscription is made there.
 */
function scopeOfSubscription(scope: Construct, topic: sns.ITopic, subscriberScope?: Construct): Construct {
  const isElsewhere = subscriberScope !== undefined && Stack.of(subscriberScope) !== Stack.of(scope) && !isInAnotherStack(topic, scope)
    && Resource.isOwnedResource(topic);
  return isElsewhere ? new Construct(subscriberScope, Names.uniqueResourceName(scope, { maxLength: 128 })) : scope;
}
