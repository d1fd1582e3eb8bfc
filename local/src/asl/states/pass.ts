import { compileTransition } from './transition';
import { StateSource } from '../data-flow';
import { State } from '../state';

export function compilePass({ name, fields, flow, language }: StateSource): State {
  const next = compileTransition(fields);
  return {
    name,
    type: 'Pass',
    retries: false,
    async run(visit) {
      const input = flow.input(visit);
      const { output, assigned } =
        language === 'JSONata'
          ? await flow.handOn(visit, input)
          : await flow.complete(visit, input, fields.has('Result') ? fields.json('Result') : await flow.arguments(visit, input));
      return { output: visit.payload(output), assigned, next };
    },
  };
}
