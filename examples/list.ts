import { EXAMPLES, sentenceOf } from './names';

const width = Math.max(...EXAMPLES.map((name) => name.length));
for (const name of EXAMPLES) {
  console.log(`  ${name.padEnd(width)}  ${sentenceOf(name)}`);
}
console.log('\nnpm run demo -- <name> runs one, and npm run show -- <name> prints what it deploys');
