import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { templatesOfApps } from '../support/all-templates';
import { cfnLintCommand, findingsIn } from '../support/cfn-lint';

/** The CDK lets each function and state machine depend on its role, to which it refers too: "dependency already enforced by a 'GetAtt'". */
const OF_THE_CDK = ['W3005'];

const BROKEN = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 'soon' } } } };

const command = cfnLintCommand();
if (!command) {
  process.stderr.write('cfn-lint is left out: neither CFN_LINT_VENV nor the PATH leads to it; install it with pip, and the templates are checked.\n');
}

describe('the templates of the apps and the examples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  (command ? test : test.skip)('have no error and no warning of cfn-lint, which finds those of a broken one', async () => {
    const templates = [...templatesOfApps(), { name: 'broken', template: BROKEN }];
    const files = templates.map(({ name, template }) => {
      const file = join(folder, `${name}.template.json`);
      writeFileSync(file, JSON.stringify(template));
      return file;
    });
    const findings = await findingsIn(command!, files, OF_THE_CDK);

    expect(templates.length).toBeGreaterThan(12);
    expect(findings.filter((finding) => finding.startsWith('broken.'))).toEqual([expect.stringContaining('E3012')]);
    expect(findings.filter((finding) => !finding.startsWith('broken.'))).toEqual([]);
  }, 300_000);
});
