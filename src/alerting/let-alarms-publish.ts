import { Annotations, Aspects, Stack, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/**
 * Lets the account's alarms and rules publish to a topic that has a policy, which takes the place of one that lets them.
 *
 * A topic without a policy keeps the one that SNS gives it. One whose policy is not at hand keeps it, so its owner has to be told.
 * Only at the end is it known which of them it is.
 *
 * @internal
 */
export function letAlarmsPublish(scope: Construct, topic: sns.ITopic): void {
  Aspects.of(scope).add({
    visit: (node: IConstruct) => {
      if (node === scope) {
        letAlarmsPublishNow(scope, topic);
      }
    },
  });
}

function letAlarmsPublishNow(scope: Construct, topic: sns.ITopic): void {
  const stack = Stack.of(scope);
  const statement = new iam.PolicyStatement({
    sid: 'AllowAlarmsAndRulesToPublish',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com'), new iam.ServicePrincipal('events.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
  if (topic.node.tryFindChild('Policy')) {
    topic.addToResourcePolicy(statement);
  } else if (!(topic instanceof sns.Topic) || hasPolicyOfItsOwn(topic)) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:topicPolicy',
      'the policy of failureTopic is not ours to change: unless it lets alarms publish already, add to it '
        + JSON.stringify(stack.resolve(statement.toStatementJson())),
    );
  }
}

/** Whether the team has made the policy itself: of two policies of one topic the last that is deployed is all that is left. */
function hasPolicyOfItsOwn(topic: sns.Topic): boolean {
  const arn = JSON.stringify(topic.stack.resolve(topic.topicArn));
  return topic.stack.node.findAll().some((node) =>
    node instanceof sns.CfnTopicPolicy && JSON.stringify(topic.stack.resolve(node.topics)).includes(arn));
}
