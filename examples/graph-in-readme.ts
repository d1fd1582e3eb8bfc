import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { orderMachinesIn } from './definition';
import { mermaidOf } from './mermaid';
import { templatesOf } from './synth';

const PLACE = /(?<=<!-- graph -->\n).*?(?=<!-- \/graph -->)/s;

/** The text of an example's README, as it is and with the graph that its state machine has now. */
export function readmeWithGraph(example: string): { readonly file: string; readonly now: string; readonly wanted: string } {
  const file = join(__dirname, example, 'README.md');
  const now = readFileSync(file, 'utf8');
  if (!PLACE.test(now)) {
    throw new Error(`${file} has no place for the graph: write the lines <!-- graph --> and <!-- /graph --> where it is to be`);
  }
  return { file, now, wanted: now.replace(PLACE, () => graphsOf(example)) };
}

/** The graph of an example, or one for each of its stacks. */
function graphsOf(example: string): string {
  const graphs = [...templatesOf(example)].flatMap(([stack, template]) =>
    orderMachinesIn(template).map((machine) => ({ stack, text: `\`\`\`mermaid\n${mermaidOf(machine)}\n\`\`\`\n` })));
  return graphs.map(({ stack, text }) => graphs.length > 1 ? `\n\`${stack}\`:\n\n${text}` : text).join('');
}

/** Draws the graph into the README of an example; whether that changed anything. */
export function writeGraph(example: string): boolean {
  const { file, now, wanted } = readmeWithGraph(example);
  writeFileSync(file, wanted);
  return now !== wanted;
}
