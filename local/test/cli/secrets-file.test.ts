import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecretsFile } from '../../src/cli/secrets-file';

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const file = join(folder, 'secrets.json');

afterAll(() => rmSync(folder, { recursive: true }));

test('the values of secrets are texts and objects by name', () => {
  writeFileSync(file, '{ "slack-webhook": "https://hooks.slack.com/x", "stripe": { "apiKey": "sk" } }');
  expect(readSecretsFile(file)).toEqual({ 'slack-webhook': 'https://hooks.slack.com/x', 'stripe': { apiKey: 'sk' } });
});

test('a secret that is neither a text nor an object is named', () => {
  writeFileSync(file, '{ "slack-webhook": 5 }');
  expect(() => readSecretsFile(file)).toThrow(`${file}: 'slack-webhook' must be a text or an object, such as {"slack-webhook": `);
});
