import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { alerts } from './integ/alerts';
import { intakes } from './integ/intakes';
import { live } from './integ/live';
import { parseRepair } from '../lambda-src/recovery/repair-event';
import { AlertKind } from '../src';
import { blocksOf, complaints } from './support/code-blocks';

const DOCS = join(__dirname, '..', 'docs');
const DOCUMENTS = readdirSync(DOCS).filter((file) => file.endsWith('.md'));
const KINDS = Object.values(AlertKind).filter((kind) => typeof kind === 'string');

const textOf = (document: string) => readFileSync(join(DOCS, document), 'utf8');

/** How GitHub names the heading in an address. */
const anchorOf = (heading: string) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-');

const headingsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);

test('the code of the README and of all documents compiles', () => {
  const documents = ['README.md', ...DOCUMENTS.map((document) => `docs/${document}`)];
  const blocks = new Map(documents.flatMap((document) => [...blocksOf(document)]));

  expect(blocks.size).toBeGreaterThan(DOCUMENTS.length);
  expect(complaints(blocks)).toEqual([]);
}, 60_000);

test('every kind of alert has its section and its line', () => {
  expect(KINDS.length).toBeGreaterThan(1);
  expect(headingsOf(textOf('operations.md'))).toEqual(expect.arrayContaining(KINDS));
  expect([...textOf('alerts.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind)).toEqual(expect.arrayContaining(KINDS));
});

test('the repairs that are shown are understood', () => {
  const text = textOf('operations.md');
  const payloads = [...text.matchAll(/--payload '(\{.*\})'/g)].map(([, payload]) => JSON.parse(payload));
  const outputs = [...text.matchAll(/--task-output '(\{.*\})'/g)].map(([, output]) => ({ orderId: 'order-123', ...JSON.parse(output) }));

  expect([...payloads, ...outputs].map((event) => parseRepair(event).action)).toEqual(['retry', 'resolved', 'takeOver', 'retry']);
});

test('every link between documents leads to a heading', () => {
  const links = DOCUMENTS.flatMap((document) => [...textOf(document).matchAll(/\]\(([\w.]*)#([\w-]+)\)/g)]
    .map(([, target, anchor]) => ({ document, target: target || document, anchor })));

  expect(links.length).toBeGreaterThan(1);
  expect(links.filter(({ target, anchor }) => !headingsOf(textOf(target)).map(anchorOf).includes(anchor))).toEqual([]);
});

test.each([alerts, intakes, live])('every alarm of an app names a section that is there', (make) => {
  const alarms = Template.fromStack(make(new App({ analyticsReporting: false }))).findResources('AWS::CloudWatch::Alarm');
  const named = Object.values(alarms).map(({ Properties }) => /see "(.+)" in docs\/operations\.md of cdk-order-workflow$/.exec(Properties.AlarmDescription)?.[1]);

  expect(named.length).toBeGreaterThan(1);
  expect(headingsOf(textOf('operations.md'))).toEqual(expect.arrayContaining([...new Set(named)]));
});
