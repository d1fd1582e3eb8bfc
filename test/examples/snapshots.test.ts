import { EXAMPLES } from '../../examples/names';
import { templatesOf } from '../../examples/synth';
import { withoutHashes } from '../support/snapshot';

test.each(EXAMPLES)('the example %s has this template', (example) => {
  const templates = [...templatesOf(example)].map(([stack, template]) => [stack, withoutHashes(template)]);

  expect(Object.fromEntries(templates)).toMatchSnapshot();
});
