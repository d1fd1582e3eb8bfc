import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Section, sectionIn, sectionsOf, stateMachineSections } from './snapshot';

const machine = (definition: unknown) => ({ Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: definition } });
const TEMPLATE = {
  Resources: {
    Saga: machine({ 'Fn::Join': ['', ['{"StartAt":"', { Ref: 'Orders' }, '","TableName":"', { 'Fn::GetAtt': ['Orders', 'Arn'] }, '"}']] }),
    Recovery: machine('{"StartAt":"Claim order"}'),
    Handler: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: `${'0123456789abcdef'.repeat(4)}.zip` } } },
  },
};

const textOf = (sections: Section[], heading: string) => sections.find((section) => section.heading === heading)?.text;

describe('the snapshot of an app', () => {
  const templates = new Map([['Shop', TEMPLATE]]);
  const sections = sectionsOf(templates);

  test('begins with the logical ids and their types', () => {
    expect(sections[0]).toEqual({
      heading: 'Logical ids of Shop',
      text: [
        'Handler   AWS::Lambda::Function',
        'Recovery  AWS::StepFunctions::StateMachine',
        'Saga      AWS::StepFunctions::StateMachine',
      ].join('\n'),
    });
  });

  test('shows every state machine, with references as Fn::Sub writes them', () => {
    expect(stateMachineSections(templates).map(({ heading }) => heading)).toEqual(['State machine Saga of Shop', 'State machine Recovery of Shop']);
    expect(JSON.parse(textOf(sections, 'State machine Saga of Shop')!)).toEqual({ StartAt: '${Orders}', TableName: '${Orders.Arn}' });
  });

  test('masks the hashes of bundles', () => {
    expect(JSON.parse(textOf(sections, 'Template of Shop')!).Resources.Handler.Properties.Code.S3Key).toBe('<hash>.zip');
  });

  test('is read section by section', () => {
    const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
    const file = join(folder, 'app.snap.txt');
    writeFileSync(file, 'Preface.\n\n## First\n\n{\n  "a": 1\n}\n\n## Second\n\nlast\n');

    expect([sectionIn(file, 'First'), sectionIn(file, 'Second'), sectionIn(file, 'Third')]).toEqual(['{\n  "a": 1\n}', 'last', undefined]);
    expect(() => sectionIn(join(folder, 'none.snap.txt'), 'First')).toThrow('write it with npm run test:update');
    rmSync(folder, { recursive: true });
  });
});
