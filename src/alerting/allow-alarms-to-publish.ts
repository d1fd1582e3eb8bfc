import { Annotations, Aspects, CfnResource, Resource, Stack, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/**
 * Allows the account's alarms and rules to publish to a topic with a policy: such a policy replaces the default one, which allows it.
 *
 * A topic without a policy keeps the default one. A topic whose policy cannot be changed here gets a warning with the statement.
 * An aspect decides, because a policy can be added later.
 *
 * @internal
 */
export function allowAlarmsToPublish(scope: Construct, topic: sns.ITopic): void {
  Aspects.of(scope).add({
    visit: (node: IConstruct) => {
      if (node === scope) {
        addStatement(scope, topic);
      }
    },
  });
}

function addStatement(scope: Construct, topic: sns.ITopic): void {
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
  } else if (!Resource.isOwnedResource(topic) || hasSeparatePolicy(topic)) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:topicPolicy',
      'the policy of failureTopic cannot be changed here: unless it lets alarms publish already, add to it '
        + JSON.stringify(stack.resolve(statement.toStatementJson())),
    );
  }
}

/** Whether the app has a policy of the topic as a resource of its own: of two policies the last one deployed replaces the other. */
function hasSeparatePolicy(topic: sns.ITopic): boolean {
  const { stack, topicArn } = topic;
  const arn = JSON.stringify(stack.resolve(topicArn));
  return stack.node.findAll().some((node) => CfnResource.isCfnResource(node)
    && node.cfnResourceType === sns.CfnTopicPolicy.CFN_RESOURCE_TYPE_NAME
    && JSON.stringify(stack.resolve((node as sns.CfnTopicPolicy).topics)).includes(arn));
}
