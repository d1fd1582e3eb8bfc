import { alertFixture } from './alert-fixture';
import { REPEAT_WINDOW } from './delivery-fixture';
import { failureEvent } from './sns-events';
import { Alert, parseAlert } from '../../../lambda-src/alerting/alert';
import { Claim, SentAlerts, SkipReason } from '../../../lambda-src/alerting/sent-alerts';

const CLAIM_TIME = 60_000;
const RETENTION = 14 * 24 * 60 * 60_000;
const alertOf = (fields: object = {}): Alert => parseAlert(failureEvent(fields).Records[0].Sns, { workflow: 'Shop/Orders' });
const failed = alertOf();
const failedAgain = alertOf({ version: 8 });
const repaired = alertOf({ kind: 'order-repaired', version: 6 });

const fixture = alertFixture();
let sentAlerts: SentAlerts;
beforeEach(() => { sentAlerts = fixture.delivery.sentAlerts('Slack'); });

const tryClaim = async (claim: Claim, alert: Alert): Promise<SkipReason | undefined> =>
  sentAlerts.tryClaim(claim, alert, fixture.delivery.now + CLAIM_TIME);
const claimed = async (alert: Alert): Promise<Claim> => {
  const claim = sentAlerts.newClaim(alert);
  expect(await tryClaim(claim, alert)).toBeUndefined();
  return claim;
};
const skipReason = async (alert: Alert): Promise<SkipReason | undefined> => tryClaim(sentAlerts.newClaim(alert), alert);

describe('a claim', () => {
  test('excludes every other until it expires', async () => {
    await claimed(failed);
    fixture.delivery.now += CLAIM_TIME - 1;
    expect(await skipReason(failed)).toBe('claimed');

    fixture.delivery.now += 1;
    expect(await skipReason(failed)).toBeUndefined();
  });

  test('that is released can be made again at once', async () => {
    await sentAlerts.release(await claimed(failed));

    expect(await skipReason(failed)).toBeUndefined();
  });

  test('that expired and was taken over cannot be released by its first holder', async () => {
    const first = await claimed(failed);
    fixture.delivery.now += CLAIM_TIME;
    await claimed(failed);
    await sentAlerts.release(first);

    expect(await skipReason(failed)).toBe('claimed');
  });

  test('that expired and was taken over cannot be recorded as sent by its first holder', async () => {
    const first = await claimed(failed);
    fixture.delivery.now += CLAIM_TIME;
    await claimed(failed);
    await sentAlerts.recordSent(first, failed);

    expect(await skipReason(failed)).toBe('claimed');
  });
});

describe('an alert that was sent', () => {
  test('is a duplicate until the window has passed', async () => {
    await sentAlerts.recordSent(await claimed(failed), failed);
    fixture.delivery.now += REPEAT_WINDOW - 1;
    expect(await skipReason(failed)).toBe('duplicate');

    fixture.delivery.now += 1;
    expect(await skipReason(failed)).toBeUndefined();
  });

  test('is retried, and not skipped, if the window passes between the claim and the read that explains it', async () => {
    await sentAlerts.recordSent(await claimed(failed), failed);
    fixture.delivery.requests.next('GetItem', async deliver => {
      fixture.delivery.now += REPEAT_WINDOW;
      return deliver();
    });

    expect(await skipReason(failed)).toBe('claimed');
    expect(await skipReason(failed)).toBeUndefined();
  });

  test('does not delay its opposite', async () => {
    await sentAlerts.recordSent(await claimed(failed), failed);

    expect(await skipReason(repaired)).toBeUndefined();
  });

  test('is kept for as long as a dead-letter queue keeps messages, even if its claim was released', async () => {
    await sentAlerts.release(await claimed(failed));

    const [{ expiresAt }] = await fixture.delivery.rows();
    expect(expiresAt * 1_000).toBeGreaterThanOrEqual(fixture.delivery.now + RETENTION);
  });
});

describe('the opposite of an alert', () => {
  test('delays it while it is being sent, even if it is newer: its invocation may crash', async () => {
    await claimed(failedAgain);

    expect(await skipReason(repaired)).toBe('claimed');
  });

  test('does not delay it once the claim of a crashed invocation has expired', async () => {
    await claimed(failedAgain);
    fixture.delivery.now += CLAIM_TIME;

    expect(await skipReason(repaired)).toBeUndefined();
  });

  test('supersedes it if it was sent and is newer', async () => {
    await sentAlerts.recordSent(await claimed(failedAgain), failedAgain);

    expect(await skipReason(repaired)).toBe('superseded');
  });

  test('leaves no claim behind when it supersedes or delays the alert', async () => {
    const blocking = await claimed(failedAgain);
    expect(await skipReason(repaired)).toBe('claimed');
    await sentAlerts.release(blocking);

    expect(await skipReason(repaired)).toBeUndefined();
  });

  test('of another order or another target is none', async () => {
    await claimed(alertOf({ orderId: 'order-2', version: 8 }));
    await fixture.delivery.sentAlerts('PagerDuty').tryClaim(fixture.delivery.sentAlerts('PagerDuty').newClaim(failedAgain), failedAgain, fixture.delivery.now + CLAIM_TIME);

    expect(await skipReason(repaired)).toBeUndefined();
  });
});
