import { compileTransition } from './transition';
import { Json } from '../../json';
import { StateSource } from '../data-flow';
import { State } from '../state';

export function compilePass({ name, fields, flow }: StateSource): State {
  const next = compileTransition(fields);
  const result: Json | undefined = fields.has('Result') ? fields.json('Result') : undefined;
  return {
    name,
    type: 'Pass',
    retries: false,
    async run(visit) {
      const input = flow.input(visit);
      const passed = result ?? (await flow.arguments(visit, input));
      const { output, assigned } = await flow.complete(visit, input, passed);
      return { output: visit.payload(output), assigned, next };
    },
  };
}
