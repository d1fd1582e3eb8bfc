import { buildSync } from 'esbuild';

const HANDLERS = [
  'alerting/pager-duty-alert',
  'alerting/slack-alert',
  'notifiers/email-notifier',
  'intake/event-intake',
  'intake/http-intake',
  'intake/queue-intake',
  'intake/web-socket-intake',
  'recovery/order-sweeper',
  'recovery/repair-order',
  'status-feed/connect',
  'status-feed/messages',
  'status-feed/redrive',
  'status-feed/status-publisher',
  'steps/decide-approval',
  'steps/release-inventory',
  'steps/reserve-inventory',
  'steps/simulated-charge',
  'steps/simulated-refund',
  'steps/validate-order',
];

// All at once: to start a bundler takes longer than to bundle.
buildSync({
  entryPoints: HANDLERS.map((handler) => `lambda-src/${handler}.ts`),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  outbase: '.',
  outdir: 'assets',
  entryNames: '[dir]/[name]/index',
});
