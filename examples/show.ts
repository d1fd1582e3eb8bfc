import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EXAMPLES, synth } from './synth';
import { graphOf, resourcesOf } from './template-text';

/** Synthesizes an example and prints what it would deploy, and which way its orders go. */
async function show(example: string): Promise<void> {
  const output = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  await synth(example, output);
  for (const file of readdirSync(output).filter((name) => name.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(output, file), 'utf8'));
    console.log(`${file.replace('.template.json', '')}\n`);
    console.log(resourcesOf(template));
    console.log(graphOf(template));
  }
  rmSync(output, { recursive: true });
}

const [example = 'quickstart'] = process.argv.slice(2);
if (EXAMPLES.includes(example)) {
  void show(example);
} else {
  console.error(`there is no example '${example}': choose one of ${EXAMPLES.join(', ')}`);
  process.exitCode = 1;
}
