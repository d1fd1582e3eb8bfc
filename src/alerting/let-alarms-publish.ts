import { Annotations, Stack, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Lets the account's alarms and rules publish to a topic: a policy that refuses plain text takes the place of the one that does.
 *
 * A topic that was imported keeps its policy, so its owner has to be told.
 *
 * @internal
 */
export function letAlarmsPublish(scope: Construct, topic: sns.ITopic): void {
  const stack = Stack.of(scope);
  const statement = new iam.PolicyStatement({
    sid: 'AllowAlarmsAndRulesToPublish',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com'), new iam.ServicePrincipal('events.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
  if (!topic.addToResourcePolicy(statement).statementAdded) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:topicPolicy',
      'the policy of failureTopic is not ours to change: unless it lets alarms publish already, add to it '
        + JSON.stringify(stack.resolve(statement.toStatementJson())),
    );
  }
}
