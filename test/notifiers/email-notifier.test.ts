import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { EmailNotifier, EmailNotifierProps } from '../../src';
import { actions, templateOf } from '../support/workflow-template';

const email = (props: Partial<EmailNotifierProps> = {}): EmailNotifier => new EmailNotifier({ sender: 'shop@example.com', ...props });
const template = templateOf(() => ({ notifiers: [email({ recipient: 'office@example.com', statuses: ['FAILED'] })] }));

test('an email that SES does not accept goes to the dead-letter queue of the notifier', () => {
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 2,
    DestinationConfig: {
      OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersNotifiersEmailDeadLetters'), 'Arn'] } },
    },
  });
});

test('a sender that is no address is refused, and one that only the deployment resolves is accepted', () => {
  expect(() => templateOf(() => ({ notifiers: [email({ sender: 'garbage' })] }))).toThrow(/is 'garbage'/);
  expect(() => templateOf((stack) => ({ notifiers: [email({ sender: new CfnParameter(stack, 'Sender').valueAsString })] }))).not.toThrow();
});

test('the function may send from the sender and to its dead-letter queue, and no more', () => {
  expect(actions(template, 'NotifiersEmailFunction')).toEqual(['ses:SendEmail', 'sqs:SendMessage']);
});

test('the function may use its configuration sets and the parent domain that was verified, and sends with the set that is given', () => {
  const notifier = email({ verifiedDomain: 'example.com', sender: 'orders@shop.example.com', configurationSetName: 'orders', defaultConfigurationSetName: 'shop' });
  const made = templateOf(() => ({ notifiers: [notifier] }));
  const arn = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ses:eu-central-1:111111111111:${name}`]] });
  made.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'ses:SendEmail',
        Resource: ['identity/orders@shop.example.com', 'identity/shop.example.com', 'identity/example.com', 'configuration-set/orders', 'configuration-set/shop'].map(arn),
      })]),
    }),
  });
  made.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ CONFIGURATION_SET: 'orders' }) } });
  expect(notifier.sendFunction.node.path).toBe('Shop/Orders/Notifiers/Email/Function');
});

test('the function is there once the notifier is part of a workflow', () => {
  expect(() => email().sendFunction).toThrow('this EmailNotifier is not part of a workflow yet, so it has no function: pass it to a workflow first');
});

test('the recipient is the given one', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { SENDER: 'shop@example.com', RECIPIENT: 'office@example.com', TEXTS: '{}' } },
  });
});

test('texts that exceed the environment of a function are refused', () => {
  const texts = { COMPLETED: { subject: 'Done', text: 'ä'.repeat(2_048) } };
  expect(() => templateOf(() => ({ notifiers: [email({ texts })] }))).toThrow(
    /^texts make the environment of a function 41\d\d bytes, and Lambda allows 4096: shorten them, or divide the statuses among several/);
});

test('texts that exceed it together with the environment of the function settings are refused', () => {
  const synth = (environment?: { [name: string]: string }) => () => templateOf(() => ({
    notifiers: [email({ texts: { COMPLETED: { subject: 'Done', text: 'x'.repeat(3_900) } } })],
    functionSettings: { environment },
  }));
  expect(synth()).not.toThrow();
  expect(synth({ NOTE: 'x'.repeat(200) })).toThrow(/texts make the environment of a function 4\d\d\d bytes/);
});

test.each(['\n', '\r', '\r\nBcc: eve@example.com'])('a subject with a line break is refused', (lineBreak) => {
  expect(() => email({ texts: { PAID: { subject: `Paid${lineBreak}`, text: '' } } }))
    .toThrow('the subject of texts.PAID has a line break, which would begin another header: move it to the text');
});

test('a status that no order can have is refused among the texts', () => {
  const texts = { COMPLETD: { subject: 'Done', text: 'Done.' } };
  expect(() => templateOf(() => ({ notifiers: [email({ texts })] })))
    .toThrow("texts of Email contains 'COMPLETD', which is not a status of this workflow");
});
