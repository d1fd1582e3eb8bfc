import { writeGraph } from './graph-in-readme';
import { EXAMPLES, isExample } from './names';

const named = process.argv.slice(2);
for (const example of named.length > 0 ? named.filter(isExample) : EXAMPLES) {
  console.log(`${example}: ${writeGraph(example) ? 'drawn' : 'as it was'}`);
}
