import { showCommand } from './show-command';
import { templatesOf } from './synth';
import { resourcesOf, statesOf } from './template-text';

/** Synthesizes an example and prints what it would deploy, and which way its orders go. */
function show(example: string): void {
  for (const [stack, template] of templatesOf(example)) {
    console.log(`${stack}\n`);
    console.log(resourcesOf(template));
    console.log(statesOf(template));
  }
}

const example = showCommand(process.argv.slice(2));
if (example) {
  show(example);
}
