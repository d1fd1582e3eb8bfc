import { App, AppProps, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ACKNOWLEDGED } from './acknowledged';
import { EXAMPLES_WITH_APP, INTEG_APPS, integApp, runExample } from './apps';
import { Finding, findingsIn, lineOf } from './findings';

// An example does not export its app, so each app is noted where it is made.
const mockMade: App[] = [];
jest.mock('aws-cdk-lib', () => {
  const cdk = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
  class NotedApp extends cdk.App {
    constructor(props?: AppProps) {
      super(props);
      mockMade.push(this);
    }
  }
  return Object.create(cdk, { App: { value: NotedApp } });
});

const matched = new Set<string>();

/** Why a finding is right as it is, if it is. */
function reasonOf({ rule, detail, resource }: Finding): string | undefined {
  const acknowledgement = ACKNOWLEDGED.find(({ rules, appliesTo }) => rules.includes(rule) && appliesTo(resource, detail));
  if (acknowledgement) matched.add(`${rule}: ${acknowledgement.reason}`);
  return acknowledgement?.reason;
}

function unacknowledged(app: App): string[] {
  return findingsIn(app).filter((finding) => !reasonOf(finding)).map(lineOf);
}

test.each(INTEG_APPS)('in the app %s nothing is found that is not acknowledged', (name) => {
  expect(unacknowledged(integApp(name))).toEqual([]);
});

test.each(EXAMPLES_WITH_APP)('in the example %s nothing is found that is not acknowledged', (folder) => {
  mockMade.length = 0;
  runExample(folder);

  expect(mockMade).not.toHaveLength(0);
  expect(mockMade.flatMap(unacknowledged)).toEqual([]);
});

test('nothing is acknowledged that is found nowhere', () => {
  const all = ACKNOWLEDGED.flatMap(({ rules, reason }) => rules.map((rule) => `${rule}: ${reason}`));
  expect(all.filter((one) => !matched.has(one))).toEqual([]);
});

test('the packs see what is wrong', () => {
  const stack = new Stack(new App(), 'Shop');
  new sqs.Queue(stack, 'Orders');

  expect(findingsIn(stack).map(lineOf)).toEqual([
    'AwsSolutions-SQS3 at Shop/Orders/Resource', 'AwsSolutions-SQS4 at Shop/Orders/Resource', 'Serverless-SQSRedrivePolicy at Shop/Orders/Resource',
  ]);
});
