import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';

const CHANGE = { orderId: 'order-1', status: 'COMPLETED', email: 'ann@example.com' };
const environment = process.env;
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

/** What the function sends with this environment. */
async function sentWith(settings: Record<string, string>): Promise<object> {
  process.env = { ...environment, AWS_REGION: 'eu-west-1', SENDER: 'shop@example.com', TEXTS: '{}', ...settings };
  const sent: object[] = [];
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(SESv2Client.prototype, 'send').mockImplementation(async (command: { input: object }) => { sent.push(command.input); });
  let handler: (change: object) => Promise<void>;
  jest.isolateModules(() => {
    jest.doMock('@aws-sdk/client-sesv2', () => ({ SESv2Client, SendEmailCommand }));
    ({ handler } = jest.requireActual('../../../lambda-src/notifiers/email-notifier.lambda'));
  });
  await handler!(CHANGE);
  return sent[0];
}

test('the email notifier sends with the configuration set that it is given', async () => {
  expect(await sentWith({ CONFIGURATION_SET: 'orders' })).toMatchObject({ ConfigurationSetName: 'orders', FromEmailAddress: 'shop@example.com' });
});

test('the email notifier leaves the configuration set to SES where it is given none', async () => {
  expect(await sentWith({})).toMatchObject({ ConfigurationSetName: undefined, Destination: { ToAddresses: ['ann@example.com'] } });
});
