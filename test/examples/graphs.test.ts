import { readmeWithGraph } from '../../examples/graph-in-readme';
import { EXAMPLES } from '../../examples/names';

test.each(EXAMPLES)('the README of %s shows the graph of its state machine; otherwise, npm run graphs draws it anew', (example) => {
  const { now, wanted } = readmeWithGraph(example);

  expect(now).toBe(wanted);
});
