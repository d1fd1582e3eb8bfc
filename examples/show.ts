import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { graphOf, resourcesOf } from './template-text';

/** Synthesizes an app of this folder and prints what it would deploy, and which way its orders go. */
function show(example: string): void {
  const output = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  process.env.CDK_OUTDIR = output;
  try {
    require(resolve(__dirname, example, 'app'));
    for (const file of readdirSync(output).filter((name) => name.endsWith('.template.json'))) {
      const template = JSON.parse(readFileSync(join(output, file), 'utf8'));
      console.log(`${file.replace('.template.json', '')}\n`);
      console.log(resourcesOf(template));
      console.log(graphOf(template));
    }
  } finally {
    rmSync(output, { recursive: true });
  }
}

const [example = 'quickstart'] = process.argv.slice(2);
const known = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
if (known.includes(example)) {
  show(example);
} else {
  console.error(`there is no example '${example}': choose one of ${known.join(', ')}`);
  process.exitCode = 1;
}
